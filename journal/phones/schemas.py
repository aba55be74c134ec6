"""What a phone sends to stay shut."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from journal.phones import curve
from journal.web.wire import FewList, ProblemSchema, Text, WireSchema

COORDINATE = r"^[A-Za-z0-9_-]{43}\Z"


class Bytes32(fields.String):
    """Thirty-two bytes in base64."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=validate.Regexp(r"^[A-Za-z0-9+/]{43}=\Z"), **kwargs)


class PublicKey(WireSchema):
    """The public half, a JSON Web Key of the curve P-256."""

    kty = fields.String(required=True, validate=validate.Equal("EC"))
    crv = fields.String(required=True, validate=validate.Equal("P-256"))
    x = fields.String(required=True, validate=validate.Regexp(COORDINATE))
    y = fields.String(required=True, validate=validate.Regexp(COORDINATE))
    ext = fields.Boolean(load_only=True)
    key_ops = FewList(Text(validate=validate.Length(max=20)), most=10, load_only=True)

    @post_load
    def only_the_key(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Leave out what a browser adds about the use of a key."""
        return {name: value for name, value in data.items() if name not in {"ext", "key_ops"}}


class PrivateKey(PublicKey):
    """The private half."""

    d = fields.String(required=True, validate=validate.Regexp(COORDINATE))


class DropKeySchema(WireSchema):
    """A pair of keys for what is caught while the phone is locked."""

    id = fields.UUID(required=True)
    public = fields.Nested(PublicKey, required=True)
    private = fields.Nested(PrivateKey, required=True)

    @validates_schema(skip_on_field_errors=True)
    def belong_together(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a pair that would lock words in for good."""
        if not curve.is_pair(data["public"], data["private"]):
            raise ValidationError("These are not the two halves of one key.", "private")


class NewLock(WireSchema):
    """What makes a PIN lock: the share, what proves the PIN, and the way back in."""

    share = Bytes32(required=True)
    proof = Bytes32(required=True)
    key = Bytes32(required=True)


class Proof(WireSchema):
    """What proves that the PIN is known."""

    proof = Bytes32(required=True)


class ShareSchema(WireSchema):
    """The server's share of the lock."""

    share = Bytes32(required=True)


class PhoneKeySchema(WireSchema):
    """What opens the words on the phone again after a fresh sign-in."""

    key = Bytes32(required=True)


class WrongPin(ProblemSchema):
    """How many tries are left."""

    left = fields.Integer()
