"""The page, what a patient puts first on it, and Today."""

from uuid import UUID

from marshmallow import fields, validate

from journal.accounts.schemas import Person
from journal.care.models import Route
from journal.sharing.schemas import ContentSchema, MarksSchema
from journal.web.wire import FewList, WireSchema

MOST_BROUGHT, MOST_FIRST = 20, 3


def _ids() -> fields.List[UUID]:
    return fields.List(fields.UUID(), required=True)


class ExcerptSchema(WireSchema):
    """One thing handed over, as its reader sees it."""

    id = fields.UUID(required=True)
    category = fields.String(required=True)
    kind = fields.String(required=True)
    guide = fields.String(required=True)
    handed_at = fields.AwareDateTime(required=True)
    written_at = fields.AwareDateTime(required=True)
    zone = fields.String(required=True)
    content = fields.Nested(ContentSchema, required=True)
    marks = fields.Nested(MarksSchema, required=True)


class DosingMark(WireSchema):
    """When a dosing session was, for the plots."""

    number = fields.Integer(required=True)
    started_at = fields.AwareDateTime(required=True)


class LastDosing(DosingMark):
    """The newest dosing session before now."""

    route = fields.Enum(Route, by_value=True, required=True)


class MeasurePoint(WireSchema):
    """One time a measure was taken. No total where an answer is missing."""

    at = fields.AwareDateTime(required=True)
    total = fields.Float(required=True, allow_none=True)
    missing = fields.Integer(required=True)
    excerpt = fields.UUID(required=True)


class MeasureSeries(WireSchema):
    """A measure, oldest first; `difference` of the newest total to the one before it."""

    id = fields.String(required=True)
    label = fields.String(required=True)
    most = fields.Integer(required=True)
    points = fields.List(fields.Nested(MeasurePoint), required=True)
    difference = fields.Float(required=True, allow_none=True)


class ScalePoint(WireSchema):
    """One number somebody gave, 0 to 10."""

    at = fields.AwareDateTime(required=True)
    value = fields.Integer(required=True)
    excerpt = fields.UUID(required=True)


class ScaleSeries(WireSchema):
    """Numbers to the same question, oldest first."""

    id = fields.String(required=True)
    label = fields.String(required=True)
    low = fields.String(required=True)
    high = fields.String(required=True)
    points = fields.List(fields.Nested(ScalePoint), required=True)


class SkillPair(WireSchema):
    """One time a skill was used, as far as the person said."""

    at = fields.AwareDateTime(required=True)
    before = fields.Integer(required=True, allow_none=True)
    after = fields.Integer(required=True, allow_none=True)
    helped = fields.String(required=True, allow_none=True)
    excerpt = fields.UUID(required=True)


class SkillSeries(WireSchema):
    """A skill that was used, oldest first."""

    id = fields.String(required=True)
    label = fields.String(required=True)
    times = fields.Integer(required=True)
    pairs = fields.List(fields.Nested(SkillPair), required=True)


class PageSchema(WireSchema):
    """The page both people see. What is not there is an empty list or null, and says nothing."""

    at = fields.AwareDateTime(required=True)
    patient = fields.Nested(Person, required=True)
    therapist = fields.Nested(Person, required=True)
    until = fields.AwareDateTime(required=True, allow_none=True)
    next_appointment = fields.AwareDateTime(required=True, allow_none=True)
    since = fields.AwareDateTime(required=True, allow_none=True)
    last_dosing = fields.Nested(LastDosing, required=True, allow_none=True)
    dosings = fields.List(fields.Nested(DosingMark), required=True)
    released_at = fields.AwareDateTime(required=True, allow_none=True)
    minutes = fields.Integer(required=True)
    excerpts = fields.List(fields.Nested(ExcerptSchema), required=True)
    agenda = fields.UUID(required=True, allow_none=True)
    bring = _ids()
    first = _ids()
    carried = _ids()
    safety = _ids()
    visit = _ids()
    effects = _ids()
    measures = fields.List(fields.Nested(MeasureSeries), required=True)
    scales = fields.List(fields.Nested(ScaleSeries), required=True)
    skills = fields.List(fields.Nested(SkillSeries), required=True)
    steps = _ids()
    intention = fields.UUID(required=True, allow_none=True)
    plan = fields.UUID(required=True, allow_none=True)


class Order(WireSchema):
    """What a patient puts first: `first` of the ids to `bring` stand open on the first screen."""

    agenda = fields.UUID(required=True, allow_none=True)
    bring = FewList(fields.UUID(), required=True, most=MOST_BROUGHT)
    first = fields.Integer(required=True, strict=True, validate=validate.Range(0, MOST_FIRST))


class Released(WireSchema):
    """What a patient put first, and since when."""

    released_at = fields.AwareDateTime(required=True)
    agenda = fields.UUID(required=True, allow_none=True)
    bring = _ids()
    first = fields.Integer(required=True)


class NextVisit(WireSchema):
    """When the two meet next."""

    next_appointment = fields.AwareDateTime(required=True, allow_none=True)


class TodayRow(WireSchema):
    """One patient of a therapist. Counts what is readable and nothing else."""

    patient = fields.Nested(Person, required=True)
    next_appointment = fields.AwareDateTime(required=True, allow_none=True)
    last_appointment = fields.AwareDateTime(required=True, allow_none=True)
    handed_over = fields.Integer(required=True)
    new = fields.Integer(required=True)
    released_at = fields.AwareDateTime(required=True, allow_none=True)
    minutes = fields.Integer(required=True, allow_none=True)


class TodaySchema(WireSchema):
    """A therapist's patients by next appointment."""

    at = fields.AwareDateTime(required=True)
    patients = fields.List(fields.Nested(TodayRow), required=True)
