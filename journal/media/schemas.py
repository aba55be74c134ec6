"""What media look like on the wire."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from journal.content.caught import AUDIO, IMAGES, MAX_SECONDS
from journal.media.models import MediumKind
from journal.media.pieces import MAX_SIZE
from journal.web.wire import ProblemSchema, Text, WireSchema

TYPES = {MediumKind.RECORDING: AUDIO, MediumKind.PHOTO: IMAGES}


class NewMedium(WireSchema):
    """What is about to be sent, and the SHA-256 it will be confirmed by."""

    entry = fields.UUID(required=True)
    kind = fields.Enum(MediumKind, by_value=fields.String, required=True)
    type = fields.String(required=True, validate=validate.OneOf([*AUDIO, *IMAGES]))
    size = fields.Integer(required=True, strict=True, validate=validate.Range(1, MAX_SIZE))
    sha256 = Text(required=True, validate=validate.Regexp(r"^[0-9a-f]{64}\Z"))
    seconds = fields.Integer(
        strict=True, load_default=None, validate=validate.Range(0, MAX_SECONDS)
    )

    @validates_schema
    def type_of_its_kind(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a photo that is a sound."""
        if data["type"] not in TYPES[data["kind"]]:
            raise ValidationError("Does not go with this kind.", "type")


class MediumSchema(WireSchema):
    """What the server has of a medium: `received` numbers the pieces that are on disk."""

    id = fields.UUID(required=True)
    entry = fields.UUID(required=True)
    kind = fields.Enum(MediumKind, by_value=fields.String, required=True)
    type = fields.String(required=True, validate=validate.OneOf([*AUDIO, *IMAGES]))
    size = fields.Integer(required=True)
    sha256 = fields.String(required=True)
    received = fields.List(fields.Integer(), required=True)
    complete = fields.Boolean(required=True)


class MissingProblem(ProblemSchema):
    """Pieces that have not come yet."""

    missing = fields.List(fields.Integer())
