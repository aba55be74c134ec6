"""When two people met last and meet next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from journal.care.models import Appointment, DosingSession

UNDER_WAY = timedelta(hours=1)
"""For so long after its start a visit is still the present one: it is not yet "last time"."""


@dataclass(frozen=True, slots=True)
class Visits:
    """The visit before this one, and the next to come."""

    last: datetime | None = None
    next: datetime | None = None


NONE = Visits()


def of(
    session: Session, patient_ids: Collection[UUID], therapist_id: UUID, at: datetime
) -> dict[UUID, Visits]:
    """When each patient saw and will see this therapist; those without a visit are left out."""
    found = session.execute(
        select(Appointment.patient_id, *_last_and_next(at))
        .where(Appointment.patient_id.in_(patient_ids), *_with(therapist_id))
        .group_by(Appointment.patient_id)
    )
    return {patient_id: Visits(last, next) for patient_id, last, next in found}


def and_doses(
    session: Session, patient_id: UUID, therapist_id: UUID, at: datetime
) -> tuple[Visits, list[DosingSession]]:
    """The visits of one patient, and the dosing sessions that have begun, oldest first."""
    met = (
        select(*_last_and_next(at))
        .where(Appointment.patient_id == patient_id, *_with(therapist_id))
        .subquery()
    )
    begun = and_(
        DosingSession.patient_id == patient_id,
        DosingSession.started_at <= at,
        DosingSession.cancelled_at.is_(None),
    )
    rows = session.execute(
        select(met.c.last, met.c.next, DosingSession)
        .outerjoin(DosingSession, begun)
        .order_by(DosingSession.started_at)
    ).all()
    return Visits(rows[0].last, rows[0].next), [dose for _, _, dose in rows if dose is not None]


def state(session: Session, therapist_id: UUID) -> tuple[object, ...]:
    """Something else each time an appointment of this therapist is made, moved or cancelled.

    Or goes to another therapist: then it is none of the rows that are theirs, and no time among
    these says so. Nor does a clock that was set back.
    """
    mine = select(
        func.count(), func.sum(Appointment.edition), func.max(Appointment.changed_at)
    ).where(Appointment.therapist_id == therapist_id)
    return tuple(session.execute(mine).one())


def _last_and_next(at: datetime) -> tuple[ColumnElement[datetime], ColumnElement[datetime]]:
    starts = Appointment.starts_at
    return (
        func.max(case((starts <= at - UNDER_WAY, starts))).label("last"),
        func.min(case((starts >= at, starts))).label("next"),
    )


def _with(therapist_id: UUID) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Appointment.therapist_id == therapist_id, Appointment.cancelled_at.is_(None)
