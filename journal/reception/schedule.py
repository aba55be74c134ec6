"""The clinic's calendar: sessions and appointments of some days, and who can be put into it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from journal.accounts import service as accounts
from journal.accounts.principals import Admin, Role
from journal.errors import Invalid
from journal.reception import appointments, given, here, local, shown
from journal.reception.here import Here, Somebody

BEFORE, AFTER = timedelta(days=7), timedelta(days=35)
LONGEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Days:
    """From the first day to the last, both of them too."""

    first: date
    last: date


def read(
    session: Session, admin: Admin, first: date | None, last: date | None, *, at: datetime
) -> dict[str, Any]:
    """What stands in the calendar on these days; by default from a week ago, for six weeks.

    :raises NotFound: they look after no clinic (any more).
    :raises Invalid: the last day comes before the first, or more than a year after it; a year
        that is none of ours.
    """
    people = here.look(session, admin)
    clinic = people.clinic
    today = local.today(at, clinic.zone)
    days = _days(first, last, today)
    begins, ends = _moments(days, clinic.zone)
    doses = given.of_clinic(session, clinic, begins, ends)
    visits = appointments.of_clinic(session, clinic, begins, ends)
    named = {row.patient_id for row in doses}
    named |= {id for row in visits for id in (row.patient_id, row.therapist_id)}
    # Who has left is still called by name in what was.
    called = accounts.names(session, named)
    return {
        "zone": clinic.zone,
        "clear_time": clinic.clear_time,
        "course_sessions": clinic.course_sessions,
        "first": days.first,
        "last": days.last,
        "patients": [_patient(one, people) for one in people.every(Role.PATIENT)],
        "therapists": [shown.person(one.id, one.name) for one in people.every(Role.THERAPIST)],
        "dosing_sessions": [shown.dose(row, called) for row in doses],
        "appointments": [shown.appointment(row, called) for row in visits],
    }


def _days(first: date | None, last: date | None, today: date) -> Days:
    for name, day in (("from", first), ("to", last)):
        if day and not local.EARLIEST <= day.year < local.LATEST:
            raise Invalid.at(f"/{name}", "Look at the year.")
    first = first or today - BEFORE
    last = last or first + BEFORE + AFTER
    if not timedelta() <= last - first <= LONGEST:
        raise Invalid.at("/to", "Choose a last day after the first, and no more than a year on.")
    return Days(first, last)


def _moments(days: Days, zone: str) -> tuple[datetime, datetime]:
    return local.midnight(days.first, zone), local.midnight(days.last + timedelta(days=1), zone)


def _patient(one: Somebody, people: Here) -> dict[str, Any]:
    theirs = sorted(therapist for patient, therapist in people.pairs if patient == one.id)
    return {**shown.person(one.id, one.name), "zone": one.zone, "therapists": theirs}
