"""What a patient put first for one therapist: given, changed and taken back by the patient.

It says in which order things stand and opens nothing: what is readable is for the gate alone.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.care import service as care
from journal.care import visits
from journal.consent import ledger
from journal.consent import service as consent
from journal.errors import Conflict, Invalid
from journal.sharing import service
from journal.sharing.models import Brief

AGENDA = "agenda"
"""The guide whose excerpts may head the page."""


def release(
    session: Session,
    author: Patient,
    therapist_id: UUID,
    *,
    agenda: UUID | None,
    bring: Sequence[UUID],
    first: int,
    at: datetime,
) -> Brief:
    """Put things in order for one therapist, from now on. It widens nothing: all of it is out.

    The same order sent again changes nothing; after a visit it is put there anew.

    :raises NotFound: not a therapist of this patient.
    :raises Conflict: nothing is shared with them.
    :raises Invalid: an id that is not the author's own excerpt out to that therapist.
    """
    ledger.lock(session, author.id)
    care.require_link(session, author.id, therapist_id)
    standing = consent.standing(session, author, at, therapist_id=therapist_id)
    if not standing:
        raise Conflict("You do not share with this person.")
    (grant,) = standing
    out = service.out(session, author, at=at)
    _check({row.id: row.guide for row in out if row.grant_id == grant.id}, agenda, bring)
    order = (grant.id, agenda, [str(id) for id in bring], min(first, len(bring)))
    found = session.get(Brief, (author.id, therapist_id))
    if found is None:
        found = Brief(patient_id=author.id, therapist_id=therapist_id)
        session.add(found)
    elif order == (found.grant_id, found.agenda, found.bring, found.first):
        met = visits.of(session, [author.id], therapist_id, at).get(author.id, visits.NONE)
        if met.last is None or met.last <= found.released_at:
            return found
    found.grant_id, found.agenda, found.bring, found.first = order
    found.released_at = at
    session.flush()
    return found


def take_back(session: Session, author: Patient, therapist_id: UUID) -> None:
    """Make the page plain again. Doing it twice changes nothing.

    :raises NotFound: not a therapist of this patient.
    """
    ledger.lock(session, author.id)
    care.require_link(session, author.id, therapist_id)
    session.execute(
        delete(Brief).where(Brief.patient_id == author.id, Brief.therapist_id == therapist_id)
    )


def renewed(session: Session, patient_id: UUID, old: UUID, new: UUID) -> None:
    """Let what was put first go along with a renewed grant: excerpts keep their ids."""
    session.execute(
        update(Brief)
        .where(Brief.patient_id == patient_id, Brief.grant_id == old)
        .values(grant_id=new)
    )


def ended(session: Session, patient_id: UUID, grants: Collection[UUID]) -> None:
    """Remove what was put first under grants that have ended."""
    session.execute(delete(Brief).where(Brief.patient_id == patient_id, Brief.grant_id.in_(grants)))


def replaced(session: Session, grant_id: UUID, ids: Mapping[UUID, UUID]) -> None:
    """Put new excerpts where old ones stood, as `ids` says."""
    for row in session.scalars(select(Brief).where(Brief.grant_id == grant_id)):
        row.agenda = ids.get(row.agenda, row.agenda) if row.agenda else None
        row.bring = [str(ids.get(UUID(id), id)) for id in row.bring]
    session.flush()


def _check(out: Mapping[UUID, str], agenda: UUID | None, bring: Sequence[UUID]) -> None:
    if agenda is not None and out.get(agenda) != AGENDA:
        raise Invalid.at("/agenda", "This is not an agenda that is with this person.")
    for n, id in enumerate(bring):
        if id not in out:
            raise Invalid.at(f"/bring/{n}", "This is not with this person.")
        if id in bring[:n]:
            raise Invalid.at(f"/bring/{n}", "This stands here twice.")
