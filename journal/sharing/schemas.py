"""What both people see of what was handed over."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from journal.accounts.schemas import Person
from journal.audit import How
from journal.content.schemas import AnsweredSchema
from journal.sharing.models import What
from journal.web.wire import Text, WireSchema


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
    cut = fields.Boolean(required=True)
    """Words were removed from it: handing the same over again would bring them back."""
    marks = fields.Nested(MarksSchema, required=True)
    content = fields.Nested(ContentSchema, required=True)


class Cutting(WireSchema):
    """Own words to remove from an excerpt: in which line of which item, and from where to where.

    Items and lines count from 0, offsets in Unicode code points; `quote` has to be the text
    between them. `id` is made on the device, one for each act: sent again, it removes nothing more.
    """

    id = fields.UUID(required=True)
    item = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10_000))
    line = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10_000))
    start = fields.Integer(required=True, strict=True, validate=validate.Range(0, 10_000_000))
    end = fields.Integer(required=True, strict=True, validate=validate.Range(1, 10_000_000))
    quote = Text(required=True, validate=validate.Length(1, 200_000))

    @validates_schema
    def fits(self, data: dict[str, Any], **_: Any) -> None:
        """The quote is as long as it is said to be."""
        if data["end"] - data["start"] != len(data["quote"]):
            raise ValidationError("Not as long as the place it stands at.", "quote")


class Left(WireSchema):
    """What is left of an excerpt; null when nothing of it is out any more."""

    excerpt = fields.Nested(Handed, required=True, allow_none=True)


class Earlier(WireSchema):
    """Which receipts: those before one that is at hand, or else the newest."""

    before = fields.Integer(
        load_default=None,
        validate=validate.Range(1, 2**31 - 1),
        metadata={"description": "the `n` of a receipt: those that came before it"},
    )


class Receipt(WireSchema):
    """One reading, as the patient sees it. The first one ever has the number 1."""

    n = fields.Integer(required=True)
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
