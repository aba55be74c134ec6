"""An admin's settings, calendar and files. Each answers for the admin's own clinic alone."""

from datetime import date
from typing import Any
from uuid import UUID

import orjson
from werkzeug import Response

from journal.accounts import service as accounts
from journal.accounts.principals import Role
from journal.accounts.views import admin
from journal.care import service as care
from journal.reception import (
    appointments,
    doses,
    here,
    local,
    schedule,
    settings,
    shown,
    taking,
)
from journal.reception.appointments import Visit
from journal.reception.doses import Dose
from journal.reception.schemas import (
    BookedDose,
    BookedVisit,
    CalendarSent,
    DoseSent,
    NewerDoseSchema,
    NewerSettingsSchema,
    NewerVisitSchema,
    ScheduleQuery,
    ScheduleSchema,
    SettingsSchema,
    SettingsSent,
    TableSent,
    TakenSchema,
    VisitSent,
)
from journal.reception.settings import Said
from journal.web.body import Blueprint
from journal.web.editions import EDITED_FROM, EDITED_OR_NEW, edited_from, edited_from_or_new
from journal.web.endpoint import endpoint
from journal.web.session import apart, at, session
from journal.web.wire import json_bytes

bp = Blueprint("reception", __name__, url_prefix="/api/clinic", description="The clinic's desk")

MEANWHILE = "Somebody has changed it meanwhile"


@bp.get("/settings")
@endpoint(Role.ADMIN)
@bp.response(200, SettingsSchema)
def clinic_settings() -> Response:
    """The clinic's settings."""
    return _settings()


@bp.put("/settings")
@endpoint(Role.ADMIN)
@bp.arguments(SettingsSent)
@bp.response(200, SettingsSchema)
@bp.alt_response(409, schema=NewerSettingsSchema, description="There are newer settings")
@bp.alt_response(428, description="No If-Match")
@bp.doc(parameters=EDITED_FROM)
def save_settings(sent: dict[str, Any]) -> Response:
    """Change the clinic's settings. A new clear-head time holds for sessions still to begin."""
    settings.save(session(), admin(), Said(**sent), edited_from=edited_from(), at=at())
    return _settings()


@bp.get("/schedule")
@endpoint(Role.ADMIN)
@bp.arguments(ScheduleQuery, location="query")
@bp.response(200, ScheduleSchema)
def clinic_schedule(asked: dict[str, date | None]) -> dict[str, Any]:
    """Dosing sessions and appointments of some days, and who can be put into the calendar."""
    return schedule.read(session(), admin(), asked["first"], asked["last"], at=at())


@bp.put("/dosing-sessions/<uuid:id>")
@endpoint(Role.ADMIN)
@bp.arguments(DoseSent)
@bp.response(200, BookedDose)
@bp.alt_response(201, schema=BookedDose, description="Made")
@bp.alt_response(409, schema=NewerDoseSchema, description=MEANWHILE)
@bp.alt_response(428, description="Neither If-Match nor If-None-Match")
@bp.doc(parameters=EDITED_OR_NEW)
def put_dosing_session(sent: dict[str, Any], id: UUID) -> tuple[dict[str, Any], int]:
    """Write down a dosing session, or change it. The device makes the id: sent again it is one."""
    made_from = edited_from_or_new()
    people = here.look(session(), admin(), lock=True)
    zone = local.zone_sent(sent["zone"], people.clinic.zone)
    dose = Dose(
        patient_id=sent["patient_id"],
        started_at=local.sent("/starts", sent["starts"], zone),
        ended_at=local.sent("/ends", sent["ends"], zone) if sent["ends"] else None,
        route=sent["route"],
    )
    row, fresh = doses.put(session(), people, id, dose, edited_from=made_from, at=at())
    called = accounts.names(session(), [row.patient_id])
    return shown.dose(row, called), 201 if fresh else 200


@bp.delete("/dosing-sessions/<uuid:id>")
@endpoint(Role.ADMIN)
@bp.response(204)
@bp.alt_response(409, schema=NewerDoseSchema, description=MEANWHILE)
@bp.alt_response(428, description="No If-Match")
@bp.doc(parameters=EDITED_FROM)
def cancel_dosing_session(id: UUID) -> None:
    """It does not take place. What had begun by now stays closed until its morning."""
    made_from = edited_from()
    clinic = here.look(session(), admin(), lock=True).clinic
    doses.cancel(session(), clinic, id, edited_from=made_from, at=at())


@bp.put("/appointments/<uuid:id>")
@endpoint(Role.ADMIN)
@bp.arguments(VisitSent)
@bp.response(200, BookedVisit)
@bp.alt_response(201, schema=BookedVisit, description="Made")
@bp.alt_response(409, schema=NewerVisitSchema, description=MEANWHILE)
@bp.alt_response(428, description="Neither If-Match nor If-None-Match")
@bp.doc(parameters=EDITED_OR_NEW)
def put_appointment(sent: dict[str, Any], id: UUID) -> tuple[dict[str, Any], int]:
    """Write down an appointment, or change it. The device makes the id: sent again it is one."""
    made_from = edited_from_or_new()
    people = here.look(session(), admin(), lock=True)
    zone = local.zone_sent(sent["zone"], people.clinic.zone)
    visit = Visit(
        patient_id=sent["patient_id"],
        therapist_id=sent["therapist_id"],
        starts_at=local.sent("/starts", sent["starts"], zone),
    )
    row, fresh = appointments.put(session(), people, id, visit, edited_from=made_from, at=at())
    called = accounts.names(session(), [row.patient_id, row.therapist_id])
    return shown.appointment(row, called), 201 if fresh else 200


@bp.delete("/appointments/<uuid:id>")
@endpoint(Role.ADMIN)
@bp.response(204)
@bp.alt_response(409, schema=NewerVisitSchema, description=MEANWHILE)
@bp.alt_response(428, description="No If-Match")
@bp.doc(parameters=EDITED_FROM)
def cancel_appointment(id: UUID) -> None:
    """It does not take place."""
    clinic = care.admins_clinic(session(), admin())
    appointments.cancel(session(), clinic, id, edited_from=edited_from(), at=at())


@bp.post("/schedule/csv")
@endpoint(Role.ADMIN, writes=False)  # a long table is read before anybody waits for the writing
@bp.arguments(TableSent)
@bp.response(200, TakenSchema)
@bp.alt_response(409, description="The calendar has changed since it was looked at")
@bp.alt_response(428, description="Nobody has looked at what it would do")
def take_table(sent: dict[str, Any]) -> dict[str, Any]:
    """Take a table of sessions or appointments in, all of it or nothing."""
    return _take(sent, taking.of_table(sent))


@bp.post("/schedule/calendar")
@endpoint(Role.ADMIN, writes=False)
@bp.arguments(CalendarSent)
@bp.response(200, TakenSchema)
@bp.alt_response(409, description="The calendar has changed since it was looked at")
@bp.alt_response(428, description="Nobody has looked at what it would do")
def take_calendar(sent: dict[str, Any]) -> dict[str, Any]:
    """Take a therapist's calendar file in, all of it or nothing."""
    return _take(sent, taking.of_calendar(sent))


def _take(sent: dict[str, Any], read: taking.Read) -> dict[str, Any]:
    writing = None if sent["dry_run"] else apart
    return taking.take(session(), writing, admin(), read, seen=sent["seen"], at=at())


def _settings() -> Response:
    said = settings.read(session(), admin())
    answer = json_bytes(orjson.dumps(SettingsSchema().dump(said)))
    answer.set_etag(str(said["edition"]))
    return answer
