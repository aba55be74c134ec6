"""Read a calendar file (RFC 5545): a therapist's appointments with patients of the clinic.

Whose calendar it is, and where in an event the patient is named, the admin says. An event that
names no patient is left out, and nothing of it is kept.
"""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component

from journal.accounts.principals import Role
from journal.errors import Invalid
from journal.reception.appointments import Visit
from journal.reception.found import Fault, Plan, Planned
from journal.reception.here import Here, Somebody, plain
from journal.reception.lines import without_zones
from journal.reception.local import EARLIEST, LATEST, NotATime, is_zone, moment
from journal.reception.standing import Standing

MOST_EVENTS = 10_000
REPEATS = "It repeats. Enter each of its days as an event of its own."


# A zone is looked for among files: a name that is too long for one, or that is a folder's.
UNREADABLE = (
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    RecursionError,
    OSError,
)


class By(StrEnum):
    """Where an event names its patient: the whole of it is the name, or the id."""

    CATEGORY = "category"
    TITLE = "title"


class LeftOut(Exception):
    """An event that is no appointment of ours."""


def parse(text: str) -> list[Component]:
    """Find the calendars in a file.

    :raises Invalid: there is none.
    """
    try:
        found = Calendar.from_ical(
            without_zones(text.removeprefix("\ufeff").strip()), multiple=True
        )
    except UNREADABLE:
        found = []
    calendars: list[Component] = [one for one in found if one.name == "VCALENDAR"]
    if not calendars:
        raise Invalid.at("/text", "This cannot be read as a calendar.")
    return calendars


def read(
    calendars: list[Component], here: Here, standing: Standing, therapist_id: UUID, by: By
) -> Plan:
    """Find the appointments in a calendar; every event that names a patient and fails is a fault.

    An event is known again by its UID. What repeats is left out and said: which of its days stand
    cannot be told by a file that may leave some out.

    :param standing: what is in the calendar: what is another therapist's by now stays theirs.
    :raises Invalid: not a therapist of this clinic, or more than `MOST_EVENTS` events.
    """
    therapist = here.people.get(therapist_id)
    if therapist is None or therapist.role is not Role.THERAPIST:
        raise Invalid.at("/therapist_id", "Not one of your clinic's therapists.")
    plan = Plan()
    for number, event, cancels in _newest(calendars, plan):
        try:
            patient = _patient(event, here, by)
        except LeftOut as why:
            plan.left_out.append(Fault(number, by, str(why)))
            continue
        if (patient.id, therapist_id) not in here.pairs:
            plan.faults.append(Fault(number, by, "This therapist does not see this patient."))
            continue
        if _repeats(event):
            plan.left_out.append(Fault(number, "rrule", REPEATS))
            continue
        try:
            starts = _starts(event, here.clinic.zone)
        except NotATime as error:
            plan.faults.append(Fault(number, "start", str(error)))
            continue
        visit = Visit(patient_id=patient.id, therapist_id=therapist_id, starts_at=starts)
        id = standing.of_event(_uid(event), therapist_id)
        plan.planned.append(Planned(number, id, visit, cancels or _is_cancelled(event)))
    return plan


def _newest(calendars: list[Component], plan: Plan) -> Iterator[tuple[int, Component, bool]]:
    """Each event once: of several with one UID, the one with the highest SEQUENCE."""
    best: dict[str, tuple[int, Component, bool]] = {}
    for calendar in calendars:
        cancels = plain(str(calendar.get("METHOD", ""))) == "cancel"
        for event in calendar.walk("VEVENT"):
            plan.rows += 1
            if plan.rows > MOST_EVENTS:
                raise Invalid.at("/text", f"More than {MOST_EVENTS} events. Send them in parts.")
            if not _uid(event):
                plan.faults.append(Fault(plan.rows, "uid", "It has no UID to know it again by."))
                continue
            # One day of an event that repeats has the UID of them all.
            key = _uid(event) + ("/" if _repeats(event) else "")
            known = best.get(key)
            if known is None or _sequence(event) >= _sequence(known[1]):
                best[key] = (plan.rows, event, cancels)
    repeating = {key[:-1] for key in best if key.endswith("/")}
    yield from (one for key, one in sorted(best.items(), key=_by_row) if key not in repeating)


def _by_row(item: tuple[str, tuple[int, Component, bool]]) -> int:
    return item[1][0]


def _patient(event: Component, here: Here, by: By) -> Somebody:
    said = [str(event.get("SUMMARY", ""))] if by is By.TITLE else _categories(event)
    found = {one.id: one for name in said for one in here.named(name, Role.PATIENT)}
    if not found:
        raise LeftOut("It names no patient of your clinic.")
    if len(found) > 1:
        raise LeftOut("It may mean several patients. Write the number of one of them.")
    return next(iter(found.values()))


def _categories(event: Component) -> list[str]:
    raw = event.get("CATEGORIES", [])
    return [
        str(name)
        for one in (raw if isinstance(raw, list) else [raw])
        for name in getattr(one, "cats", [one])
    ]


def _starts(event: Component, zone: str) -> datetime:
    try:
        meant: Any = event.decoded("DTSTART")
    except (KeyError, ValueError, TypeError):
        meant = None
    if not isinstance(meant, date):
        raise NotATime("It has no start that can be read.")
    if not isinstance(meant, datetime):
        raise NotATime("It lasts all day: an appointment has a time.")
    if not EARLIEST <= meant.year < LATEST:
        raise NotATime("Look at the year.")
    there = meant.tzinfo
    # Without a zone it is meant by the clock on the wall; a zone that has no name here is another.
    if there is None and "TZID" not in getattr(event.get("DTSTART"), "params", {}):
        return moment(meant.date(), meant.time(), zone)
    if not isinstance(there, ZoneInfo) or not is_zone(there.key):
        raise NotATime("Its time zone is not known.")
    return moment(meant.date(), meant.time(), there.key)


def _repeats(event: Component) -> bool:
    return any(name in event for name in ("RRULE", "RDATE", "RECURRENCE-ID"))


def _is_cancelled(event: Component) -> bool:
    return plain(str(event.get("STATUS", ""))) == "cancelled"


def _sequence(event: Component) -> int:
    try:
        return int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def _uid(event: Component) -> str:
    return str(event.get("UID", "")).strip()
