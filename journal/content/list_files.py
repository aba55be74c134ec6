"""The files that hold one list each: categories, effects, words, notes, crisis lines."""

from marshmallow import fields, validate

from journal.content import shapes
from journal.content.files import Day, FileSchema, Id, Line, Number, Rows, once

WINDOWS = ("acute", "both", "cumulative")


def _flag() -> fields.Boolean:
    return fields.Boolean(load_default=False, truthy={True}, falsy={False})


class CategoryFile(FileSchema):
    """One kind of thing a person can share."""

    makes = shapes.Category
    id = Id()
    label = Line(required=True)


class CategoriesFile(FileSchema):
    """`categories.toml`."""

    makes = dict
    categories = Rows(CategoryFile(), unique="id", required=True)


class EffectFile(FileSchema):
    """One effect."""

    makes = shapes.Effect
    code = Id()
    label = Line(required=True)
    window = fields.String(required=True, validate=validate.OneOf(WINDOWS))
    rule = fields.String(required=True)
    common = _flag()
    card = _flag()


class EffectsFile(FileSchema):
    """`effects.toml`."""

    makes = dict
    effects = Rows(EffectFile(), unique="code", required=True)


class BodyMapFile(FileSchema):
    """The body map's words."""

    makes = shapes.BodyMap
    places = Rows(Line(), required=True)
    kinds = Rows(Line(), required=True)
    qualities = Rows(Line(), required=True)


def _once(groups: dict[str, tuple[str, ...]]) -> None:
    once(word for group in groups.values() for word in group)


class WordsFile(FileSchema):
    """`words.toml`."""

    makes = shapes.Words
    emotion_words = fields.Dict(keys=Id(), values=Rows(Line()), validate=_once, required=True)
    body_map = fields.Nested(BodyMapFile, required=True)


class NotMonitoredFile(FileSchema):
    """That nobody watches."""

    makes = shapes.NotMonitored
    short = Line(required=True)
    long = Line(required=True)
    therapist = Line(required=True)


class RedFlagsFile(FileSchema):
    """What to do about the strongest effects."""

    makes = shapes.RedFlags
    now = Rows(Line(), required=True)
    today = Rows(Line(), required=True)
    next_visit = Rows(Line(), required=True)


class ConductFile(FileSchema):
    """`conduct.toml`."""

    makes = dict
    notes = Rows(Line(), required=True, data_key="notes", attribute="conduct")


class PhrasesFile(FileSchema):
    """`phrases.toml`."""

    makes = shapes.Phrases
    version = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    any = Rows(Line(), required=True, validate=once)
    intent_only = Rows(Line(), required=True, validate=once)


class NotesFile(FileSchema):
    """`notes.toml`."""

    makes = shapes.Notes
    after_dose = Rows(Line(), required=True)
    red_flags = fields.Nested(RedFlagsFile, required=True)
    not_monitored = fields.Nested(NotMonitoredFile, required=True)
    notes = fields.Dict(keys=Id(), values=Line(), required=True)


class CrisisLineFile(FileSchema):
    """One line to call or text."""

    makes = shapes.CrisisLine
    name = Line(required=True)
    call = Number()
    text = Number()
    text_body = Line(load_default=None)
    how = Line(required=True)
    hours = Line(load_default=None)
    note = Line(load_default=None)
    to_check = Line(load_default=None)


class CrisisRegionFile(FileSchema):
    """One region. Whether its emergency number is a number is asked by the content check."""

    makes = shapes.CrisisRegion
    region = fields.String(required=True, validate=validate.Regexp(r"^([A-Z]{2}|\*)\Z"))
    emergency = fields.String(required=True)
    note = Line(load_default=None)
    source = Line(required=True)
    verified_on = Day(required=True)
    lines = Rows(CrisisLineFile(), required=True)


class CrisisFile(FileSchema):
    """`crisis/regions.toml`."""

    makes = dict
    regions = Rows(CrisisRegionFile(), unique="region", required=True)
