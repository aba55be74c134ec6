"""What guides look like on the wire."""

from marshmallow import fields, validate

from journal.content import guides, measures
from journal.content.list_files import WINDOWS
from journal.web.wire import WireSchema


class OptionSchema(WireSchema):
    """One thing to pick. In a measure it has a score."""

    id = fields.String(required=True)
    label = fields.String(required=True)
    score = fields.Integer(required=True, allow_none=True)


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
    windows = fields.List(fields.String(validate=validate.OneOf(WINDOWS)), required=True)


class NoteRuleSchema(WireSchema):
    """When a fixed note stands under an answer: an option picked, or a number on a scale.

    `times` and `days`: it holds on so many entries in so many days. `note` names one of the
    notes, or is `help-card`.
    """

    part = fields.String(required=True)
    note = fields.String(required=True)
    to = fields.String(
        required=True, validate=validate.OneOf(["help", "skills", "concern", "none"])
    )
    any = fields.List(fields.String(), required=True)
    at_most = fields.Integer(required=True, allow_none=True)
    at_least = fields.Integer(required=True, allow_none=True)
    times = fields.Integer(required=True)
    days = fields.Integer(required=True)


class ItemSchema(WireSchema):
    """One question. `nothing` is the label of its "nothing came" button, where it has one.

    `shows` is an item whose latest answer is shown back above the question.
    """

    id = fields.String(required=True)
    text = fields.String(required=True)
    help = fields.String(required=True, allow_none=True)
    tier = fields.Enum(guides.Tier, by_value=fields.String, required=True)
    share = fields.Enum(guides.Share, by_value=fields.String, required=True)
    category = fields.String(required=True, allow_none=True)
    parts = fields.List(fields.Nested(PartSchema), required=True)
    nothing = fields.String(required=True, allow_none=True)
    source = fields.String(required=True)
    shows = fields.String(required=True, allow_none=True)
    notes = fields.List(fields.Nested(NoteRuleSchema), required=True)


class CutoffSchema(WireSchema):
    """A published boundary: from this total on. It says nothing about a person."""

    at = fields.Integer(required=True)
    label = fields.String(required=True)


class ClusterSchema(WireSchema):
    """Items that are also added up on their own."""

    id = fields.String(required=True)
    label = fields.String(required=True)
    items = fields.List(fields.String(), required=True)


class MeasureSchema(WireSchema):
    """How a measure is scored and how often it may be taken."""

    rule = fields.Enum(measures.Rule, by_value=fields.String, required=True)
    items = fields.List(fields.String(), required=True)
    most = fields.Integer(required=True)
    cutoffs = fields.List(fields.Nested(CutoffSchema), required=True)
    clusters = fields.List(fields.Nested(ClusterSchema), required=True)
    days_between = fields.Integer(required=True)
    hours_after_dose = fields.Integer(required=True)
    needs = fields.Enum(measures.Needs, by_value=fields.String, required=True, allow_none=True)
    about_change = fields.String(required=True, allow_none=True)


class GuideSchema(WireSchema):
    """One edition of a guide."""

    id = fields.String(required=True)
    edition = fields.Integer(required=True)
    kind = fields.Enum(guides.GuideKind, by_value=fields.String, required=True)
    title = fields.String(required=True)
    intro = fields.String(required=True)
    stage = fields.String(
        required=True, allow_none=True, validate=validate.OneOf([*guides.STAGES, None])
    )
    category = fields.String(required=True)
    about = fields.String(required=True)
    closing = fields.String(required=True)
    licence = fields.String(required=True)
    source = fields.String(required=True, allow_none=True)
    ask = fields.Integer(required=True, allow_none=True)
    measure = fields.Nested(MeasureSchema, required=True, allow_none=True)
    items = fields.List(fields.Nested(ItemSchema), required=True)
