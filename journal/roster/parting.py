"""Two no longer see each other, or somebody leaves a clinic: what ends with it, and who is told.

An admin does it, or whoever runs the server (`journal people …`): one and the same becomes of it.
The caller holds the clinic's lock.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from journal.accounts import recovery_links
from journal.accounts.principals import Admin
from journal.care import links
from journal.care.models import Clinic
from journal.roster import acts
from journal.roster.models import Did
from journal.sharing import leaving
from journal.sharing.leaving import Ended

Both = tuple[UUID, UUID]
"""A patient and a therapist."""


def part(
    session: Session, admin: Admin | None, clinic: Clinic, both: Both, *, at: datetime
) -> Ended:
    """These two no longer see each other here.

    :param admin: who did it; None: whoever runs the server.
    """
    ended = leaving.reassign(session, *both, at=at, clinic_id=clinic.id)
    _see_off(session, admin, clinic, both, at)
    return ended


def go(
    session: Session, admin: Admin | None, clinic: Clinic, id: UUID, did: Did, *, at: datetime
) -> Ended:
    """Somebody no longer belongs to the clinic; whoever they saw here, they see no longer.

    :param admin: who did it; None: whoever runs the server.
    """
    end_recovery_links(session, id, at=at)
    seen = links.pairs(session, clinic.id, id)
    ended = leaving.leave(session, id, clinic.id, at=at)
    for both in seen:
        _see_off(session, admin, clinic, both, at)
    acts.note(session, admin, clinic, id, did, at=at)
    return ended


def end_recovery_links(session: Session, by_id: UUID, *, at: datetime) -> None:
    """Half of a way in for somebody else is nothing that an admin takes along who leaves."""
    for person_id in acts.helped_back_in(session, by_id, since=at - recovery_links.LINK_LASTS):
        recovery_links.end_all(session, person_id, at)


def _see_off(
    session: Session, admin: Admin | None, clinic: Clinic, both: Both, at: datetime
) -> None:
    links.cancel_visits(session, both, at=at)
    acts.note_both(session, admin, clinic, both, Did.UNLINKED, at=at)
