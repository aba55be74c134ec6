"""What giving consent takes and gives."""

from datetime import date

from marshmallow import fields, validate

from journal.accounts.schemas import Person
from journal.web.wire import FewList, Text, WireSchema


class AgreementRef(WireSchema):
    """Which text was shown: its edition and the SHA-256 of exactly those words."""

    id = Text(required=True, validate=validate.Length(1, 64))
    edition = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1_000_000))
    sha256 = Text(required=True, validate=validate.Regexp(r"\A[0-9a-f]{64}\Z"))


class Renewal(WireSchema):
    """An offer that takes the place of the consent that stands, made by an explicit act."""

    id = fields.UUID(required=True)
    agreement = fields.Nested(AgreementRef, required=True)
    categories = FewList(Text(validate=validate.Length(1, 64)), least=1, most=50, required=True)
    ends_on = fields.Date(
        load_default=None,
        allow_none=True,
        validate=validate.Range(date(2000, 1, 1), date(2200, 1, 1)),
    )
    release_in_morning = fields.Boolean(required=True, truthy={True}, falsy={False})


class NewGrant(Renewal):
    """An offer of consent to one therapist, made by an explicit act."""

    therapist_id = fields.UUID(required=True)


class Narrower(WireSchema):
    """The categories that stay."""

    categories = FewList(Text(validate=validate.Length(1, 64)), most=50, required=True)


class GoingOn(WireSchema):
    """Which pause ends: the number the grant showed."""

    pause = fields.Integer(required=True, strict=True, validate=validate.Range(1, 2**31 - 1))


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
