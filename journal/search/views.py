"""Search what was handed over. The words travel in the body: an address may be kept and logged."""

from typing import Any

from journal.accounts import service as accounts
from journal.accounts.principals import Role
from journal.accounts.views import therapist
from journal.search import service
from journal.search.schemas import SearchSchema, Sought
from journal.sharing.views import close_met
from journal.web.body import Blueprint
from journal.web.endpoint import endpoint
from journal.web.session import apart, at, session

bp = Blueprint("search", __name__, url_prefix="/api", description="Finding what was handed over")


@bp.post("/search")
@endpoint(Role.THERAPIST, writes=False)  # looking through everything takes long: nobody waits
@bp.arguments(Sought)
@bp.response(200, SearchSchema)
def search(sent: dict[str, Any]) -> dict[str, Any]:
    """Find words in what may be read now. Each thing found leaves a receipt."""
    close_met()
    found, hits = service.search(session(), therapist(), sent["text"], at=at()), []
    if found:
        with apart() as writing:
            hits = service.hits(writing, therapist(), sent["text"], found, at=at())
    called = accounts.names(session(), {hit.patient_id for hit in hits})
    return {
        "found": [
            {
                "patient": {"id": hit.patient_id, "name": called.get(hit.patient_id, "")},
                "excerpt": hit.excerpt_id,
                "title": hit.title,
                "line": hit.line,
                "written_at": hit.written_at,
            }
            for hit in hits
        ]
    }
