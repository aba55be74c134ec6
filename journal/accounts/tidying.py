"""Forget what nobody needs any more of sign-ins, devices and tries."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from journal.accounts.models import KnownDevice, LoginSession, Throttle

TRIES = timedelta(days=30)
"""What was not tried for so long. A hard stop ends with it."""

SESSIONS = timedelta(days=30)
"""So long after a session has ended."""

DEVICES = timedelta(days=400)
"""As long as the cookie lasts that makes a device known."""


def tidy(session: Session, *, at: datetime) -> int:
    """Remove what is older than these; return how much that was."""
    over = (LoginSession.ended_at < at - SESSIONS, LoginSession.expires_at < at - SESSIONS)
    count = 0
    for table, old in (
        (Throttle, Throttle.last_at < at - TRIES),
        (LoginSession, or_(*over)),
        (KnownDevice, KnownDevice.seen_at < at - DEVICES),
    ):
        count += session.scalars(select(func.count()).select_from(table).where(old)).one()
        session.execute(delete(table).where(old))
    return count
