"""What the content looks like on the wire."""

from marshmallow import fields, validate

from journal.content import guides
from journal.web.wire import WireSchema


class OptionSchema(WireSchema):
    """One thing to pick."""

    id = fields.String(required=True)
    label = fields.String(required=True)


class PartSchema(WireSchema):
    """One field of an item; what its kind does not use is null or empty.

    `max` is the most there can be: characters of a text, picks of a list.
    """

    name = fields.String(required=True)
    kind = fields.Enum(guides.Kind, by_value=fields.String, required=True)
    label = fields.String(required=True, allow_none=True)
    lines = fields.Enum(guides.Lines, by_value=fields.String, required=True, allow_none=True)
    options = fields.List(fields.Nested(OptionSchema), required=True)
    max = fields.Integer(required=True, allow_none=True, attribute="most")
    other = fields.Boolean(required=True)
    low = fields.String(required=True, allow_none=True)
    high = fields.String(required=True, allow_none=True)


class ItemSchema(WireSchema):
    """One question. `nothing` is the label of its "nothing came" button, where it has one."""

    id = fields.String(required=True)
    text = fields.String(required=True)
    help = fields.String(required=True, allow_none=True)
    tier = fields.Enum(guides.Tier, by_value=fields.String, required=True)
    share = fields.Enum(guides.Share, by_value=fields.String, required=True)
    category = fields.String(required=True, allow_none=True)
    parts = fields.List(fields.Nested(PartSchema), required=True)
    nothing = fields.String(required=True, allow_none=True)


class GuideSchema(WireSchema):
    """One edition of a guide."""

    id = fields.String(required=True)
    edition = fields.Integer(required=True)
    title = fields.String(required=True)
    intro = fields.String(required=True)
    stage = fields.String(
        required=True, allow_none=True, validate=validate.OneOf([*guides.STAGES, None])
    )
    category = fields.String(required=True)
    about = fields.String(required=True)
    closing = fields.String(required=True)
    items = fields.List(fields.Nested(ItemSchema), required=True)


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
    window = fields.String(required=True, validate=validate.OneOf(["acute", "both", "cumulative"]))
    rule = fields.String(required=True)


class NotMonitoredSchema(WireSchema):
    """That nobody watches, said short, long, and to therapists."""

    short = fields.String(required=True)
    long = fields.String(required=True)
    therapist = fields.String(required=True)


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


class AnsweredSchema(WireSchema):
    """A question with its answer."""

    question = fields.String(required=True)
    answer = fields.Nested(ShownSchema, required=True)
