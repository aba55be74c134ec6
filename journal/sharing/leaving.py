"""Somebody leaves, is reassigned or deactivated: access ends at once, and nothing brings it back.

The gate asks who sees whom whenever it reads, so that the change alone closes everything. Here the
end becomes a fact in the same transaction: the grants end and their keys are destroyed. Whoever
comes back finds nothing open, and is given consent anew or not at all.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Session

from journal.accounts import service as accounts
from journal.care import links
from journal.consent.models import Grant
from journal.sharing import ending


@dataclass(frozen=True, slots=True)
class Ended:
    """How much an act ended: who saw whom, and consent."""

    links: int
    consents: int


def leave(session: Session, account_id: UUID, clinic_id: UUID, *, at: datetime) -> Ended:
    """A therapist or a patient leaves a clinic."""
    unseen = links.end_membership(session, account_id, clinic_id, at=at)
    return Ended(unseen, _close(session, _of(account_id), at))


def reassign(
    session: Session,
    patient_id: UUID,
    therapist_id: UUID,
    *,
    at: datetime,
    clinic_id: UUID | None = None,
) -> Ended:
    """A therapist no longer sees this patient; whoever does next starts with nothing.

    :param clinic_id: in this clinic alone.
    """
    unseen = links.end_link(session, patient_id, therapist_id, at=at, clinic_id=clinic_id)
    return Ended(unseen, _close(session, Grant.patient_id == patient_id, at))


def deactivate(session: Session, account_id: UUID, *, at: datetime) -> Ended:
    """Nobody signs in with this account any more, on any device."""
    accounts.disable(session, account_id, at=at)
    return Ended(0, _close(session, _of(account_id), at))


def _of(account_id: UUID) -> ColumnElement[bool]:
    return or_(Grant.patient_id == account_id, Grant.therapist_id == account_id)


def _close(session: Session, whose: ColumnElement[bool], at: datetime) -> int:
    return ending.close_all(session, whose & Grant.ended_at.is_(None), at=at)
