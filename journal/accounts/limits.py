"""How long a session lasts, and on how many devices: one table (decision 0029)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from journal.accounts.principals import Role
from journal.config import Devices

INFO = "devices"
"""Where a session carries how many devices this clinic allows (`Session.info`)."""

FRESH = timedelta(minutes=5)
"""So long after proving who it is, somebody need not do it again."""

WARNING = timedelta(minutes=2)
"""So long before the end the screen says that it comes."""

SEEN_EVERY = timedelta(minutes=1)
"""More often it is not written down that somebody is there."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a session lasts."""

    idle: timedelta | None
    """Without anything being done; None: the phone's own lock stands for it."""
    absolute: timedelta
    """From signing in, whatever is done."""


PATIENT = Limit(idle=timedelta(minutes=30), absolute=timedelta(hours=24))
PATIENT_KEPT = Limit(idle=None, absolute=timedelta(days=30))
STAFF = Limit(idle=timedelta(minutes=15), absolute=timedelta(hours=12))


def of(role: Role, *, kept: bool = False) -> Limit:
    """The limits of a session. Only a patient's is ever kept."""
    if role is not Role.PATIENT:
        return STAFF
    return PATIENT_KEPT if kept else PATIENT


def idle_since(role: Role, *, kept: bool, at: datetime) -> datetime | None:
    """Who did nothing since then, or just then, has ended; None: nobody has for that."""
    idle = of(role, kept=kept).idle
    return None if idle is None else at - idle


def idle_over(role: Role, *, kept: bool, seen_at: datetime, at: datetime) -> bool:
    """Whether nothing was done for too long. The limit itself is outside.

    A clock that was set back so far that this cannot be told gives nobody more time.
    """
    idle = of(role, kept=kept).idle
    return idle is not None and abs(at - seen_at) >= idle


def fresh(proved_at: datetime, *, at: datetime) -> bool:
    """Whether a proof of who somebody is still counts. The limit itself is outside, and so is what
    was proved that long after `at`: the clock was set back."""
    return abs(at - proved_at) < FRESH


def devices(session: Session, role: Role) -> int:
    """On how many devices somebody may be signed in at once."""
    allowed: Devices = session.info.get(INFO, Devices())
    return allowed.patient if role is Role.PATIENT else allowed.staff
