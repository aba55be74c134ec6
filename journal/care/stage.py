"""Where a patient is on the ladder: a pure function of doses, appointments and the time.

`ladder` lists every change of stage as `(from, stage, dosing number)`; the stage at a moment is
the last row that has begun. A phone can therefore know its stage offline for weeks without the
rule being written twice. Changing a dose or an appointment moves everything that follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import zip_longest
from zoneinfo import ZoneInfo

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)

RESTED = timedelta(hours=12)
"""A clear head is never assumed sooner after a dose than this."""

REFLECTING = timedelta(days=2)
"""How long after clear_at the telling lasts, before the week of living with it."""

WEEK = timedelta(days=7)
BEFORE_APPOINTMENT = timedelta(hours=48)


class Stage(StrEnum):
    """The seven parts of the ladder."""

    PREP = "prep"
    DAY = "day"
    REFL = "refl"
    WEEK = "week"
    PRAC = "prac"
    PRE = "pre"
    END = "end"


@dataclass(frozen=True, slots=True)
class Dose:
    """What the ladder needs to know of a dosing session."""

    number: int
    started_at: datetime
    clear_at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """From this moment on, this stage, counted from this dose (None before the first)."""

    begins: datetime
    stage: Stage
    dosing_number: int | None


def clear_at(started_at: datetime, clear_time: str, zone: str) -> datetime:
    """When decisions count again: the next morning at `clear_time` in the patient's zone.

    Never sooner than twelve hours after the dose began. A clock change in the night keeps the
    local time.
    """
    local = started_at.astimezone(ZoneInfo(zone))
    hour, minute = map(int, clear_time.split(":"))
    morning = datetime.combine(local.date() + timedelta(days=1), time(hour, minute))
    clear = morning.replace(tzinfo=local.tzinfo).astimezone(UTC)
    return max(clear, started_at.astimezone(UTC) + RESTED)


def course_end(ended_on: date, doses: Sequence[Dose], zone: str) -> datetime:
    """When a course is over: its last day in the patient's zone, and the last dose, are past."""
    midnight = datetime.combine(ended_on + timedelta(days=1), time(), ZoneInfo(zone))
    return max([midnight.astimezone(UTC), *(dose.clear_at for dose in doses)])


def ladder(
    doses: Sequence[Dose], appointments: Sequence[datetime], *, ended_at: datetime | None = None
) -> list[Step]:
    """List every change of stage in order; the first row has always begun."""
    steps = [Step(BEGINNING, Stage.PREP, None)]
    ordered = sorted(doses, key=lambda dose: dose.started_at)
    for dose, following in zip_longest(ordered, ordered[1:]):
        until = following.started_at if following else None
        told = dose.clear_at + REFLECTING
        steps += [
            Step(begins, stage, dose.number)
            for begins, stage in (
                (dose.started_at, Stage.DAY),
                (dose.clear_at, Stage.REFL),
                (told, Stage.WEEK),
                (dose.clear_at + WEEK, Stage.PRAC),
            )
            if until is None or begins < until
        ]
    if ended_at is not None:
        steps = [step for step in steps if step.begins < ended_at]
        steps.append(Step(ended_at, Stage.END, steps[-1].dosing_number))
    for starts_at in sorted(appointments):
        steps = _before_appointment(steps, starts_at)
    return steps


def stage_at(steps: Sequence[Step], at: datetime) -> Step:
    """The row of the ladder that holds at a moment."""
    return [step for step in steps if step.begins <= at][-1]


def _before_appointment(steps: list[Step], starts_at: datetime) -> list[Step]:
    """Lay the two days before an appointment over the ladder.

    The hours of a dose and the first telling after it come first: choosing what to bring waits.
    """
    opens = starts_at - BEFORE_APPOINTMENT
    laid: list[Step] = []
    for index, step in enumerate(steps):
        ends = steps[index + 1].begins if index + 1 < len(steps) else None
        quiet = step.stage in {Stage.DAY, Stage.REFL, Stage.END} or step.dosing_number is None
        begins = max(step.begins, opens)
        finishes = starts_at if ends is None else min(ends, starts_at)
        if quiet or begins >= finishes:
            laid.append(step)
            continue
        if step.begins < begins:
            laid.append(step)
        laid.append(Step(begins, Stage.PRE, step.dosing_number))
        if ends is None or finishes < ends:
            laid.append(Step(finishes, step.stage, step.dosing_number))
    return laid
