"""Dosing sessions as they stand: a clinic's, by day and by id; and new ones beside them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.care.models import Clinic, Course, DosingSession
from journal.db import insert_all_once
from journal.errors import Invalid, NotFound

SOME = 500  # ids in one statement


def of_clinic(
    session: Session, clinic: Clinic, since: datetime, until: datetime
) -> Sequence[DosingSession]:
    """The clinic's sessions that begin in this time and were not cancelled, in order."""
    mine = (
        select(DosingSession)
        .join(Course, Course.id == DosingSession.course_id)
        .where(
            Course.clinic_id == clinic.id,
            DosingSession.cancelled_at.is_(None),
            DosingSession.started_at >= since,
            DosingSession.started_at < until,
        )
    )
    return session.scalars(mine.order_by(DosingSession.started_at, DosingSession.id)).all()


def there(session: Session, clinic: Clinic, ids: list[UUID]) -> dict[UUID, DosingSession]:
    """Which of these are there already, as they stand.

    :raises NotFound: one is another clinic's.
    """
    found: dict[UUID, DosingSession] = {}
    for start in range(0, len(ids), SOME):
        some = DosingSession.id.in_(ids[start : start + SOME])
        rows = select(DosingSession, Course.clinic_id).join(Course).where(some)
        for row, clinic_id in session.execute(rows.execution_options(populate_existing=True)):
            if clinic_id != clinic.id:
                raise NotFound
            found[row.id] = row
    return found


def one(session: Session, clinic: Clinic, id: UUID) -> DosingSession:
    """One that is there, as it stands.

    :raises NotFound: absent, or another clinic's.
    """
    row = there(session, clinic, [id]).get(id)
    if row is None:
        raise NotFound
    return row


def stays_with(patient_id: UUID, row: DosingSession) -> None:
    """Refuse to move a session to somebody else.

    :raises Invalid: it is another patient's.
    """
    if row.patient_id != patient_id:
        raise Invalid.at("/patient_id", "A session stays with its patient.")


def add(session: Session, clinic: Clinic, patient_id: UUID, new: list[dict[str, Any]]) -> None:
    """Add new ones of one patient, who is locked: only somebody else's can come in between.

    :raises NotFound: an id has just become another clinic's.
    :raises Invalid: or another patient's.
    """
    if insert_all_once(session, DosingSession, new):
        return
    for row in there(session, clinic, [each["id"] for each in new]).values():
        stays_with(patient_id, row)
    raise NotFound
