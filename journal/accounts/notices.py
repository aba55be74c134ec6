"""Tell people what happened to their account. A notice says what and when; never words."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Kind, Notice
from journal.errors import NotFound

MANY = 50
DAY = timedelta(hours=24)
MOST_A_DAY = {Kind.TOO_MANY_TRIES: 3}
"""What a stranger can cause is told so often and no more."""


def tell(session: Session, account_id: UUID, kind: Kind, *, at: datetime) -> None:
    """Leave a notice for an account; beyond `MOST_A_DAY` it is left out."""
    if (most := MOST_A_DAY.get(kind)) is not None:
        mine = (Notice.account_id == account_id, Notice.kind == kind, Notice.at > at - DAY)
        if session.scalars(select(func.count()).select_from(Notice).where(*mine)).one() >= most:
            return
    session.add(Notice(id=uuid4(), account_id=account_id, kind=kind, at=at, seen_at=None))
    session.flush()


def of(session: Session, account_id: UUID) -> Sequence[Notice]:
    """The newest notices of an account, newest first."""
    mine = select(Notice).where(Notice.account_id == account_id)
    return session.scalars(mine.order_by(Notice.at.desc(), Notice.id.desc()).limit(MANY)).all()


def see(session: Session, account_id: UUID, notice_id: UUID, *, at: datetime) -> None:
    """Note that a notice was seen; the first time is the one kept.

    :raises NotFound: absent, or another's.
    """
    mine = (Notice.id == notice_id, Notice.account_id == account_id)
    if session.scalars(select(Notice.id).where(*mine)).one_or_none() is None:
        raise NotFound
    session.execute(update(Notice).where(*mine, Notice.seen_at.is_(None)).values(seen_at=at))
