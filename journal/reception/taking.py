"""Take a whole file in, or only look at what it would do."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from journal.accounts.principals import Admin
from journal.errors import PreconditionRequired
from journal.reception import found, here, ics, standing, table
from journal.reception.found import Becomes, Plan
from journal.reception.here import Here

Read = Callable[[Session, Here], Plan]
Writing = Callable[[], AbstractContextManager[Session]]


def of_table(sent: Mapping[str, Any]) -> Read:
    """How a table is read. Its cells are found once, whoever looks at them again."""
    parsed = cache(lambda: table.parse(sent["text"], sent["kind"]))
    return lambda session, there: table.read(
        parsed(), sent["kind"], there, standing.read(session, there)
    )


def of_calendar(sent: Mapping[str, Any]) -> Read:
    """How a calendar is read, and once as well."""
    parsed = cache(lambda: ics.parse(sent["text"]))
    return lambda session, there: ics.read(
        parsed(), there, standing.read(session, there), sent["therapist_id"], sent["by"]
    )


def take(
    reading: Session,
    writing: Writing | None,
    admin: Admin,
    read: Read,
    *,
    seen: str | None,
    at: datetime,
) -> dict[str, Any]:
    """Read a file; with `writing`, and where no row has a fault, write it all down.

    Faults are looked for before anybody has to wait for the writing.

    :param seen: what somebody saw who only looked, `seen` of that answer.
    :raises NotFound: the admin looks after no clinic (any more).
    :raises PreconditionRequired: it is to be written, and nobody has looked.
    :raises Invalid: it cannot be read, or a row that was good is not any more.
    :raises NewerCalendar: what it is about has changed since somebody looked.
    """
    if writing is not None and seen is None:
        raise PreconditionRequired("Look first, with dry_run, and send the `seen` of that answer.")
    there = here.look(reading, admin)
    plan = read(reading, there)
    done = found.look(reading, there, plan)
    if writing is None or seen is None or plan.faults:
        mark = None if plan.faults else found.mark(plan, there.clinic)
        return _said(plan, done, written=False, seen=mark)
    with writing() as session:
        there = here.look(session, admin, lock=True)
        found.lock(session, there, plan)
        # What stands is looked at anew, and stands still from here on.
        plan = read(session, there)
        done = found.take(session, there, plan, seen=seen, at=at)
        return _said(plan, done, written=True)


def _said(
    plan: Plan, done: Mapping[Becomes, int], *, written: bool, seen: str | None = None
) -> dict[str, Any]:
    return {
        "written": written,
        "seen": seen,
        "rows": plan.rows,
        **{what.value: number for what, number in done.items()},
        "errors": sorted(plan.faults, key=lambda one: one.row),
        "left_out": plan.left_out,
        "stands": plan.stands,
    }
