"""What is looked for, and what was found."""

from marshmallow import fields, validate

from journal.accounts.schemas import Person
from journal.web.wire import Text, WireSchema


class Sought(WireSchema):
    """Words to look for."""

    text = Text(required=True, validate=validate.Length(2, 200))


class FoundSchema(WireSchema):
    """One thing handed over in which the words are, and the line with most of them."""

    patient = fields.Nested(Person, required=True)
    excerpt = fields.UUID(required=True)
    title = fields.String(required=True)
    line = fields.String(required=True)
    written_at = fields.AwareDateTime(required=True)


class SearchSchema(WireSchema):
    """What was found, newest first."""

    found = fields.List(fields.Nested(FoundSchema), required=True)
