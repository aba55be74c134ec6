"""What the content looks like on the wire."""

from marshmallow import fields, validate

from journal.content.guide_schemas import GuideSchema
from journal.content.list_files import WINDOWS
from journal.web.wire import WireSchema


class SkillSchema(WireSchema):
    """One coping strategy."""

    id = fields.String(required=True)
    edition = fields.Integer(required=True)
    need = fields.String(required=True)
    title = fields.String(required=True)
    when = fields.String(required=True)
    steps = fields.List(fields.String(), required=True)
    minutes = fields.Integer(required=True)
    caution = fields.String(required=True)
    level = fields.Integer(required=True, validate=validate.OneOf([1, 2, 3]))
    dose_day = fields.Boolean(required=True)
    from_help = fields.Boolean(required=True)
    source = fields.String(required=True)


class SectionSchema(WireSchema):
    """One thing the agreement says; `{therapist}`, `{clinic}`, `{ends_on}` are to be filled in."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)


class AgreementSchema(WireSchema):
    """One edition of the agreement, with the hash of its exact text."""

    id = fields.String(required=True)
    edition = fields.Integer(required=True)
    locale = fields.String(required=True)
    title = fields.String(required=True)
    sha256 = fields.String(required=True, validate=validate.Length(equal=64))
    sections = fields.List(fields.Nested(SectionSchema), required=True)


class CategorySchema(WireSchema):
    """A kind of thing a person can choose to share."""

    id = fields.String(required=True)
    label = fields.String(required=True)


class BodyMapSchema(WireSchema):
    """The places of the body and what can be said about each."""

    places = fields.List(fields.String(), required=True)
    kinds = fields.List(fields.String(), required=True)
    qualities = fields.List(fields.String(), required=True)


class EffectSchema(WireSchema):
    """Something a body may feel after a dose."""

    code = fields.String(required=True)
    label = fields.String(required=True)
    window = fields.String(required=True, validate=validate.OneOf(WINDOWS))
    rule = fields.String(required=True)
    common = fields.Boolean(required=True)
    card = fields.Boolean(required=True)


class RedFlagsSchema(WireSchema):
    """What to do about the strongest effects, the same for everyone."""

    now = fields.List(fields.String(), required=True)
    today = fields.List(fields.String(), required=True)
    next_visit = fields.List(fields.String(), required=True)


class PhrasesSchema(WireSchema):
    """The words after which the Help card is offered, on the phone and if the person wants it."""

    version = fields.Integer(required=True)
    any = fields.List(fields.String(), required=True)
    intent_only = fields.List(fields.String(), required=True)


class NotMonitoredSchema(WireSchema):
    """That nobody watches, said short, long, and to therapists."""

    short = fields.String(required=True)
    long = fields.String(required=True)
    therapist = fields.String(required=True)


class ResponsePlanSchema(WireSchema):
    """Who at the clinic looks at PHQ-9 answers that were shared, in the clinic's own words."""

    who = fields.String(required=True)
    days = fields.String(required=True)
    within = fields.String(required=True)
    what = fields.String(required=True)
    backup = fields.String(required=True)


class LibrarySchema(WireSchema):
    """Everything the app says: the newest edition of each guide, skill and the agreement."""

    guides = fields.List(fields.Nested(GuideSchema), required=True)
    skills = fields.List(fields.Nested(SkillSchema), required=True)
    agreement = fields.Nested(AgreementSchema, required=True)
    categories = fields.List(fields.Nested(CategorySchema), required=True)
    emotion_words = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        required=True,
        attribute="words.emotion_words",
    )
    body_map = fields.Nested(BodyMapSchema, required=True, attribute="words.body_map")
    effects = fields.List(fields.Nested(EffectSchema), required=True)
    notes = fields.Dict(
        keys=fields.String(), values=fields.String(), required=True, attribute="notes.notes"
    )
    not_monitored = fields.Nested(
        NotMonitoredSchema, required=True, attribute="notes.not_monitored"
    )
    after_dose = fields.List(fields.String(), required=True, attribute="notes.after_dose")
    red_flags = fields.Nested(RedFlagsSchema, required=True, attribute="notes.red_flags")
    phrases = fields.Nested(PhrasesSchema, required=True)
    conduct = fields.List(fields.String(), required=True)
    response_plan = fields.Nested(ResponsePlanSchema, required=True, allow_none=True)


class CrisisLineSchema(WireSchema):
    """One line: `how` to read, `call` and `text` to dial, `text_body` the word it asks for."""

    name = fields.String(required=True)
    call = fields.String(required=True, allow_none=True)
    text = fields.String(required=True, allow_none=True)
    text_body = fields.String(required=True, allow_none=True)
    how = fields.String(required=True)
    hours = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)


class CrisisRegionSchema(WireSchema):
    """A region's emergency number and lines; region `*` is everywhere else."""

    region = fields.String(required=True)
    emergency = fields.String(required=True)
    note = fields.String(required=True, allow_none=True)
    verified_on = fields.Date(required=True, allow_none=True)
    lines = fields.List(fields.Nested(CrisisLineSchema), required=True)


class ShownLineSchema(WireSchema):
    """One line of an answer; `own` is true for the person's own words."""

    label = fields.String(required=True, allow_none=True)
    value = fields.String(required=True)
    own = fields.Boolean(required=True)


class ShownSchema(WireSchema):
    """An answer, ready to read."""

    lines = fields.List(fields.Nested(ShownLineSchema), required=True)


class MediaShownSchema(WireSchema):
    """A recording (`length` in seconds), a photo or a drawing, to be fetched by its id."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(["recording", "photo", "drawing"]))
    type = fields.String(required=True)
    length = fields.Integer()
    width = fields.Integer()
    height = fields.Integer()


class AnsweredSchema(WireSchema):
    """A question with its answer; with `media` when some were handed over."""

    question = fields.String(required=True)
    answer = fields.Nested(ShownSchema, required=True)
    media = fields.List(fields.Nested(MediaShownSchema))
