"""When two people met last and meet next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from journal.care.models import Appointment

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
    starts = Appointment.starts_at
    found = session.execute(
        select(
            Appointment.patient_id,
            func.max(case((starts <= at - UNDER_WAY, starts))),
            func.min(case((starts >= at, starts))),
        )
        .where(
            Appointment.patient_id.in_(patient_ids),
            Appointment.therapist_id == therapist_id,
            Appointment.cancelled_at.is_(None),
        )
        .group_by(Appointment.patient_id)
    )
    return {patient_id: Visits(last, next) for patient_id, last, next in found}
