"""Play what was handed over: to the therapist, and to the patient as the therapist has it."""

from uuid import UUID

from flask import Response

from journal.accounts.principals import Role
from journal.accounts.views import patient, therapist
from journal.along import service
from journal.media.copies import Copied
from journal.media.views import BINARY, FILES
from journal.web.body import Blueprint
from journal.web.endpoint import endpoint
from journal.web.session import apart, at, session

bp = Blueprint("along", __name__, url_prefix="/api", description="Recordings, photos, drawings")

NAMES = FILES | {"application/json": "drawing.json"}
PLAYED = {"200": {"description": "The bytes", "content": dict.fromkeys(NAMES, BINARY)}}


@bp.get("/patients/<uuid:patient_id>/media/<uuid:media_id>")
@endpoint(Role.THERAPIST)  # the bytes are read when the reading is written down: nobody waits
@bp.doc(responses=PLAYED)
def therapists_media(patient_id: UUID, media_id: UUID) -> Response:
    """A recording, photo or drawing (as strokes) that was handed over. It leaves a receipt."""
    with apart() as writing:
        service.meet_ends(writing, therapist(), patient_id, at=at())
    with apart() as writing:
        found = service.for_therapist(writing, therapist(), patient_id, media_id, at=at())
    return _played(found)


@bp.get("/therapists/<uuid:therapist_id>/media/<uuid:media_id>")
@endpoint(Role.PATIENT)
@bp.doc(responses=PLAYED)
def media_they_can_see(therapist_id: UUID, media_id: UUID) -> Response:
    """The same bytes, for the patient who handed them over."""
    return _played(service.for_patient(session(), patient(), therapist_id, media_id, at=at()))


def _played(found: Copied) -> Response:
    headers = {"Content-Disposition": f"attachment; filename={NAMES[found.type]}"}
    return Response(found.whole(), 200, headers, content_type=found.type)
