"""The sessions of an account that have not ended: list them, end them, make room for another."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from journal.accounts import limits, notices
from journal.accounts.models import Account, Kind, LoginSession
from journal.errors import NotFound

ALIVE = LoginSession.ended_at.is_(None)


def alive(session: Session, account_id: UUID, *, at: datetime) -> Sequence[LoginSession]:
    """The sessions of an account that have not ended, the last used first."""
    role = session.scalars(select(Account.role).where(Account.id == account_id)).one()
    mine = (LoginSession.account_id == account_id, ALIVE, LoginSession.expires_at > at)
    newest = (LoginSession.seen_at.desc(), LoginSession.created_at.desc(), LoginSession.id)
    return [
        one
        for one in session.scalars(select(LoginSession).where(*mine).order_by(*newest))
        if not limits.idle_over(role, kept=one.kept, seen_at=one.seen_at, at=at)
    ]


def end_session(session: Session, token: str, *, at: datetime) -> None:
    """Sign the device with this token out."""
    mine = select(LoginSession).where(LoginSession.token_hash == token_hash(token))
    if (found := session.scalars(mine).one_or_none()) is not None:
        end_which(session, found.account_id, LoginSession.id == found.id, at=at)


def end_one(session: Session, account_id: UUID, session_id: UUID, *, at: datetime) -> UUID | None:
    """Sign one device of an account out; one that is out already stays so.

    :return: the known device it was on.
    :raises NotFound: absent, or another's.
    """
    mine = (LoginSession.id == session_id, LoginSession.account_id == account_id)
    found = session.execute(select(LoginSession.known_id).where(*mine)).one_or_none()
    if found is None:
        raise NotFound
    # By its id: by its token, a step-up at the same moment would carry it on under another.
    end_which(session, account_id, LoginSession.id == session_id, at=at)
    known: UUID | None = found.known_id
    return known


def end_others(session: Session, account_id: UUID, here: UUID, *, at: datetime) -> None:
    """Sign an account out on every device but the one with this session."""
    end_which(session, account_id, LoginSession.id != here, at=at)


def end_sessions(session: Session, account_id: UUID, *, at: datetime) -> None:
    """Sign an account out everywhere."""
    end_which(session, account_id, LoginSession.account_id == account_id, at=at)


def make_room(session: Session, account: Account, *, at: datetime) -> None:
    """End what was not used for longest, until there is room for one more; a notice says so."""
    room = limits.devices(session, account.role) - 1
    for one in alive(session, account.id, at=at)[room:]:
        one.ended_at = at
        notices.tell(session, account.id, Kind.ENDED_FOR_ROOM, at=at)
    session.flush()


def end_which(
    session: Session, account_id: UUID, which: ColumnElement[bool], *, at: datetime
) -> None:
    """End those of an account's sessions to which this applies; a first end is the one kept."""
    mine = LoginSession.account_id == account_id
    session.execute(update(LoginSession).where(mine, which, ALIVE).values(ended_at=at))


def token_hash(token: str) -> bytes:
    """What the database holds of a token."""
    return hashlib.sha256(token.encode()).digest()
