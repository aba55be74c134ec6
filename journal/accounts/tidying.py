"""Forget what nobody needs any more of sign-ins, devices and tries."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from journal.accounts import throttle
from journal.accounts.models import KnownDevice, LoginSession, Throttle

TRIES = timedelta(days=30)
"""What was not tried for so long. A hard stop ends with it."""

A_FEW = timedelta(days=1)
"""So few that nobody waits for them. Who types names at random leaves very many such rows."""

SESSIONS = timedelta(days=30)
"""So long after a session has ended."""

DEVICES = timedelta(days=400)
"""As long as the cookie lasts that makes a device known."""


def tidy(session: Session, *, at: datetime) -> int:
    """Remove what is older than these; return how much that was."""
    over = (LoginSession.ended_at < at - SESSIONS, LoginSession.expires_at < at - SESSIONS)
    few = Throttle.tries < throttle.FREE
    count = 0
    for table, old in (
        (Throttle, or_(Throttle.last_at < at - TRIES, few & (Throttle.last_at < at - A_FEW))),
        (LoginSession, or_(*over)),
        (KnownDevice, KnownDevice.seen_at < at - DEVICES),
    ):
        count += session.scalars(select(func.count()).select_from(table).where(old)).one()
        session.execute(delete(table).where(old))
    return count
