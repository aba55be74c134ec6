"""What both people see of what was handed over."""

from marshmallow import fields, validate

from journal.accounts.schemas import Person
from journal.audit import How
from journal.content.schemas import AnsweredSchema
from journal.sharing.models import What
from journal.web.wire import WireSchema


class FactSchema(WireSchema):
    """One number, or what stands for one, of exactly what was handed over.

    `of`: the rows of the excerpt it is read from. Which other fields it has follows from its kind.
    """

    kind = fields.String(
        required=True,
        validate=validate.OneOf(["item", "scale", "measure", "practice", "effect", "step"]),
    )
    id = fields.String(required=True)
    label = fields.String(required=True)
    of = fields.List(fields.Integer(), required=True)
    value = fields.Integer()
    low = fields.String()
    high = fields.String()
    total = fields.Float(allow_none=True)
    missing = fields.Integer()
    asked = fields.Integer()
    most = fields.Integer()
    before = fields.Integer(allow_none=True)
    after = fields.Integer(allow_none=True)
    helped = fields.String(allow_none=True)
    severity = fields.String(allow_none=True)
    still = fields.Boolean(allow_none=True)


class ContentSchema(WireSchema):
    """What one excerpt holds."""

    title = fields.String(required=True)
    items = fields.List(fields.Nested(AnsweredSchema), required=True)
    facts = fields.List(fields.Nested(FactSchema), required=True)


class MarksSchema(WireSchema):
    """What a therapist marked on an excerpt, and when."""

    read = fields.AwareDateTime(required=True, allow_none=True)
    talked = fields.AwareDateTime(required=True, allow_none=True)
    carry = fields.AwareDateTime(required=True, allow_none=True)


class Handed(WireSchema):
    """One thing handed over, as its author sees it."""

    id = fields.UUID(required=True)
    handover_id = fields.UUID(required=True)
    grant_id = fields.UUID(required=True)
    therapist = fields.Nested(Person, required=True)
    entry_id = fields.UUID(required=True)
    revision = fields.UUID(required=True)
    kind = fields.Enum(What, by_value=True, required=True)
    category = fields.String(required=True)
    handed_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["handed", "held", "waiting"]))
    release_at = fields.AwareDateTime(required=True, allow_none=True)
    first_read_at = fields.AwareDateTime(required=True, allow_none=True)
    marks = fields.Nested(MarksSchema, required=True)
    content = fields.Nested(ContentSchema, required=True)


class Receipt(WireSchema):
    """One reading, as the patient sees it."""

    at = fields.AwareDateTime(required=True)
    reader = fields.Nested(Person, required=True)
    excerpt_id = fields.UUID(required=True)
    entry_id = fields.UUID(required=True, allow_none=True)
    title = fields.String(required=True)
    kind = fields.String(required=True)
    category = fields.String(required=True)
    how = fields.Enum(How, by_value=True, required=True)


class Pulse(WireSchema):
    """What is readable now, by id, and what of it is new since last time."""

    new = fields.List(fields.UUID(), required=True)
    readable = fields.List(fields.UUID(), required=True)
