"""What an admin's desk sends and gets back: settings, sessions, appointments, files."""

from marshmallow import fields, validate

from journal.accounts.schemas import Person
from journal.care.models import Route
from journal.care.schemas import Number
from journal.reception.ics import By
from journal.reception.table import Kind
from journal.web.wire import ProblemSchema, Text, WireSchema

CLOCK = validate.Regexp(r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]\Z", error="Write the time as 09:00.")
LONGEST_FILE = 2_000_000  # characters
MOMENT = validate.Regexp(
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}\Z", error="Choose a day and a time."
)


class SettingsSent(WireSchema):
    """What an admin can set."""

    name = Text(required=True, validate=validate.Length(1, 120))
    region = Text(required=True, validate=validate.Length(1, 8))
    zone = Text(required=True, validate=validate.Length(1, 64))
    clear_time = Text(required=True, validate=CLOCK)
    out_of_hours = Text(required=True, validate=validate.Length(max=400))
    course_sessions = fields.Integer(
        required=True, strict=True, allow_none=True, validate=validate.Range(1, 60)
    )
    numbers_checked_on = fields.Date(required=True, allow_none=True)


class SettingsSchema(SettingsSent):
    """The settings, with what is set elsewhere beside them."""

    edition = fields.Integer(required=True)
    numbers = fields.List(fields.Nested(Number), required=True)
    response_plan = fields.Boolean(required=True)
    regions = fields.List(fields.String(), required=True)


class NewerSettingsSchema(ProblemSchema):
    """Somebody has changed them meanwhile."""

    edition = fields.Integer()


class TimesSent(WireSchema):
    """Times on the wall of the zone they were typed in; of the clinic's, where none is said."""

    zone = Text(load_default=None, validate=validate.Length(1, 64))


class DoseSent(TimesSent):
    """A dosing session."""

    patient_id = fields.UUID(required=True)
    starts = Text(required=True, validate=MOMENT)
    ends = Text(required=True, allow_none=True, validate=MOMENT)
    route = fields.Enum(Route, by_value=True, required=True)


class VisitSent(TimesSent):
    """An appointment."""

    patient_id = fields.UUID(required=True)
    therapist_id = fields.UUID(required=True)
    starts = Text(required=True, validate=MOMENT)


class BookedDose(WireSchema):
    """A dosing session as the desk shows it."""

    id = fields.UUID(required=True)
    edition = fields.Integer(required=True)
    patient = fields.Nested(Person, required=True)
    number = fields.Integer(required=True)
    started_at = fields.AwareDateTime(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    clear_at = fields.AwareDateTime(required=True)
    route = fields.Enum(Route, by_value=True, required=True)


class BookedVisit(WireSchema):
    """An appointment as the desk shows it."""

    id = fields.UUID(required=True)
    edition = fields.Integer(required=True)
    patient = fields.Nested(Person, required=True)
    therapist = fields.Nested(Person, required=True)
    starts_at = fields.AwareDateTime(required=True)


class NewerDoseSchema(ProblemSchema):
    """Somebody has changed or cancelled it meanwhile; this is what stands."""

    edition = fields.Integer()
    cancelled = fields.Boolean()
    stands = fields.Nested(BookedDose)


class NewerVisitSchema(ProblemSchema):
    """Somebody has changed or cancelled it meanwhile; this is what stands."""

    edition = fields.Integer()
    cancelled = fields.Boolean()
    stands = fields.Nested(BookedVisit)


class SchedulePatient(Person):
    """A patient who can be put into the calendar, and whom they see."""

    zone = fields.String(required=True)
    therapists = fields.List(fields.UUID(), required=True)


class ScheduleQuery(WireSchema):
    """Which days, both of them too."""

    first = fields.Date(data_key="from", load_default=None)
    last = fields.Date(data_key="to", load_default=None)


class ScheduleSchema(WireSchema):
    """The clinic's calendar."""

    zone = fields.String(required=True)
    clear_time = fields.String(required=True)
    course_sessions = fields.Integer(required=True, allow_none=True)
    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")
    patients = fields.List(fields.Nested(SchedulePatient), required=True)
    therapists = fields.List(fields.Nested(Person), required=True)
    dosing_sessions = fields.List(fields.Nested(BookedDose), required=True)
    appointments = fields.List(fields.Nested(BookedVisit), required=True)


class FileSent(WireSchema):
    """A file. A dry run writes nothing, and what it answers as `seen` is needed to write."""

    dry_run = fields.Boolean(required=True, truthy={True}, falsy={False})
    seen = Text(load_default=None, allow_none=True, validate=validate.Length(max=64))


class TableSent(FileSent):
    """A table as CSV."""

    kind = fields.Enum(Kind, by_value=True, required=True)
    text = Text(required=True, validate=validate.Length(1, LONGEST_FILE))


class CalendarSent(FileSent):
    """A therapist's calendar file."""

    therapist_id = fields.UUID(required=True)
    by = fields.Enum(By, by_value=True, required=True)
    text = Text(required=True, validate=validate.Length(1, LONGEST_FILE))


class FaultSchema(WireSchema):
    """Why a row cannot be taken, or was left out."""

    row = fields.Integer(required=True)
    column = fields.String(required=True)
    detail = fields.String(required=True)


class TakenSchema(WireSchema):
    """What a file did, or would do."""

    written = fields.Boolean(required=True)
    seen = fields.String(required=True, allow_none=True)
    rows = fields.Integer(required=True)
    new = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    same = fields.Integer(required=True)
    cancelled = fields.Integer(required=True)
    errors = fields.List(fields.Nested(FaultSchema), required=True)
    left_out = fields.List(fields.Nested(FaultSchema), required=True)
    stands = fields.List(fields.Nested(FaultSchema), required=True)
