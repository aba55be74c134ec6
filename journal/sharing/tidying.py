"""Look for ends that were reached and nobody met, and for words that outlived their consent.

Reading does not need it: the gate opens none of them. It is for what lies at rest.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from journal.accounts import tidying as sign_ins
from journal.consent import ledger
from journal.consent.models import Grant
from journal.sharing import ending
from journal.sharing.models import Excerpt
from journal.sharing.service import clear

LEFT = or_(Excerpt.body.is_not(None), Excerpt.words.is_not(None), Excerpt.cuts.is_not(None))
ENDED = select(Grant.id).where(Grant.ended_at.is_not(None))


@dataclass(frozen=True, slots=True)
class Tidied:
    """How much there was to do."""

    ended: int
    removed: int
    forgotten: int

    def said(self) -> tuple[str, ...]:
        """In words."""
        return (
            f"Consents ended: {self.ended}",
            f"Copies removed: {self.removed}",
            f"Old sign-ins, devices and tries forgotten: {self.forgotten}",
        )


def over(session: Session, *, at: datetime) -> int:
    """How many grants have reached their end, or have nobody left to read: they end when met.

    Asks only for what the first schema has as well: it can be looked at before an upgrade.
    """
    return session.scalars(select(func.count()).select_from(Grant).where(Grant.over(at))).one()


def tidy(session: Session, *, at: datetime) -> Tidied:
    """Make every end that was reached a fact, remove all copies under what has ended, and forget
    old sign-ins."""
    closing = select(Grant.id).where(Grant.over(at))
    gone = or_(Excerpt.grant_id.in_(closing), Excerpt.grant_id.in_(ENDED))
    copies = select(func.count()).select_from(Excerpt).where(LEFT, gone)
    ended, removed = over(session, at=at), session.scalars(copies).one()
    ending.close_all(session, Grant.over(at), at=at)
    _remove_left(session, at)
    return Tidied(ended, removed, sign_ins.tidy(session, at=at))


def _remove_left(session: Session, at: datetime) -> None:
    left = LEFT & Excerpt.grant_id.in_(ENDED)
    whose = select(Excerpt.patient_id).where(left).distinct().order_by(Excerpt.patient_id)
    for patient_id in session.scalars(whose).all():
        ledger.lock(session, patient_id)
        clear(session, patient_id, left, at)
