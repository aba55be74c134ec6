"""The clinic's side: invite somebody, see what became of it, take it back."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.orm import Session

from journal.accounts.naming import plain_name
from journal.accounts.principals import Admin, Role
from journal.care import service as care
from journal.care.joining import works_at
from journal.db import insert_once
from journal.errors import Conflict, Invalid, NotFound
from journal.invitations.models import Invitation
from journal.invitations.states import State, hashed, left_at, place, state_of
from journal.vault import keys
from journal.vault.sealed import Sealed

LASTS = timedelta(hours=72)
REMEMBERED = timedelta(days=30)
"""How long a clinic still sees what became of an invitation; then its name is forgotten too."""


@dataclass(frozen=True, slots=True)
class Made:
    """A fresh invitation. Nobody can find out its token again."""

    id: UUID
    expires_at: datetime
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Seen:
    """An invitation as the clinic sees it later: no token."""

    id: UUID
    role: Role
    name: str = field(repr=False)
    therapist_id: UUID | None
    made_at: datetime
    expires_at: datetime
    state: State
    over_at: datetime | None


def invite(
    session: Session,
    *,
    clinic_id: UUID,
    id: UUID,
    role: Role,
    name: str,
    therapist_id: UUID | None = None,
    made_by: UUID | None,
    at: datetime,
) -> Made:
    """Make a one-time link for one person, good for 72 hours.

    Sent again because the answer was lost, it is the same invitation with another token; the
    first one, which nobody has seen, opens nothing any more.

    :param therapist_id: whom a patient will see.
    :param made_by: the admin; None for a command on the machine itself.
    :raises Invalid: no name, or no such therapist in this clinic.
    :raises Conflict: another invitation, or one that is over, has this id.
    """
    tidy(session, at=at)
    name = plain_name(name)
    _check_therapist(session, clinic_id, role, therapist_id)
    token, expires_at = secrets.token_urlsafe(32), at + LASTS
    key = keys.ensure(session, clinic_id, of=keys.Of.CLINIC, at=at)
    named = {"clinic_id": clinic_id, "id": id}
    row = {"role": role, "therapist_id": therapist_id, "made_by": made_by}
    times = {"made_at": at, "expires_at": expires_at}
    sealed = Sealed.seal(name.encode(), key, place(clinic_id, id))
    secret = {"name": sealed, "token_hash": hashed(token)}
    if not insert_once(session, Invitation, **named, **row, **times, **secret):
        expires_at = _with_another_token(session, clinic_id, id, row, name, token, at)
    return Made(id=id, expires_at=expires_at, token=token)


def link(public_url: str, token: str) -> str:
    """The address to give away. What stands after `#` is never sent to a server or logged."""
    return f"{public_url.rstrip('/')}/join#{token}"


def listed(session: Session, admin: Admin, *, at: datetime) -> Sequence[Seen]:
    """The clinic's invitations, newest first; what is long over is left out.

    :raises NotFound: the admin looks after no clinic.
    """
    clinic_id = care.admins_clinic(session, admin).id
    mine = select(Invitation, left_at()).where(Invitation.clinic_id == clinic_id, ~_forgotten(at))
    rows = session.execute(mine.order_by(Invitation.made_at.desc(), Invitation.id.desc())).all()
    if not rows:
        return []
    key = keys.key(session, clinic_id, of=keys.Of.CLINIC)
    return [_seen(row, left, key, at) for row, left in rows]


def end(session: Session, admin: Admin, id: UUID, *, at: datetime) -> None:
    """Take an invitation back: its link opens nothing from now on. Twice changes nothing.

    :raises NotFound: absent, or another clinic's.
    :raises Conflict: somebody has already joined with it.
    """
    mine = and_(Invitation.clinic_id == care.admins_clinic(session, admin).id, Invitation.id == id)
    unused = (mine, Invitation.used_at.is_(None), Invitation.ended_at.is_(None))
    done: Any = session.execute(update(Invitation).where(*unused).values(ended_at=at))
    if done.rowcount:
        return
    found = session.scalars(select(Invitation).where(mine)).one_or_none()
    if found is None:
        raise NotFound
    if found.used_at is not None:
        raise Conflict("They have already joined.")


def end_commands(session: Session, clinic_id: UUID, *, at: datetime) -> int:
    """Take back what commands on the machine invited and nobody has used; return how many."""
    unused = (
        Invitation.clinic_id == clinic_id,
        Invitation.made_by.is_(None),
        Invitation.used_at.is_(None),
        Invitation.ended_at.is_(None),
    )
    done: Any = session.execute(update(Invitation).where(*unused).values(ended_at=at))
    return int(done.rowcount)


def tidy(session: Session, *, at: datetime) -> int:
    """Remove invitations that are long over, and the names in them; return how many."""
    done: Any = session.execute(delete(Invitation).where(_forgotten(at)))
    return int(done.rowcount)


def _check_therapist(
    session: Session, clinic_id: UUID, role: Role, therapist_id: UUID | None
) -> None:
    if therapist_id is None:
        return
    here = select(works_at(clinic_id, therapist_id, Role.THERAPIST))
    if role is not Role.PATIENT or not session.scalar(here):
        raise Invalid.at("/therapist_id", "No therapist of this clinic.")


def _with_another_token(
    session: Session,
    clinic_id: UUID,
    id: UUID,
    row: dict[str, Any],
    name: str,
    token: str,
    at: datetime,
) -> datetime:
    """The invitation made before with this id, when it is the same and still open."""
    mine = (Invitation.clinic_id == clinic_id, Invitation.id == id)
    found = session.scalars(select(Invitation).where(*mine).with_for_update()).one()
    key = keys.key(session, clinic_id, of=keys.Of.CLINIC)
    before = {column: getattr(found, column) for column in row}
    same = before == row and found.name.open(key, place(clinic_id, id)) == name.encode()
    if not same or state_of(found, at) is not State.OPEN:
        raise Conflict("Another invitation has this id.")
    found.token_hash = hashed(token)
    session.flush()
    return found.expires_at


def _seen(row: Invitation, left: datetime | None, key: bytes, at: datetime) -> Seen:
    state = state_of(row, at, left)
    over = row.expires_at if state is State.EXPIRED else row.used_at or row.ended_at or left
    name = row.name.open(key, place(row.clinic_id, row.id)).decode()
    return Seen(row.id, row.role, name, row.therapist_id, row.made_at, row.expires_at, state, over)


def _forgotten(at: datetime) -> ColumnElement[bool]:
    over = func.coalesce(Invitation.used_at, Invitation.ended_at, Invitation.expires_at)
    return over <= at - REMEMBERED
