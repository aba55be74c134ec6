"""What a phone needs to know of the treatment, and Help."""

from marshmallow import fields, validate

from journal.accounts.schemas import Person
from journal.care.models import Route
from journal.care.stage import Stage
from journal.content.schemas import CrisisRegionSchema, NotMonitoredSchema
from journal.web.wire import Text, WireSchema


class Number(WireSchema):
    """A telephone number of the clinic."""

    label = fields.String(required=True)
    phone = fields.String(required=True)
    hours = fields.String(required=True)


class ClinicSchema(WireSchema):
    """The clinic, as its patients see it."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    region = fields.String(required=True)
    zone = fields.String(required=True)
    clear_time = fields.String(required=True)
    numbers = fields.List(fields.Nested(Number), required=True)


class DosingSessionSchema(WireSchema):
    """One dose."""

    id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    started_at = fields.AwareDateTime(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    clear_at = fields.AwareDateTime(required=True)
    route = fields.Enum(Route, by_value=True, required=True)


class AppointmentSchema(WireSchema):
    """One planned integration session."""

    id = fields.UUID(required=True)
    starts_at = fields.AwareDateTime(required=True)
    therapist = fields.Nested(Person, required=True)


class StepSchema(WireSchema):
    """From this moment on, this stage."""

    begins = fields.AwareDateTime(required=True, data_key="from")
    stage = fields.Enum(Stage, by_value=True, required=True)
    dosing_number = fields.Integer(required=True, allow_none=True)


class CareSchema(WireSchema):
    """The treatment at a glance; enough to know the stage offline for weeks."""

    clinic = fields.Nested(ClinicSchema, required=True, allow_none=True)
    therapists = fields.List(fields.Nested(Person), required=True)
    dosing_sessions = fields.List(fields.Nested(DosingSessionSchema), required=True)
    appointments = fields.List(fields.Nested(AppointmentSchema), required=True)
    ladder = fields.List(fields.Nested(StepSchema), required=True)
    suggested = fields.Dict(
        keys=fields.String(), values=fields.String(allow_none=True), required=True
    )


class HelpClinic(WireSchema):
    """The clinic's own numbers on Help."""

    name = fields.String(required=True)
    region = fields.String(required=True)
    numbers = fields.List(fields.Nested(Number), required=True)
    out_of_hours = fields.String(required=True)


class HelpSchema(WireSchema):
    """Help: it needs no sign-in and is kept on the phone."""

    clinic = fields.Nested(HelpClinic, required=True, allow_none=True)
    not_monitored = fields.Nested(NotMonitoredSchema, required=True)
    regions = fields.List(fields.Nested(CrisisRegionSchema), required=True)
    tools = fields.List(fields.String(), required=True)


LONGEST_NOTE = 20_000  # characters


class NoteText(WireSchema):
    """What a therapist notes for themselves."""

    text = Text(required=True, validate=validate.Length(max=LONGEST_NOTE))


class NoteSchema(WireSchema):
    """One of a therapist's own notes."""

    id = fields.UUID(required=True)
    made_at = fields.AwareDateTime(required=True)
    changed_at = fields.AwareDateTime(required=True)
    text = fields.String(required=True)
