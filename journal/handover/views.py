"""Hand over, and delete an entry together with what was handed over from it."""

from typing import Any
from uuid import UUID

from journal.accounts.principals import Role
from journal.accounts.views import patient
from journal.errors import JournalError
from journal.handover import service
from journal.handover.choice import Choice
from journal.handover.schemas import Handover, NewHandover
from journal.media import copies
from journal.sharing import service as sharing
from journal.sharing.wires import handed
from journal.web.body import Blueprint
from journal.web.endpoint import endpoint
from journal.web.session import apart, at, session

bp = Blueprint("handover", __name__, url_prefix="/api", description="Handing over")


@bp.post("/handovers")
@endpoint(Role.PATIENT, writes=False)  # media are copied before anything is written
@bp.arguments(NewHandover)
@bp.response(201, Handover)
@bp.alt_response(404, description="No such grant, entry or earlier hand-over of yours")
@bp.alt_response(409, description="Grant or entry changed, words were cut, or the id is taken")
@bp.alt_response(507, description="There is no room for more copies")
def hand_over(sent: dict[str, Any]) -> dict[str, Any]:
    """Give a sealed copy of an entry, some answers, a passage or media to one therapist."""
    what = {
        "id": sent["id"],
        "grant_id": sent["grant_id"],
        "entry_id": sent["entry_id"],
        "revision": sent["revision"],
        "choice": _choice(sent["what"]),
        "replaces": sent["replaces"],
        "uncut": sent["uncut"],
        "at": at(),
    }
    media = service.seal_media(session(), patient(), **what)
    try:
        with apart() as writing:
            made = service.hand_over(writing, patient(), **what, media=media)
            # Sent again after it was taken back, or the consent ended: nothing of it is out.
            out = sharing.out(writing, patient(), at=at(), handover_id=sent["id"])
            still = {row.id for row in out}
            found = [row for row in made if row.id in still]
            return {"excerpts": handed(writing, patient(), found, at())}
    except JournalError:
        copies.discard(media)
        raise


@bp.delete("/entries/<uuid:entry_id>")
@endpoint(Role.PATIENT)
@bp.response(204)
def delete_entry(entry_id: UUID) -> None:
    """Delete an entry for good, and take back what was handed over from it."""
    service.delete_entry(session(), patient(), entry_id, at=at())


def _choice(what: dict[str, Any]) -> Choice:
    items = (what["item"],) if "item" in what else tuple(what.get("items", ()))
    return Choice(
        what=what["kind"],
        items=items,
        part=what.get("part", ""),
        start=what.get("start", 0),
        end=what.get("end", 0),
        quote=what.get("quote", ""),
        media=tuple(dict.fromkeys(what.get("media", ()))),
        words=what.get("words", True),
    )
