"""The same by whoever runs the server, who belongs to no clinic: `journal people …`.

They may do more than an admin: reassign in every clinic at once, and shut any account.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.care import links
from journal.care.models import Clinic
from journal.roster import parting
from journal.roster.models import Did
from journal.sharing import leaving
from journal.sharing.leaving import Ended


def leave(session: Session, id: UUID, clinic_id: UUID, *, at: datetime) -> Ended:
    """A therapist, a patient or an admin leaves a clinic. Twice changes nothing."""
    [clinic] = _locked(session, [clinic_id])
    if clinic_id not in links.clinics_of(session, id):
        return Ended(0, 0)
    return parting.go(session, None, clinic, id, Did.LEFT, at=at)


def reassign(session: Session, patient_id: UUID, therapist_id: UUID, *, at: datetime) -> Ended:
    """A therapist no longer sees this patient, in no clinic."""
    both = (patient_id, therapist_id)
    ended = [
        parting.part(session, None, clinic, both, at=at)
        for clinic in _locked(session, links.clinics_of(session, patient_id))
        if both in links.pairs(session, clinic.id, patient_id)
    ]
    # And what was left over from before, where the link had ended already.
    ended.append(leaving.reassign(session, *both, at=at))
    links.cancel_visits(session, both, at=at)
    return _together(ended)


def deactivate(session: Session, id: UUID, *, at: datetime) -> Ended:
    """Nobody signs in with this account any more, and it belongs to no clinic."""
    ended = [
        parting.go(session, None, clinic, id, Did.DEACTIVATED, at=at)
        for clinic in _locked(session, links.clinics_of(session, id))
    ]
    parting.end_recovery_links(session, id, at=at)
    ended.append(leaving.deactivate(session, id, at=at))
    return _together(ended)


def _locked(session: Session, ids: Iterable[UUID]) -> Sequence[Clinic]:
    """Some clinics, locked as their admins lock them, in one order: nobody waits for ever."""
    mine = select(Clinic).where(Clinic.id.in_(list(ids))).order_by(Clinic.id)
    return session.scalars(mine.with_for_update(key_share=True)).all()


def _together(ended: Sequence[Ended]) -> Ended:
    return Ended(sum(one.links for one in ended), sum(one.consents for one in ended))
