"""What a therapist suggests, and what a patient has been given."""

from marshmallow import fields, validate

from journal.catalog.models import Given
from journal.catalog.questions import LONGEST_QUESTION
from journal.content.guide_schemas import GuideSchema
from journal.web.wire import Text, WireSchema


class NewSuggestion(WireSchema):
    """A guide or a skill by its id, or a question by its words: one line."""

    id = fields.UUID(required=True)
    kind = fields.Enum(Given, by_value=True, required=True)
    ref = Text(load_default=None, allow_none=True, validate=validate.Length(1, 64))
    text = Text(load_default=None, allow_none=True, validate=validate.Length(max=LONGEST_QUESTION))
    before_appointment = fields.Boolean(load_default=False, truthy={True}, falsy={False})


class SuggestionSchema(WireSchema):
    """One thing suggested. What became of it is not said."""

    id = fields.UUID(required=True)
    kind = fields.Enum(Given, by_value=True, required=True)
    ref = fields.String(required=True, allow_none=True)
    title = fields.String(required=True)
    made_at = fields.AwareDateTime(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)


class GivenSkill(WireSchema):
    """A skill that was suggested, and by whom."""

    id = fields.UUID(required=True)
    skill = fields.String(required=True)
    therapist = fields.String(required=True)
    made_at = fields.AwareDateTime(required=True)


class AssignedSchema(WireSchema):
    """Guides and skills a therapist has given to a patient, and questions written for them."""

    guides = fields.List(fields.Nested(GuideSchema), required=True)
    skills = fields.List(fields.Nested(GivenSkill), required=True)
