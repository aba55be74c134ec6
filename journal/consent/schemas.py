"""What giving consent takes and gives."""

from datetime import date
from functools import partial
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from journal.accounts.schemas import Person
from journal.web.wire import FewList, Text, WireSchema

_pause = partial(fields.Integer, strict=True, validate=validate.Range(1, 2**31 - 1))


class AgreementRef(WireSchema):
    """Which text was shown: its edition and the SHA-256 of exactly those words."""

    id = Text(required=True, validate=validate.Length(1, 64))
    edition = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1_000_000))
    sha256 = Text(required=True, validate=validate.Regexp(r"\A[0-9a-f]{64}\Z"))


class Offered(WireSchema):
    """What a patient agrees to, by an explicit act."""

    id = fields.UUID(required=True)
    agreement = fields.Nested(AgreementRef, required=True)
    categories = FewList(Text(validate=validate.Length(1, 64)), least=1, most=50, required=True)
    ends_on = fields.Date(
        load_default=None,
        allow_none=True,
        validate=validate.Range(date(2000, 1, 1), date(2200, 1, 1)),
    )
    release_in_morning = fields.Boolean(required=True, truthy={True}, falsy={False})


class NewGrant(Offered):
    """An offer of consent to one therapist, made by an explicit act."""

    therapist_id = fields.UUID(required=True)


class Renewal(Offered):
    """An offer that takes the place of the consent that stands.

    `pause` is what the patient saw: the number of the pause that holds, or null. A pause goes along
    to the new consent unless they say `resume`.
    """

    pause = _pause(required=True, allow_none=True)
    resume = fields.Boolean(load_default=False, truthy={True}, falsy={False})

    @validates_schema
    def _ends_a_pause(self, sent: dict[str, Any], **_: Any) -> None:
        if sent["resume"] and sent["pause"] is None:
            raise ValidationError("There is no pause to end.", "resume")


class Narrower(WireSchema):
    """The categories that stay."""

    categories = FewList(Text(validate=validate.Length(1, 64)), most=50, required=True)


class GoingOn(WireSchema):
    """Which pause ends: the number the grant showed."""

    pause = _pause(required=True)


class GrantSchema(WireSchema):
    """Consent to one therapist, as it stands."""

    id = fields.UUID(required=True)
    therapist = fields.Nested(Person, required=True)
    categories = fields.List(fields.String(), required=True)
    given_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    state = fields.String(
        required=True,
        validate=validate.OneOf(["in_force", "paused", "agree_again", "ended", "withdrawn"]),
    )
    paused_at = fields.AwareDateTime(allow_none=True)
    pause = fields.Integer(allow_none=True)
    paused_because = fields.String(allow_none=True)
    """`dose` where the clinic wrote one down late; null where the patient paused."""
    release_in_morning = fields.Boolean(required=True)
    agreement = fields.Nested(AgreementRef, required=True)
    locale = fields.String()


class Asked(WireSchema):
    """When a therapist asked. There is nothing else to know of it."""

    asked_at = fields.AwareDateTime(required=True, allow_none=True)


class AskSchema(WireSchema):
    """A therapist asks to be shared with, as the patient sees it."""

    id = fields.UUID(required=True)
    therapist = fields.Nested(Person, required=True)
    asked_at = fields.AwareDateTime(required=True)
