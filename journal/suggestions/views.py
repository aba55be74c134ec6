"""What a therapist suggests to one patient, and what the patient finds of it."""

from typing import Any
from uuid import UUID

from journal.accounts import service as accounts
from journal.accounts.principals import Role
from journal.accounts.views import patient, therapist
from journal.catalog import assigning
from journal.suggestions import service
from journal.suggestions.schemas import AssignedSchema, NewSuggestion, SuggestionSchema
from journal.suggestions.service import Suggestion, Wish
from journal.web.body import Blueprint
from journal.web.endpoint import endpoint
from journal.web.session import at, session

bp = Blueprint("suggestions", __name__, url_prefix="/api", description="What is suggested")


@bp.get("/assigned")
@endpoint(Role.PATIENT)
@bp.response(200, AssignedSchema)
def assigned() -> dict[str, Any]:
    """What therapists have given to the patient who asks."""
    me = patient().id
    skills = assigning.skills_for(session(), me)
    called = accounts.names(session(), {row.therapist_id for row in skills}) if skills else {}
    return {
        "guides": assigning.assigned_to(session(), me),
        "skills": [
            {
                "id": row.id,
                "skill": row.ref,
                "therapist": called.get(row.therapist_id, ""),
                "made_at": row.made_at,
            }
            for row in skills
        ],
    }


@bp.post("/suggestions/<uuid:suggestion_id>/set-aside")
@endpoint(Role.PATIENT)
@bp.response(204)
def set_aside(suggestion_id: UUID) -> None:
    """Let a suggestion lie for good. The one who made it is told nothing."""
    assigning.set_aside(session(), patient(), suggestion_id, at=at())


@bp.get("/patients/<uuid:patient_id>/suggestions")
@endpoint(Role.THERAPIST)
@bp.response(200, SuggestionSchema(many=True))
def suggestions(patient_id: UUID) -> list[Suggestion]:
    """What the therapist who asks has suggested to this patient, newest first."""
    return service.suggestions(session(), therapist(), patient_id)


@bp.post("/patients/<uuid:patient_id>/suggestions")
@endpoint(Role.THERAPIST)
@bp.arguments(NewSuggestion)
@bp.response(200, SuggestionSchema)
@bp.alt_response(409, description="The id stands for something else that was suggested")
def suggest(sent: dict[str, Any], patient_id: UUID) -> Suggestion:
    """Suggest a guide, a skill, or a question of one's own."""
    return service.suggest(session(), therapist(), patient_id, Wish(**sent), at=at())


@bp.delete("/patients/<uuid:patient_id>/suggestions/<uuid:suggestion_id>")
@endpoint(Role.THERAPIST)
@bp.response(204)
def end(patient_id: UUID, suggestion_id: UUID) -> None:
    """Suggest it no longer."""
    service.end(session(), therapist(), patient_id, suggestion_id, at=at())
