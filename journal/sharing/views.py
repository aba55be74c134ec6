"""The therapist's side, and the patient's hold on it."""

from typing import Any
from uuid import UUID

from flask_login import current_user

from journal import audit
from journal.accounts import service as accounts
from journal.accounts.principals import Role
from journal.accounts.views import patient, therapist
from journal.care import service as care
from journal.catalog import service as catalog
from journal.consent import service as consent
from journal.consent.models import Grant
from journal.consent.schemas import GrantSchema, Narrower, NewGrant, Renewal
from journal.consent.views import offered, wires
from journal.sharing import cutting, ending, listed, service
from journal.sharing.schemas import Cutting, Earlier, Handed, Left, Pulse, Receipt
from journal.sharing.wires import handed
from journal.web.body import Blueprint
from journal.web.endpoint import endpoint
from journal.web.session import apart, at, session

bp = Blueprint("sharing", __name__, url_prefix="/api", description="What was handed over")

MANY = 200
"""So many receipts are in one answer."""


@bp.get("/patients/<uuid:patient_id>/new")
@endpoint(Role.THERAPIST, background=True)
@bp.response(200, Pulse)
def pulse(patient_id: UUID) -> dict[str, Any]:
    """Ids of what is readable now, and of what was not read before this sign-in."""
    me = therapist()
    care.require_link(session(), patient_id, me.id)
    close_met()
    readable = [row.id for row in listed.ids(session(), me, patient_id, at=at())]
    fresh = service.unread_before(session(), me, readable, current_user.signed_in_at)
    return {"readable": readable, "new": [id for id in readable if id in fresh]}


def close_met() -> None:
    """Make facts of the ends that this therapist's request meets, whatever it answers.

    A clock that is set back later revives nothing. The request itself only reads.
    """
    if met := ending.met(session(), therapist(), at=at()):
        with apart() as writing:
            for patient_id in met:
                ending.close(writing, patient_id, at=at())


@bp.get("/excerpts")
@endpoint(Role.PATIENT)
@bp.response(200, Handed(many=True))
def excerpts() -> list[dict[str, Any]]:
    """What is out and what waits, newest first."""
    return handed(session(), patient(), service.out(session(), patient(), at=at()), at())


@bp.post("/excerpts/<uuid:excerpt_id>/release")
@endpoint(Role.PATIENT)
@bp.response(200, Handed)
@bp.alt_response(409, description="A dose is not yet over")
def release(excerpt_id: UUID) -> dict[str, Any]:
    """Let go of what was held on a dosing day."""
    excerpt = service.release(session(), patient(), excerpt_id, at=at())
    return handed(session(), patient(), [excerpt], at())[0]


@bp.delete("/excerpts/<uuid:excerpt_id>")
@endpoint(Role.PATIENT)
@bp.response(204)
def take_back(excerpt_id: UUID) -> None:
    """Take one thing back, at once."""
    service.take_back(session(), patient(), excerpt_id, at=at())


@bp.post("/excerpts/<uuid:excerpt_id>/cut")
@endpoint(Role.PATIENT)
@bp.arguments(Cutting)
@bp.response(200, Left)
@bp.alt_response(409, description="Other words stand there")
def cut(sent: dict[str, Any], excerpt_id: UUID) -> dict[str, Any]:
    """Remove some of one's own words from what is out, at once. The last of them take it back."""
    cutting.cut(session(), patient(), excerpt_id, cutting.Cut(**sent), at=at())
    out = service.out(session(), patient(), at=at())
    left = handed(session(), patient(), [row for row in out if row.id == excerpt_id], at())
    return {"excerpt": left[0] if left else None}


@bp.post("/grants")
@endpoint(Role.PATIENT, fresh=True)
@bp.arguments(NewGrant)
@bp.response(201, GrantSchema)
@bp.alt_response(409, description="A dose is not yet over, or consent is in force already")
def give(sent: dict[str, Any]) -> dict[str, Any]:
    """Let one therapist read what is handed to them, until a day."""
    offer = offered(sent, sent["therapist_id"])
    return _grant(ending.give(session(), patient(), offer, at=at()))


@bp.post("/grants/<uuid:grant_id>/withdraw")
@endpoint(Role.PATIENT)
@bp.response(200, GrantSchema)
def withdraw(grant_id: UUID) -> dict[str, Any]:
    """Stop sharing with one therapist, at once. Asks for no reason."""
    return _grant(ending.withdraw(session(), patient(), grant_id, at=at()))


@bp.post("/grants/<uuid:grant_id>/narrow")
@endpoint(Role.PATIENT)
@bp.arguments(Narrower)
@bp.response(200, GrantSchema)
def narrow(sent: dict[str, Any], grant_id: UUID) -> dict[str, Any]:
    """Allow fewer categories, at once."""
    keep = frozenset(sent["categories"])
    return _grant(ending.narrow(session(), patient(), grant_id, keep, at=at()))


@bp.post("/grants/<uuid:grant_id>/renew")
@endpoint(Role.PATIENT, fresh=True)
@bp.arguments(Renewal)
@bp.response(201, GrantSchema)
@bp.alt_response(409, description="A dose is not yet over, or it ended or was paused since")
def renew(sent: dict[str, Any], grant_id: UUID) -> dict[str, Any]:
    """Put a new consent in the place of one that stands: longer, wider, to the newest text.

    A pause stays, unless the patient names it and says that it ends.
    """
    old = consent.mine(session(), patient(), grant_id)
    offer = offered(sent, old.therapist_id)
    return _grant(ending.renew(session(), patient(), old, offer, sent["pause"], at=at()))


@bp.post("/withdraw-everything")
@endpoint(Role.PATIENT)
@bp.response(204)
def withdraw_everything() -> None:
    """Stop sharing with everybody, at once."""
    ending.withdraw_everything(session(), patient(), at=at())


@bp.get("/receipts")
@endpoint(Role.PATIENT)
@bp.arguments(Earlier, location="query")
@bp.response(200, Receipt(many=True))
def receipts(query: dict[str, Any]) -> list[dict[str, Any]]:
    """Who read what, when; newest first, at most 200 in one answer.

    There are earlier ones as long as the last one's `n` is more than 1.
    """
    readings = audit.readings_of(session(), patient().id, before=query["before"], limit=MANY)
    about = service.stubs(session(), patient(), [row.excerpt_id for row in readings])
    called = accounts.names(session(), {row.reader_id for row in readings})
    return [
        {
            "n": row.n,
            "at": row.at,
            "reader": {"id": row.reader_id, "name": called.get(row.reader_id, "")},
            "excerpt_id": row.excerpt_id,
            "entry_id": stub.entry_id,
            "title": catalog.guide(session(), stub.guide, stub.edition, reader=patient()).title,
            "kind": stub.what.value,
            "category": stub.category,
            "how": row.how,
        }
        for row in readings
        if (stub := about.get(row.excerpt_id))
    ]


def _grant(grant: Grant) -> dict[str, Any]:
    return wires(session(), [grant], at())[0]
