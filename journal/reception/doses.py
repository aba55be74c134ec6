"""Write a dosing session down, change it, cancel it.

A window that has begun never gets shorter: what is held, and what waits for a clear head, waits
for the morning it was promised, whatever is put right meanwhile (ADR 0033).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from journal.care.models import Clinic, DosingSession, Route
from journal.care.stage import clear_at
from journal.consent import ledger
from journal.errors import Invalid, NotFound
from journal.reception import editions, given, windows
from journal.reception.here import Here, Somebody
from journal.sharing import late

LONGEST = timedelta(hours=12)


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
    session: Session, here: Here, id: UUID, dose: Dose, *, edited_from: int | None, at: datetime
) -> tuple[DosingSession, bool]:
    """Write down a session, or change it; the same again changes nothing, whatever came before.

    :param edited_from: the edition that is changed; None for a new session.
    :return: the session, and whether it is new.
    :raises NotFound: this id is somebody else's, or nobody's and there was something to change.
    :raises Invalid: no patient of this clinic, another patient than before, or an end that is none.
    :raises ChangedMeanwhile: it is not the edition that stands; there is one, and it is another.
    """
    patient = here.patient(dose.patient_id)
    if patient is None:
        raise Invalid.at("/patient_id", "Not one of your clinic's patients.")
    if fault := check(dose):
        raise Invalid.at("/ends", fault)
    ledger.lock(session, patient.id)
    row = given.there(session, here.clinic, [id]).get(id)
    if row is None and edited_from is not None:
        raise NotFound
    if row is not None and not _same(row, dose):
        given.stays_with(patient.id, row)
        editions.check(session, row, edited_from)
    fresh = put_all(session, here, patient, {id: dose}, at=at)
    return session.get_one(DosingSession, id), id in fresh


def put_all(
    session: Session, here: Here, patient: Somebody, some: Mapping[UUID, Dose], *, at: datetime
) -> set[UUID]:
    """The same for many sessions of one patient, each looked at by `check`; say which are new.

    Whoever calls has looked at what stands since they locked the patient.

    :raises NotFound: an id is somebody else's.
    :raises Invalid: another patient than before.
    """
    # Handing over and giving consent queue at the same lock, and see the session or come before it.
    ledger.lock(session, patient.id)
    there = given.there(session, here.clinic, list(some))
    numbers = windows.Numbers(session)
    todo = {id: dose for id, dose in some.items() if not _same(there.get(id), dose)}
    new, closed = [], []
    for id, dose in todo.items():
        row, morning = (
            there.get(id),
            clear_at(dose.started_at, here.clinic.clear_time, patient.zone),
        )
        if row is None:
            began = min(one.started_at for one in some.values())
            course_id = numbers.course(here.clinic, patient.id, began)
            new.append(_new(id, dose, course_id, numbers.first(course_id), morning, at))
        else:
            given.stays_with(patient.id, row)
            numbers.first(row.course_id)
            morning = row.clear_at if _keeps_its_morning(row, dose, at) else morning
            _set(session, row, dose, morning, at)
        if dose.started_at <= at < morning:
            closed.append((dose.started_at, morning))
    session.flush()
    given.add(session, here.clinic, patient.id, new)
    numbers.count()
    for since, until in closed:
        late.close_since(session, patient.id, since, until, at=at)
    return some.keys() - there.keys()


def cancel(session: Session, clinic: Clinic, id: UUID, *, edited_from: int, at: datetime) -> None:
    """It does not take place, or never did. Twice changes nothing.

    Whoever calls keeps the clinic's settings still, so that no morning is moved at the same time.

    :param edited_from: the edition that is cancelled.
    :raises NotFound: absent, or another clinic's.
    :raises ChangedMeanwhile: it is not the edition that stands.
    """
    row = given.one(session, clinic, id)
    ledger.lock(session, row.patient_id)
    row = given.one(session, clinic, id)  # as it stands, now that it stands still
    if row.cancelled_at is not None:
        return
    editions.check(session, row, edited_from)
    numbers = windows.Numbers(session)
    numbers.first(row.course_id)
    if at < row.started_at:
        row.clear_at = row.started_at  # it never began: it closes nothing
    row.cancelled_at = row.changed_at = at
    row.edition += 1
    session.flush()
    numbers.count()


def _same(row: DosingSession | None, dose: Dose) -> bool:
    if row is None:
        return False
    said = (row.patient_id, row.started_at, row.ended_at, row.route, row.cancelled_at)
    return said == (dose.patient_id, dose.started_at, dose.ended_at, dose.route, None)


def _keeps_its_morning(row: DosingSession, dose: Dose, at: datetime) -> bool:
    """A session that began keeps the morning it promised while its start stays."""
    return row.started_at == dose.started_at <= at and row.cancelled_at is None


def _set(session: Session, row: DosingSession, dose: Dose, morning: datetime, at: datetime) -> None:
    if dose.started_at > row.started_at or morning < row.clear_at:
        windows.keep(session, row, at)
    row.started_at, row.ended_at, row.route = dose.started_at, dose.ended_at, dose.route
    row.clear_at, row.cancelled_at, row.changed_at = morning, None, at
    row.edition += 1


def _new(
    id: UUID, dose: Dose, course_id: UUID, number: int, morning: datetime, at: datetime
) -> dict[str, Any]:
    return {
        "id": id,
        "course_id": course_id,
        "patient_id": dose.patient_id,
        "number": number,
        "started_at": dose.started_at,
        "ended_at": dose.ended_at,
        "route": dose.route,
        "clear_at": morning,
        "changed_at": at,
    }
