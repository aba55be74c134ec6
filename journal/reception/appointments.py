"""Write an appointment down, change it, cancel it."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select
from sqlalchemy.orm import Session, aliased

from journal.care.models import Appointment, CareLink, Clinic
from journal.consent import ledger
from journal.db import insert_once
from journal.errors import Invalid, NotFound
from journal.reception import editions
from journal.reception.here import Here


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What an admin says of one appointment."""

    patient_id: UUID
    therapist_id: UUID
    starts_at: datetime


def put(
    session: Session, here: Here, id: UUID, visit: Visit, *, edited_from: int | None, at: datetime
) -> tuple[Appointment, bool]:
    """Write down an appointment, or change it; the same again changes nothing.

    :param edited_from: the edition that is changed; None for a new appointment.
    :return: the appointment, and whether it is new.
    :raises NotFound: this id is somebody else's, or nobody's and there was something to change.
    :raises Invalid: two who do not see each other at this clinic, or another patient than before.
    :raises ChangedMeanwhile: it is not the edition that stands; there is one, and it is another.
    """
    if here.patient(visit.patient_id) is None:
        raise Invalid.at("/patient_id", "Not one of your clinic's patients.")
    if not hold(session, here, {(visit.patient_id, visit.therapist_id)}):
        raise Invalid.at("/therapist_id", "This therapist does not see this patient.")
    # Whoever writes the same one down at this moment queues up here, an import too.
    ledger.lock(session, visit.patient_id)
    both = {"patient_id": visit.patient_id, "therapist_id": visit.therapist_id}
    fresh = edited_from is None and insert_once(
        session, Appointment, id=id, starts_at=visit.starts_at, changed_at=at, **both
    )
    row = _locked(session, id)
    if fresh:
        return row, True
    _mine(session, here.clinic, row)
    if row.patient_id != visit.patient_id:
        raise Invalid.at("/patient_id", "An appointment stays with its patient.")
    if _same(row, visit):
        return row, False
    editions.check(session, row, edited_from)
    row.therapist_id, row.starts_at = visit.therapist_id, visit.starts_at
    row.cancelled_at, row.changed_at = None, at
    row.edition += 1
    session.flush()
    return row, False


def hold(session: Session, here: Here, pairs: Set[tuple[UUID, UUID]]) -> bool:
    """Let these go on seeing each other here until the transaction ends; say whether all do.

    Who ends a link meanwhile waits, and then cancels what was written down (`care.links`). Asked
    before a patient is locked, as everybody who ends a link does.
    """
    if not pairs <= here.pairs:
        return False
    alive = select(CareLink.patient_id, CareLink.therapist_id).where(
        CareLink.clinic_id == here.clinic.id,
        CareLink.ended_at.is_(None),
        CareLink.patient_id.in_({patient_id for patient_id, _ in pairs}),
    )
    held = session.execute(alive.order_by(CareLink.id).with_for_update(read=True))
    return pairs <= {(patient_id, therapist_id) for patient_id, therapist_id in held}


def cancel(session: Session, clinic: Clinic, id: UUID, *, edited_from: int, at: datetime) -> None:
    """It does not take place. Twice changes nothing.

    :param edited_from: the edition that is cancelled.
    :raises NotFound: absent, or another clinic's.
    :raises ChangedMeanwhile: it is not the edition that stands.
    """
    whose = session.scalar(select(Appointment.patient_id).where(Appointment.id == id))
    if whose is None:
        raise NotFound
    ledger.lock(session, whose)
    row = _locked(session, id)
    _mine(session, clinic, row)
    if row.cancelled_at is None:
        editions.check(session, row, edited_from)
        row.cancelled_at = row.changed_at = at
        row.edition += 1
        session.flush()


def of_clinic(
    session: Session, clinic: Clinic, since: datetime, until: datetime
) -> Sequence[Appointment]:
    """The clinic's appointments that begin in this time and were not cancelled, in order."""
    mine = select(Appointment).where(
        Appointment.cancelled_at.is_(None),
        Appointment.starts_at >= since,
        Appointment.starts_at < until,
        _here(clinic),
    )
    return session.scalars(mine.order_by(Appointment.starts_at, Appointment.id)).all()


def _locked(session: Session, id: UUID) -> Appointment:
    """An appointment as it stands, and it stands still.

    :raises NotFound: there is none.
    """
    row = session.get(Appointment, id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def _same(row: Appointment, visit: Visit) -> bool:
    said = (row.therapist_id, row.starts_at, row.cancelled_at)
    return said == (visit.therapist_id, visit.starts_at, None)


def _mine(session: Session, clinic: Clinic, row: Appointment) -> None:
    """Refuse what two people have with each other somewhere else."""
    mine = select(Appointment.id).where(Appointment.id == row.id, _here(clinic))
    if session.scalars(mine).first() is None:
        raise NotFound


def _here(clinic: Clinic) -> ColumnElement[bool]:
    """Whether an appointment is this clinic's: the two see each other here.

    Or they did when it was to begin, and see each other nowhere now. An appointment itself says
    no clinic; where they see each other now, there it was made, or moved to.
    """
    link, elsewhere = aliased(CareLink), aliased(CareLink)
    seen_elsewhere = exists().where(*_between(elsewhere), elsewhere.ended_at.is_(None))
    then = and_(link.since <= Appointment.starts_at, Appointment.starts_at <= link.ended_at)
    return exists().where(
        *_between(link),
        link.clinic_id == clinic.id,
        or_(link.ended_at.is_(None), and_(then, not_(seen_elsewhere))),
    )


def _between(link: type[CareLink]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return link.patient_id == Appointment.patient_id, link.therapist_id == Appointment.therapist_id
