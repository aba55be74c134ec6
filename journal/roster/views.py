"""People, links, reports and health for an admin; for everybody what an admin did about them."""

from typing import Any
from uuid import UUID

from flask import Flask, Response, current_app, request
from flask_login import current_user

from journal.accounts.principals import Role
from journal.accounts.session_views import EVERYONE
from journal.accounts.views import admin
from journal.roster import access, acts, health, paper, recovery, service, wires
from journal.roster.schemas import (
    AccessForm,
    ActSchema,
    HealthSchema,
    MemberSchema,
    NewLink,
    RecoveryLink,
    VerifiedSchema,
)
from journal.web.body import Blueprint
from journal.web.endpoint import endpoint
from journal.web.session import apart, at, session, transaction

bp = Blueprint("roster", __name__, url_prefix="/api", description="The people of a clinic")

KINDS = {"csv": ("text/csv; charset=utf-8", paper.as_csv), "pdf": ("application/pdf", paper.as_pdf)}
FILE: dict[str, Any] = {
    "responses": {
        "200": {
            "description": "The file",
            "content": {
                kind.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
                for kind, _ in KINDS.values()
            },
        }
    }
}
SENT = {
    "entries.save": "entries",
    "entries.sync": "entries",
    "media.announce": "media",
    "media.piece": "media",
    "media.complete": "media",
    "handover.hand_over": "sharing",
    "sharing.withdraw": "sharing",
    "sharing.take_back": "sharing",
}
"""What phones send, by its route: when the server fails at it, that is counted."""


@bp.get("/clinic/people")
@endpoint(Role.ADMIN)
@bp.response(200, MemberSchema(many=True))
def people() -> list[dict[str, Any]]:
    """Everybody of the clinic, those who left too; with whom each patient sees."""
    return wires.people(session(), admin())


@bp.post("/clinic/links")
@endpoint(Role.ADMIN)
@bp.arguments(NewLink)
@bp.response(204)
@bp.alt_response(404, description="Absent, or not yours")
def link(sent: dict[str, UUID]) -> None:
    """Let a therapist see a patient, with nothing; said twice, it is done once."""
    service.link(session(), admin(), **sent, at=at())


@bp.delete("/clinic/links/<uuid:patient_id>/<uuid:therapist_id>")
@endpoint(Role.ADMIN)
@bp.response(204)
def unlink(patient_id: UUID, therapist_id: UUID) -> None:
    """Let a therapist no longer see a patient. What was shared between them ends at once."""
    service.unlink(session(), admin(), patient_id, therapist_id, at=at())


@bp.post("/clinic/people/<uuid:person_id>/leave")
@endpoint(Role.ADMIN)
@bp.response(204)
@bp.alt_response(409, description="The last admin")
def leave(person_id: UUID) -> None:
    """Somebody no longer belongs to the clinic. Whoever they saw here, they see no longer."""
    service.leave(session(), admin(), person_id, at=at())


@bp.post("/clinic/people/<uuid:person_id>/deactivate")
@endpoint(Role.ADMIN)
@bp.response(204)
@bp.alt_response(409, description="The last admin, or a patient")
def deactivate(person_id: UUID) -> None:
    """Somebody of the staff leaves, and signs in here no more."""
    service.deactivate(session(), admin(), person_id, at=at())


@bp.post("/clinic/people/<uuid:person_id>/recovery")
@endpoint(Role.ADMIN, fresh=True)
@bp.response(200, RecoveryLink)
@bp.alt_response(409, description="For oneself")
def start_recovery(person_id: UUID) -> dict[str, Any]:
    """A link to hand over in person: one of two proofs. An earlier one is over. They are told."""
    made, expires_at = recovery.start(session(), admin(), person_id, at=at())
    return {"link": made, "expires_at": expires_at}


@bp.post("/clinic/people/<uuid:person_id>/access")
@endpoint(Role.ADMIN, writes=False, fresh=True)  # setting the type takes long: nobody waits for it
@bp.arguments(AccessForm)
@bp.doc(**FILE)
def access_report(sent: dict[str, str], person_id: UUID) -> Response:
    """Who opened what kind of thing of this patient, when and how. The patient sees it was made."""
    with apart() as writing:
        report = access.report(writing, admin(), person_id, at=at())
    kind, render = KINDS[sent["format"]]
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="access.{sent["format"]}"',
    }
    return Response(render(report), 200, headers, content_type=kind)


@bp.post("/clinic/audit")
@endpoint(Role.ADMIN, writes=False)
@bp.response(200, VerifiedSchema)
def audit() -> dict[str, Any]:
    """Whether the records of every patient here are as they were written."""
    clinic = service.clinic_of(session(), admin())
    mine = [one.id for one in service.members(session(), clinic.id) if one.role is Role.PATIENT]
    broken = [id for id in mine if not access.holds(session(), id)]
    return {"at": at(), "broken": wires.persons(session(), broken)}


@bp.get("/clinic/health")
@endpoint(Role.ADMIN)
@bp.response(200, HealthSchema)
def how_it_is() -> dict[str, Any]:
    """Counts (none below five), room, backups, numbers to check. Never a word."""
    return health.health(session(), admin(), at=at())


@bp.get("/acts")
@endpoint(*EVERYONE)
@bp.response(200, ActSchema(many=True))
def own_acts() -> list[dict[str, Any]]:
    """What clinics did about the one who asks, newest first."""
    return wires.acts_about(session(), current_user.id)


@bp.put("/acts/<uuid:act_id>/seen")
@endpoint(*EVERYONE)
@bp.response(204)
def put_away(act_id: UUID) -> None:
    """Let one of them lie. It stays in the list."""
    acts.put_away(session(), current_user.id, act_id, at=at())


def count_troubles(app: Flask) -> None:
    """Count when the server fails at what phones send. No path, no person and no words."""

    @app.after_request
    def count(answer: Response) -> Response:
        what = SENT.get(request.endpoint or "")
        if what is not None and answer.status_code >= 500:
            try:
                with transaction(writing=True) as writing:
                    health.count_trouble(writing, what, at=at())
            except Exception as error:
                current_app.logger.warning("not counted: %s", type(error).__name__)
        return answer
