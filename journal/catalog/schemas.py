"""What a clinic's editors send and get back. What fits is decided by the schemas of the files."""

from typing import Any

from marshmallow import fields, validate

from journal.care.schemas import Number
from journal.content.guide_schemas import GuideSchema
from journal.content.schemas import ResponsePlanSchema, SkillSchema
from journal.web.wire import ProblemSchema, WireSchema

ORIGINS = ["product", "clinic"]


class ClinicGuideSchema(GuideSchema):
    """A guide as a clinic has it, and who made this edition."""

    editable = fields.Boolean(required=True)
    origin = fields.String(required=True, validate=validate.OneOf(ORIGINS))


class ClinicSkillSchema(SkillSchema):
    """A skill as a clinic has it, and who made this edition."""

    editable = fields.Boolean(required=True)
    origin = fields.String(required=True, validate=validate.OneOf(ORIGINS))


class ClinicTextsSchema(WireSchema):
    """A clinic's own texts; edition 0 before it has changed any."""

    edition = fields.Integer(required=True)
    numbers = fields.List(fields.Nested(Number), required=True)
    after_dose = fields.List(fields.String(), required=True)
    response_plan = fields.Nested(ResponsePlanSchema, required=True, allow_none=True)


class ClinicContentSchema(WireSchema):
    """Everything a clinic's people are offered, each in its newest edition."""

    guides = fields.List(fields.Nested(ClinicGuideSchema), required=True)
    skills = fields.List(fields.Nested(ClinicSkillSchema), required=True)
    texts = fields.Nested(ClinicTextsSchema, required=True)


class _FromTheFile:
    """Says what a body looks like and lets it through: the schema of the file checks it."""

    def load(self, data: Any, **_: Any) -> Any:
        return data


class EditedGuide(_FromTheFile, GuideSchema):
    """A guide as it is to be."""

    class Meta(GuideSchema.Meta):
        exclude = ("edition",)


class EditedSkill(_FromTheFile, SkillSchema):
    """A skill as it is to be."""

    class Meta(SkillSchema.Meta):
        exclude = ("edition",)


class EditedTexts(_FromTheFile, ClinicTextsSchema):
    """A clinic's texts as they are to be."""

    class Meta(ClinicTextsSchema.Meta):
        exclude = ("edition",)


class DraftSchema(_FromTheFile, WireSchema):
    """One of the two, to be looked over."""

    guide = fields.Nested(EditedGuide(partial=True))
    skill = fields.Nested(EditedSkill(partial=True))


class AdviceSchema(WireSchema):
    """One thing the wording rules notice. It blocks nothing."""

    where = fields.String(required=True)
    text = fields.String(required=True)
    rule = fields.String(required=True)


class LookedOverSchema(WireSchema):
    """What the wording rules notice."""

    advice = fields.List(fields.Nested(AdviceSchema), required=True)


class MadeSchema(LookedOverSchema):
    """The edition that now is the newest."""

    id = fields.String(required=True)
    edition = fields.Integer(required=True)


class NewerEditionSchema(ProblemSchema):
    """Somebody has made another edition meanwhile: its number."""

    edition = fields.Integer()
