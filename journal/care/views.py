"""The treatment as the patient's phone keeps it, a therapist's own notes, and Help for anybody."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import request
from flask_login import current_user

from journal.accounts import service as accounts
from journal.accounts.principals import Role
from journal.accounts.views import patient, therapist
from journal.care import notes, service
from journal.care.models import Clinic
from journal.care.notes import Note
from journal.care.schemas import CareSchema, HelpSchema, NoteSchema, NoteText
from journal.care.stage import Stage
from journal.content import library
from journal.web.body import Blueprint
from journal.web.endpoint import Public, endpoint
from journal.web.session import at, session

bp = Blueprint("care", __name__, url_prefix="/api", description="The treatment, notes, and Help")

REMEMBERED = timedelta(days=60)


@bp.get("/care")
@endpoint(Role.PATIENT)
@bp.response(200, CareSchema)
def care() -> dict[str, Any]:
    """The clinic, the therapists, the doses, the appointments and the ladder."""
    me = patient()
    since = at() - REMEMBERED
    therapists = service.therapists_of(session(), me.id)
    appointments = service.appointments_of(session(), me.id, since)
    called = accounts.names(session(), {*therapists, *(row.therapist_id for row in appointments)})
    return {
        "clinic": service.clinic_of(session(), me.id),
        "therapists": [{"id": id, "name": called.get(id, "")} for id in therapists],
        "dosing_sessions": service.doses_of(session(), me.id),
        "appointments": [
            {
                "id": row.id,
                "starts_at": row.starts_at,
                "therapist": {"id": row.therapist_id, "name": called.get(row.therapist_id, "")},
            }
            for row in appointments
        ],
        "ladder": service.steps_of(session(), me.id, since),
        "suggested": _suggested(),
    }


@bp.get("/help")
@endpoint(Public.ANYONE, background=True)
@bp.response(200, HelpSchema)
def help_page() -> dict[str, Any]:
    """The clinic's numbers, the crisis lines, four skills. Needs no sign-in."""
    content = library.load()
    clinic = _clinic()
    return {
        "clinic": clinic,
        "not_monitored": content.notes.not_monitored,
        "regions": content.regions,
        "tools": [skill.id for skill in content.skills if skill.from_help],
    }


@bp.get("/patients/<uuid:patient_id>/notes")
@endpoint(Role.THERAPIST)
@bp.response(200, NoteSchema(many=True))
def own_notes(patient_id: UUID) -> list[Note]:
    """What the therapist who asks has noted for themselves, newest first. Nobody else reads it."""
    return notes.notes(session(), therapist(), patient_id)


@bp.put("/patients/<uuid:patient_id>/notes/<uuid:note_id>")
@endpoint(Role.THERAPIST)
@bp.arguments(NoteText)
@bp.response(200, NoteSchema)
def keep_note(sent: dict[str, str], patient_id: UUID, note_id: UUID) -> Note:
    """Write a note, or write it anew."""
    return notes.keep(session(), therapist(), patient_id, note_id, sent["text"], at=at())


@bp.delete("/patients/<uuid:patient_id>/notes/<uuid:note_id>")
@endpoint(Role.THERAPIST)
@bp.response(204)
def remove_note(patient_id: UUID, note_id: UUID) -> None:
    """Remove a note for good."""
    notes.remove(session(), therapist(), patient_id, note_id)


def _clinic() -> Clinic | None:
    # Without a cookie nothing is looked up: Help answers even when sessions are broken.
    if request.cookies and current_user.is_authenticated:
        return service.clinic_of(session(), current_user.id)
    return service.only_clinic(session())


def _suggested() -> dict[str, str | None]:
    """The guide that each stage begins with, where there is one."""
    first: dict[str, str] = {}
    for guide in library.load().guides:
        if guide.stage:
            first.setdefault(guide.stage, guide.id)
    return {stage.value: first.get(stage.value) for stage in Stage}
