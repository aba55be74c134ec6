"""What the clinic did about a person is written down with the act, and theirs to read."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import uuid_utils.compat as uuids
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts.principals import Admin
from journal.care.models import Clinic
from journal.errors import NotFound
from journal.roster.models import Act, Did

MANY = 100
"""So many are in one answer, the newest of them."""


def note(
    session: Session,
    admin: Admin | None,
    clinic: Clinic,
    person_id: UUID,
    did: Did,
    *,
    at: datetime,
    other_id: UUID | None = None,
) -> None:
    """Write down one act about one person, in the transaction of the act.

    :param admin: who did it; None: whoever runs the server, by a command.
    """
    session.add(
        Act(
            id=uuids.uuid7(),
            clinic_id=clinic.id,
            person_id=person_id,
            by_id=admin.id if admin else None,
            did=did,
            other_id=other_id,
            at=at,
        )
    )
    session.flush()


def note_both(
    session: Session,
    admin: Admin | None,
    clinic: Clinic,
    both: tuple[UUID, UUID],
    did: Did,
    *,
    at: datetime,
) -> None:
    """Write down what was done about two who see or saw each other, for each of them."""
    one, other = both
    note(session, admin, clinic, one, did, at=at, other_id=other)
    note(session, admin, clinic, other, did, at=at, other_id=one)


def was(session: Session, clinic: Clinic, person_id: UUID, did: Did) -> bool:
    """Whether a clinic did this about a person, at some time."""
    done = select(Act.id).where(
        Act.clinic_id == clinic.id, Act.person_id == person_id, Act.did == did
    )
    return session.scalar(select(done.exists())) or False


def helped_back_in(session: Session, by_id: UUID, *, since: datetime) -> set[UUID]:
    """For whom this admin was the last to make a link with which they get in again, since then."""
    made = select(Act).where(Act.did == Did.RECOVERY, Act.at > since).order_by(Act.at, Act.id)
    last = {act.person_id: act.by_id for act in session.scalars(made)}
    return {person_id for person_id, by in last.items() if by == by_id}


def of(session: Session, person_id: UUID) -> Sequence[tuple[Act, str]]:
    """What was done about a person, newest first, each with the name of the clinic."""
    theirs = (
        select(Act, Clinic.name)
        .join(Clinic, Clinic.id == Act.clinic_id)
        .where(Act.person_id == person_id)
        .order_by(Act.at.desc(), Act.id.desc())
        .limit(MANY)
    )
    return [(act, name) for act, name in session.execute(theirs)]


def put_away(session: Session, person_id: UUID, act_id: UUID, *, at: datetime) -> None:
    """Let it lie, with what was done about this person in the same moment: that was one change.

    It stays in the list; twice changes nothing.

    :raises NotFound: no such act about this person.
    """
    mine = Act.person_id == person_id
    act = session.scalars(select(Act).where(mine, Act.id == act_id)).one_or_none()
    if act is None:
        raise NotFound
    unseen = update(Act).where(mine, Act.at == act.at, Act.seen_at.is_(None))
    session.execute(unseen.values(seen_at=at))
