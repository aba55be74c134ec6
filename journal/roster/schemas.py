"""What an admin sees of people and of the server, and what people see of an admin's acts."""

from marshmallow import fields, validate

from journal.accounts.principals import Role
from journal.accounts.schemas import Person
from journal.roster.models import Did
from journal.web.wire import WireSchema


class ProvedBySchema(WireSchema):
    """With what somebody can sign in, in numbers; nothing of who left."""

    passkeys = fields.Integer(required=True)
    code = fields.Boolean(required=True)


class MemberSchema(WireSchema):
    """Somebody of the clinic. `therapists`: who sees this patient now."""

    id = fields.UUID(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    name = fields.String(required=True)
    since = fields.AwareDateTime(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    proofs = fields.Nested(ProvedBySchema, required=True)
    therapists = fields.List(fields.Nested(Person), required=True)


class NewLink(WireSchema):
    """Who sees whom from now on; `instead_of` ends what that therapist could read, at once."""

    patient_id = fields.UUID(required=True)
    therapist_id = fields.UUID(required=True)
    instead_of = fields.UUID(load_default=None, allow_none=True)


class RecoveryLink(WireSchema):
    """A link to hand over in person. It is shown once."""

    link = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True)


class AccessForm(WireSchema):
    """As what the report is wanted."""

    format = fields.String(required=True, validate=validate.OneOf(["csv", "pdf"]))


class VerifiedSchema(WireSchema):
    """Whose records are not as they were written; nobody's, as it should be."""

    at = fields.AwareDateTime(required=True)
    broken = fields.List(fields.Nested(Person), required=True)


class ActSchema(WireSchema):
    """One thing a clinic did about the one who asks."""

    id = fields.UUID(required=True)
    did = fields.Enum(Did, by_value=True, required=True)
    at = fields.AwareDateTime(required=True)
    seen_at = fields.AwareDateTime(required=True, allow_none=True)
    clinic = fields.String(required=True)
    by = fields.Nested(Person, required=True)
    other = fields.Nested(Person, required=True, allow_none=True)


class CountsSchema(WireSchema):
    """How many there are; null where it is fewer than five."""

    patients = fields.Integer(required=True, allow_none=True)
    therapists = fields.Integer(required=True, allow_none=True)
    admins = fields.Integer(required=True, allow_none=True)
    without_therapist = fields.Integer(required=True, allow_none=True)


class TroublesSchema(WireSchema):
    """How often the server failed in a week at what phones sent; null: fewer than five times."""

    entries = fields.Integer(required=True, allow_none=True)
    media = fields.Integer(required=True, allow_none=True)
    sharing = fields.Integer(required=True, allow_none=True)


class RoomSchema(WireSchema):
    """Bytes on the disk where words or recordings lie: whole GB, free ones in steps of 5 %."""

    free = fields.Integer(required=True)
    total = fields.Integer(required=True)


class StoreSchema(WireSchema):
    """The database: its kind, its schema, and whether its own lock holds."""

    kind = fields.String(required=True)
    schema = fields.String(required=True)
    locked = fields.Boolean(required=True, allow_none=True)


class CheckedSchema(WireSchema):
    """Something that is to be looked at every ninety days, and when it last was."""

    name = fields.String(required=True)
    checked_on = fields.Date(required=True, allow_none=True)
    due = fields.Boolean(required=True)


class HealthSchema(WireSchema):
    """How the server and the clinic's facts are. Counts and dates, never a word."""

    at = fields.AwareDateTime(required=True)
    people = fields.Nested(CountsSchema, required=True)
    troubles = fields.Nested(TroublesSchema, required=True)
    disk = fields.Nested(RoomSchema, required=True, allow_none=True)
    database = fields.Nested(StoreSchema, required=True)
    backup_at = fields.AwareDateTime(required=True, allow_none=True)
    numbers = fields.List(fields.Nested(CheckedSchema), required=True)
