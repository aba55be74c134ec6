"""Back in after everything was lost: two proofs, a day's wait with notices, new proofs.

Neither half opens anything alone. Whoever asks hears the same, so that nobody learns who has an
account or what of theirs was right. Words a person sealed on their phone do not come back this way.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from journal.accounts import notices, recovery_links
from journal.accounts.models import Account, Kind
from journal.accounts.proof_models import Recovery
from journal.accounts.recovery_halves import Brought, halves, use_up
from journal.accounts.recovery_links import LINK_LASTS, start_by_clinic, token_hash
from journal.errors import JournalError

WAIT = timedelta(hours=24)
OPEN = timedelta(days=7)
"""How long it stays open after the wait."""


__all__ = ["LINK_LASTS", "start_by_clinic"]


class NotOpen(JournalError):
    """No such recovery, too early, called off or over: one answer for all of them."""

    status = 401
    title = "This cannot be done now"


@dataclass(frozen=True, slots=True)
class Asked:
    """What everybody hears who asks."""

    token: str = field(repr=False)
    opens_at: datetime


def answer(token: str | None, *, at: datetime) -> Asked:
    """What somebody hears for whom nothing begins: nothing tells it from what others hear.

    :param token: the page's own, which it keeps before it asks; without one it is made here. The
        same question again hears a day from now again: what stands in a row would tell of it.
    """
    return Asked(token or secrets.token_urlsafe(32), at + WAIT)


def start(
    session: Session,
    account_id: UUID,
    brought: Brought,
    *,
    token: str | None = None,
    at: datetime,
) -> Asked:
    """Begin a recovery and use up what was brought; an earlier one of this account is over. When
    one began with this token already, its answer was lost: it goes on, and nothing is used up.

    :raises NotOpen: two halves do not hold, or somebody else used them up meanwhile.
    """
    shown = halves(session, account_id, brought, at=at)
    if len(shown) < 2:
        raise NotOpen
    asked = answer(token, at=at)
    if not _free(session, account_id, asked.token, at):
        return asked
    if not use_up(session, account_id, brought, shown, at=at):
        raise NotOpen
    _end(session, account_id, at)
    session.add(
        Recovery(
            id=uuid4(),
            account_id=account_id,
            token_hash=token_hash(asked.token),
            asked_at=at,
            opens_at=asked.opens_at,
            expires_at=asked.opens_at + OPEN,
            ended_at=None,
            done_at=None,
        )
    )
    notices.tell(session, account_id, Kind.RECOVERY_ASKED, at=at)
    session.flush()
    return asked


def opened(session: Session, token: str, *, at: datetime) -> Account:
    """Whose recovery this token opens now.

    :raises NotOpen: nobody's: unknown, too early, called off, done or over.
    """
    found = session.scalars(
        select(Account)
        .join(Recovery, Recovery.account_id == Account.id)
        .where(
            Recovery.token_hash == token_hash(token),
            Recovery.opens_at <= at,
            Recovery.expires_at > at,
            _live(),
            Account.disabled_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        raise NotOpen
    return found


def close(session: Session, token: str, *, at: datetime) -> Account:
    """Note that it is done: it opens nothing any more. Two at once: one is right.

    :raises NotOpen: as `opened`.
    """
    account = opened(session, token, at=at)
    done = (
        update(Recovery)
        .where(Recovery.token_hash == token_hash(token), _live())
        .values(done_at=at)
        .returning(Recovery.id)
    )
    if session.execute(done).one_or_none() is None:
        raise NotOpen
    recovery_links.end_all(session, account.id, at)
    notices.tell(session, account.id, Kind.RECOVERY_DONE, at=at)
    return account


def pending(session: Session, account_id: UUID, *, at: datetime) -> datetime | None:
    """When the recovery that was asked for opens, if there is one."""
    mine = (Recovery.account_id == account_id, _live(), Recovery.expires_at > at)
    return session.scalars(select(Recovery.opens_at).where(*mine)).first()


def call_off(session: Session, account_id: UUID, *, at: datetime) -> None:
    """Call off what was asked for, and the clinic's link with it. Twice changes nothing."""
    ended = _end(session, account_id, at) + recovery_links.end_all(session, account_id, at)
    if ended:
        notices.tell(session, account_id, Kind.RECOVERY_CANCELLED, at=at)


def _free(session: Session, account_id: UUID, token: str, at: datetime) -> bool:
    """Whether one can begin under this token: what is over gives it back to whose it was."""
    mine = (Recovery.token_hash == token_hash(token), Recovery.account_id == account_id)
    over = or_(~_live(), Recovery.expires_at <= at)
    session.execute(delete(Recovery).where(*mine, over))
    taken = select(Recovery.id).where(Recovery.token_hash == token_hash(token))
    return session.scalars(taken).one_or_none() is None


def _live() -> ColumnElement[bool]:
    return and_(Recovery.ended_at.is_(None), Recovery.done_at.is_(None))


def _end(session: Session, account_id: UUID, at: datetime) -> int:
    mine = update(Recovery).where(Recovery.account_id == account_id, _live())
    return len(session.execute(mine.values(ended_at=at).returning(Recovery.id)).all())
