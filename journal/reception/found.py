"""What was found in a table or a calendar, before any of it is written: rows, and their faults.

Whoever looked at what a file would do has seen what stands; `mark` is of exactly that. A file
is written only while it still stands, so that it does not undo what somebody did in between.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.care.models import Appointment, Clinic, DosingSession
from journal.consent import ledger
from journal.errors import Conflict, Invalid
from journal.reception import appointments, doses, local
from journal.reception.appointments import Visit
from journal.reception.doses import Dose
from journal.reception.here import Here

STAYS_CANCELLED = "It was cancelled, and is left as it is. Add it by hand if it takes place."


class NewerCalendar(Conflict):
    """What a file is about has changed since somebody looked at what it would do."""

    title = "The calendar has changed meanwhile"


class Becomes(StrEnum):
    """What a row does to the calendar."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be taken, or why it is left out. It quotes nothing of the row."""

    row: int
    """As a spreadsheet counts: the head is row 1. In a calendar, the how manieth event."""
    column: str
    detail: str


@dataclass(frozen=True, slots=True)
class Planned:
    """One row that can be taken."""

    row: int
    id: UUID
    wish: Dose | Visit
    cancelled: bool


@dataclass(slots=True)
class Plan:
    """A whole file."""

    rows: int = 0
    """How many there were."""
    planned: list[Planned] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[Fault] = field(default_factory=list)
    stands: list[Fault] = field(default_factory=list)
    """What stands now where a row changes or cancels it."""
    editions: dict[UUID, int] = field(default_factory=dict)
    """Of what stands, by id; 0 where nothing does."""


Row = DosingSession | Appointment


def becomes(session: Session, here: Here, plan: Plan) -> Iterator[tuple[Planned, Becomes]]:
    """What each row would do, by what stands now. An id of somebody else's becomes a fault.

    What was cancelled stays so, whatever an older file says of it; that is said, row by row.
    """
    found = _standing(session, [one.id for one in plan.planned])
    rows: dict[UUID, int] = {}
    for one in plan.planned:
        row, before = found.get(one.id), rows.setdefault(one.id, one.row)
        plan.editions[one.id] = row.edition if row else 0
        if before != one.row:
            plan.faults.append(Fault(one.row, "date", f"Row {before} is about the same one."))
        elif row is None:
            yield one, Becomes.SAME if one.cancelled else Becomes.NEW
        elif row.patient_id != one.wish.patient_id:
            plan.faults.append(Fault(one.row, "patient", "It was another patient's before."))
        elif row.cancelled_at and not one.cancelled:
            plan.left_out.append(Fault(one.row, "cancelled", STAYS_CANCELLED))
        elif row.cancelled_at if one.cancelled else _says(row) == _wishes(one.wish):
            yield one, Becomes.SAME
        else:
            plan.stands.append(_stands(one, row, here))
            yield one, Becomes.CANCELLED if one.cancelled else Becomes.CHANGED


def mark(plan: Plan, clinic: Clinic) -> str:
    """Of what stands where a file has something to say, and of the clock it is said by."""
    some = sorted((id.hex, edition) for id, edition in plan.editions.items())
    return sha256(repr((clinic.zone, some)).encode()).hexdigest()[:32]


def lock(session: Session, here: Here, plan: Plan) -> None:
    """Lock its patients, in one order, so that two imports do not wait for each other."""
    visits = [one.wish for one in plan.planned if isinstance(one.wish, Visit)]
    appointments.hold(session, here, {(one.patient_id, one.therapist_id) for one in visits})
    for patient_id in sorted({one.wish.patient_id for one in plan.planned}):
        ledger.lock(session, patient_id)


def take(
    session: Session, here: Here, plan: Plan, *, seen: str, at: datetime
) -> dict[Becomes, int]:
    """Write it all down, or nothing.

    :param seen: the mark of what stood when somebody looked; where there is nothing to write (it
        was sent again) it does not matter.
    :raises Invalid: a row has a fault; each is named by row and column.
    :raises NewerCalendar: something else stands by now.
    """
    lock(session, here, plan)
    done = dict.fromkeys(Becomes, 0)
    todo = list(becomes(session, here, plan))
    if plan.faults:
        raise Invalid(errors=[_pointed(one) for one in plan.faults])
    if seen != mark(plan, here.clinic) and any(what is not Becomes.SAME for _, what in todo):
        raise NewerCalendar
    given: dict[UUID, dict[UUID, Dose]] = {}
    for one, what in sorted(todo, key=lambda pair: (pair[0].wish.patient_id, pair[0].row)):
        done[what] += 1
        edition = plan.editions[one.id]
        if what is Becomes.CANCELLED:
            gone = doses.cancel if isinstance(one.wish, Dose) else appointments.cancel
            gone(session, here.clinic, one.id, edited_from=edition, at=at)
        elif what is not Becomes.SAME and isinstance(one.wish, Dose):
            given.setdefault(one.wish.patient_id, {})[one.id] = one.wish
        elif what is not Becomes.SAME and isinstance(one.wish, Visit):
            made_from = edition or None
            appointments.put(session, here, one.id, one.wish, edited_from=made_from, at=at)
    for patient_id, some in sorted(given.items()):
        doses.put_all(session, here, here.people[patient_id], some, at=at)
    return done


def look(session: Session, here: Here, plan: Plan) -> dict[Becomes, int]:
    """What taking it would do, were there no faults. Writes nothing."""
    done = dict.fromkeys(Becomes, 0)
    for _, what in becomes(session, here, plan):
        done[what] += 1
    return done


SOME = 500  # ids in one statement


def _standing(session: Session, ids: list[UUID]) -> dict[UUID, Row]:
    found: dict[UUID, Row] = {}
    for start in range(0, len(ids), SOME):
        some = ids[start : start + SOME]
        given = session.scalars(select(DosingSession).where(DosingSession.id.in_(some)))
        visits = session.scalars(select(Appointment).where(Appointment.id.in_(some)))
        found |= {row.id: row for row in [*given, *visits]}
    return found


def _stands(one: Planned, row: Row, here: Here) -> Fault:
    zone = here.clinic.zone
    if isinstance(row, Appointment):
        return Fault(one.row, "date", local.wall(row.starts_at, zone))
    # Twelve hours at most: which day it ends on is plain.
    ends = f" to {local.wall(row.ended_at, zone)[-5:]}" if row.ended_at else ""
    return Fault(one.row, "date", f"{local.wall(row.started_at, zone)}{ends}, {row.route.value}")


def _says(row: Row) -> tuple[object, ...]:
    if isinstance(row, DosingSession):
        return row.started_at, row.ended_at, row.route
    return row.therapist_id, row.starts_at


def _wishes(wish: Dose | Visit) -> tuple[object, ...]:
    if isinstance(wish, Dose):
        return wish.started_at, wish.ended_at, wish.route
    return wish.therapist_id, wish.starts_at


def _pointed(fault: Fault) -> dict[str, str]:
    return {"pointer": f"/rows/{fault.row}/{fault.column}", "detail": fault.detail}
