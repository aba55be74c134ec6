"""Today, the page for both, what the patient puts first on it, and the therapist's marks."""

from typing import Any
from uuid import UUID

from flask import Response
from flask_login import current_user

from journal.accounts.principals import Role
from journal.accounts.views import patient, therapist
from journal.brief import service
from journal.brief import today as day
from journal.brief.schemas import NextVisit, Order, PageSchema, Released, TodaySchema
from journal.care import service as care
from journal.care import visits
from journal.errors import NotFound
from journal.sharing import briefs, marks
from journal.sharing.models import Marking
from journal.web.body import Blueprint
from journal.web.endpoint import endpoint
from journal.web.session import at, session
from journal.web.wire import json_bytes

bp = Blueprint("brief", __name__, url_prefix="/api", description="The page before an appointment")


@bp.get("/today")
@endpoint(Role.THERAPIST, background=True)
@bp.response(200, TodaySchema)
def today() -> dict[str, Any]:
    """A therapist's patients, by next appointment. No words."""
    # It closes no end that it meets: whoever opens the page or searches for the words does.
    rows = day.today(session(), therapist(), since=current_user.signed_in_at, at=at())
    return {"at": at(), "patients": rows}


@bp.get("/patients/<uuid:patient_id>/page")
@endpoint(Role.THERAPIST, writes=True)
@bp.response(200, PageSchema)
def therapists_page(patient_id: UUID) -> Response:
    """What this patient handed to the therapist who asks. Each excerpt read leaves a receipt."""
    return json_bytes(service.for_therapist(session(), therapist(), patient_id, at=at()))


@bp.get("/therapists/<uuid:therapist_id>/page")
@endpoint(Role.PATIENT)
@bp.response(200, PageSchema)
def what_they_can_see(therapist_id: UUID) -> Response:
    """The therapist's page, byte for byte, for the patient whose words are on it."""
    return json_bytes(service.for_patient(session(), patient(), therapist_id, at=at()))


@bp.put("/therapists/<uuid:therapist_id>/brief")
@endpoint(Role.PATIENT)
@bp.arguments(Order)
@bp.response(200, Released)
@bp.alt_response(404, description="Not a therapist of yours")
@bp.alt_response(409, description="Nothing is shared with them")
def release(sent: dict[str, Any], therapist_id: UUID) -> Any:
    """Say what stands first on the page of one therapist, from now on. It widens nothing."""
    return briefs.release(session(), patient(), therapist_id, **sent, at=at())


@bp.delete("/therapists/<uuid:therapist_id>/brief")
@endpoint(Role.PATIENT)
@bp.response(204)
def take_release_back(therapist_id: UUID) -> None:
    """Make the page plain again, at once."""
    briefs.take_back(session(), patient(), therapist_id)


@bp.put("/patients/<uuid:patient_id>/excerpts/<uuid:excerpt_id>/marks/<string:mark>")
@endpoint(Role.THERAPIST)
@bp.response(204)
@bp.alt_response(404, description="Not readable now, or no such mark")
def mark(patient_id: UUID, excerpt_id: UUID, mark: str) -> None:
    """Mark an excerpt as `read`, `talked` about, or to `carry` to the next visit."""
    marks.put(session(), therapist(), patient_id, excerpt_id, _marking(mark), at=at())


@bp.delete("/patients/<uuid:patient_id>/excerpts/<uuid:excerpt_id>/marks/<string:mark>")
@endpoint(Role.THERAPIST)
@bp.response(204)
@bp.alt_response(404, description="Not readable now, or no such mark")
def unmark(patient_id: UUID, excerpt_id: UUID, mark: str) -> None:
    """Take a mark off again."""
    marks.take_off(session(), therapist(), patient_id, excerpt_id, _marking(mark), at=at())


@bp.post("/patients/<uuid:patient_id>/read")
@endpoint(Role.THERAPIST)
@bp.response(200, NextVisit)
@bp.alt_response(404, description="Not a patient of yours")
def read_all(patient_id: UUID) -> dict[str, Any]:
    """Mark as read everything readable now that was opened; say when the two meet next."""
    me = therapist()
    care.require_link(session(), patient_id, me.id)
    marks.put_read(session(), me, patient_id, at=at())
    met = visits.of(session(), [patient_id], me.id, at()).get(patient_id, visits.NONE)
    return {"next_appointment": met.next}


def _marking(name: str) -> Marking:
    """The mark of that name.

    :raises NotFound: there is none.
    """
    try:
        return Marking(name)
    except ValueError:
        raise NotFound from None
