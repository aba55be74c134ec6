"""Write a dosing session down, change it, cancel it.

A window that has begun never gets shorter: what is held, and what waits for a clear head, waits
for the morning it was promised, whatever is put right meanwhile (ADR 0033).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.care.models import Clinic, Course, DosingSession, Route
from journal.care.stage import clear_at
from journal.consent import ledger
from journal.errors import Invalid, NotFound
from journal.reception import windows
from journal.reception.here import Here, Somebody
from journal.sharing import late

LONGEST = timedelta(hours=12)
SOME = 500  # ids in one statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """What an admin says of one dosing session."""

    patient_id: UUID
    started_at: datetime
    ended_at: datetime | None
    route: Route


def check(dose: Dose) -> str | None:
    """What is wrong with its end; None when nothing is."""
    if dose.ended_at is None:
        return None
    if dose.ended_at <= dose.started_at:
        return "The end comes after the start."
    if dose.ended_at - dose.started_at > LONGEST:
        return "A session takes twelve hours at most."
    return None


def put(
    session: Session, here: Here, id: UUID, dose: Dose, *, at: datetime
) -> tuple[DosingSession, bool]:
    """Write down a session, or change it; sent again it is one session.

    :return: the session, and whether it is new.
    :raises NotFound: this id is somebody else's.
    :raises Invalid: no patient of this clinic, another patient than before, or an end that is none.
    """
    patient = here.patient(dose.patient_id)
    if patient is None:
        raise Invalid.at("/patient_id", "Not one of your clinic's patients.")
    if fault := check(dose):
        raise Invalid.at("/ends", fault)
    fresh = put_all(session, here, patient, {id: dose}, at=at)
    return session.get_one(DosingSession, id), id in fresh


def put_all(
    session: Session, here: Here, patient: Somebody, some: Mapping[UUID, Dose], *, at: datetime
) -> set[UUID]:
    """The same for many sessions of one patient, each looked at by `check`; say which are new.

    :raises NotFound: an id is somebody else's.
    :raises Invalid: another patient than before.
    """
    # Handing over and giving consent queue at the same lock, and see the session or come before it.
    ledger.lock(session, patient.id)
    there = _there(session, here.clinic, list(some))
    numbers = windows.Numbers(session)
    todo = {id: dose for id, dose in some.items() if not _same(there.get(id), dose)}
    under_way = []
    for id, dose in todo.items():
        row = there.get(id)
        if row is None:
            began = min(one.started_at for one in some.values())
            course_id = numbers.course(here.clinic, patient.id, began)
            row = DosingSession(id=id, course_id=course_id, patient_id=patient.id)
            row.number = numbers.first(course_id)
            session.add(row)
        elif row.patient_id != patient.id:
            raise Invalid.at("/patient_id", "A session stays with its patient.")
        numbers.first(row.course_id)
        _set(session, row, dose, _morning(row, dose, here.clinic, patient, at), at)
        if row.started_at <= at < row.clear_at:
            under_way.append(row)
    session.flush()
    numbers.count()
    for row in under_way:
        late.close_since(session, patient.id, row.started_at, row.clear_at, at=at)
    return some.keys() - there.keys()


def cancel(session: Session, clinic: Clinic, id: UUID, *, at: datetime) -> None:
    """It does not take place, or never did. Twice changes nothing.

    :raises NotFound: absent, or another clinic's.
    """
    row = _there(session, clinic, [id]).get(id)
    if row is None:
        raise NotFound
    ledger.lock(session, row.patient_id)
    session.refresh(row)
    if row.cancelled_at is not None:
        return
    numbers = windows.Numbers(session)
    numbers.first(row.course_id)
    if at < row.started_at:
        row.clear_at = row.started_at  # it never began: it closes nothing
    row.cancelled_at = row.changed_at = at
    session.flush()
    numbers.count()


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


def _there(session: Session, clinic: Clinic, ids: list[UUID]) -> dict[UUID, DosingSession]:
    """Which of these are there already.

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


def _same(row: DosingSession | None, dose: Dose) -> bool:
    if row is None:
        return False
    said = (row.patient_id, row.started_at, row.ended_at, row.route, row.cancelled_at)
    return said == (dose.patient_id, dose.started_at, dose.ended_at, dose.route, None)


def _morning(
    row: DosingSession, dose: Dose, clinic: Clinic, patient: Somebody, at: datetime
) -> datetime:
    """When decisions count again. A session that began keeps its morning while its start stays."""
    stays = row.started_at == dose.started_at and dose.started_at <= at
    if stays and row.cancelled_at is None:
        return row.clear_at
    return clear_at(dose.started_at, clinic.clear_time, patient.zone)


def _set(session: Session, row: DosingSession, dose: Dose, morning: datetime, at: datetime) -> None:
    was = row.started_at, row.clear_at
    if None not in was and (dose.started_at > was[0] or morning < was[1]):
        windows.keep(session, row, at)
    row.started_at, row.ended_at, row.route = dose.started_at, dose.ended_at, dose.route
    row.clear_at, row.cancelled_at, row.changed_at = morning, None, at
