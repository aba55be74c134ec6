"""Read a table that a spreadsheet saved as CSV: sessions or appointments, a row each.

Nothing of a cell is ever said again, in an answer or in a log: a fault names row and column.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from journal.accounts.principals import Role
from journal.care.models import Route
from journal.reception import cells, doses, local
from journal.reception.appointments import Visit
from journal.reception.cells import Cells
from journal.reception.doses import Dose
from journal.reception.found import STAYS_CANCELLED, Fault, Plan, Planned
from journal.reception.here import Here, Somebody, plain
from journal.reception.local import NotATime
from journal.reception.standing import Key, Standing

MOST_ROWS = 10_000


class Kind(StrEnum):
    """What the rows of a table are."""

    DOSES = "doses"
    APPOINTMENTS = "appointments"


NEEDED = {
    Kind.DOSES: ("patient", "date", "time", "route"),
    Kind.APPOINTMENTS: ("patient", "therapist", "date", "time"),
}
ALSO = {Kind.DOSES: ("end", "cancelled"), Kind.APPOINTMENTS: ("cancelled",)}
ROUTES = {
    "intravenous": Route.IV,
    "intramuscular": Route.IM,
    "intranasal": Route.NASAL,
    **{route.value: route for route in Route},
}
YES, NO = {"yes", "y", "true", "1", "x"}, {"", "no", "n", "false", "0"}
WHO = {Role.PATIENT: "patient", Role.THERAPIST: "therapist"}


class Bad(Exception):
    """A cell does not fit."""

    def __init__(self, column: str, detail: str) -> None:
        super().__init__(detail)
        self.column, self.detail = column, detail


def parse(text: str, kind: Kind) -> Cells:
    """Find the cells of a table.

    :raises Invalid: it is no table, has no head, or more than `MOST_ROWS` rows.
    """
    return cells.read(text, NEEDED[kind], most=MOST_ROWS)


def read(parsed: Cells, kind: Kind, here: Here, standing: Standing) -> Plan:
    """Find what a table says; every row with a fault is named.

    :param standing: what is in the calendar: a row about the same day is about the same session.
    """
    head, rows = parsed
    plan, seen = Plan(), dict[Key, int]()
    for number, filled in rows:
        plan.rows += 1
        row = dict(zip(head, filled, strict=False))
        try:
            if any(filled[len(head) :]):
                raise Bad("", "It has more cells than the first row.")
            wish, key, cancelled = _wish(row, kind, here)
            if before := seen.get(key):
                raise Bad("date", f"Row {before} is about the same day.")
        except Bad as why:
            plan.faults.append(Fault(number, why.column, why.detail))
            plan.faults.extend(_others(row, kind, here, number, why.column))
            continue
        seen[key] = number
        if standing.is_cancelled(key) and not cancelled:
            plan.left_out.append(Fault(number, "cancelled", STAYS_CANCELLED))
            continue
        id = standing.id_of(kind, key)
        plan.planned.append(Planned(number, id, wish, cancelled))
    return plan


def _wish(row: dict[str, str], kind: Kind, here: Here) -> tuple[Dose | Visit, Key, bool]:
    """What a row says, which session of which day it is, and whether it is cancelled."""
    patient = _who(row, Role.PATIENT, here)
    cancelled = _yes(row)
    if kind is Kind.APPOINTMENTS:
        therapist = _who(row, Role.THERAPIST, here)
        if (patient.id, therapist.id) not in here.pairs:
            raise Bad("therapist", "This therapist does not see this patient.")
        on, starts = _when(row, here)
        wish = Visit(patient_id=patient.id, therapist_id=therapist.id, starts_at=starts)
        return wish, (patient.id, therapist.id, on), cancelled
    on, starts = _when(row, here)
    ends = _time(row, "end", _last(row, on), here) if row.get("end", "").strip() else None
    dose = Dose(patient_id=patient.id, started_at=starts, ended_at=ends, route=_route(row))
    if fault := doses.check(dose):
        raise Bad("end", fault)
    return dose, (patient.id, on), cancelled


def _others(
    row: dict[str, str], kind: Kind, here: Here, number: int, known: str
) -> Iterator[Fault]:
    """What else does not fit in a row, so that it can be mended in one go."""
    looks: dict[str, Callable[[], object]] = {
        "patient": lambda: _who(row, Role.PATIENT, here),
        "date": lambda: _day(row),
        "time": lambda: _clock(row, "time"),
    }
    if kind is Kind.DOSES:
        looks["route"] = lambda: _route(row)
    else:
        looks["therapist"] = lambda: _who(row, Role.THERAPIST, here)
    for column, look in looks.items():
        try:
            if column != known:
                look()
        except Bad as why:
            yield Fault(number, why.column, why.detail)


def _who(row: dict[str, str], role: Role, here: Here) -> Somebody:
    column = WHO[role]
    found = here.named(row.get(column, ""), role)
    if not found:
        raise Bad(column, f"Nobody called this is a {column} of your clinic.")
    if len(found) > 1:
        raise Bad(column, "Several people are called this. Write their number instead.")
    return found[0]


def _yes(row: dict[str, str]) -> bool:
    said = plain(row.get("cancelled", ""))
    if said not in YES | NO:
        raise Bad("cancelled", "Write yes or no.")
    return said in YES


def _route(row: dict[str, str]) -> Route:
    found = ROUTES.get(plain(row.get("route", "")))
    if found is None:
        raise Bad("route", f"One of: {', '.join(route.value for route in Route)}.")
    return found


def _when(row: dict[str, str], here: Here) -> tuple[date, datetime]:
    on = _day(row)
    return on, _time(row, "time", on, here)


def _last(row: dict[str, str], on: date) -> date:
    """The day a session ends on: where the end is no later than the start, the next one."""
    return on if _clock(row, "end") > _clock(row, "time") else on + timedelta(days=1)


def _day(row: dict[str, str]) -> date:
    try:
        return local.day(row.get("date", ""))
    except NotATime as why:
        raise Bad("date", str(why)) from None


def _clock(row: dict[str, str], column: str) -> time:
    try:
        return local.clock(row.get(column, ""))
    except NotATime as why:
        raise Bad(column, str(why)) from None


def _time(row: dict[str, str], column: str, on: date, here: Here) -> datetime:
    try:
        return local.moment(on, local.clock(row.get(column, "")), here.clinic.zone)
    except NotATime as why:
        raise Bad(column, str(why)) from None
