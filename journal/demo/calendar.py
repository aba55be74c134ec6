"""When things happen: moments of a story, counted from now and from its dosing sessions."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from journal.care.stage import clear_at
from journal.demo.shapes import Dose, Start, When

SETTLED = timedelta(hours=1)
"""A morning after is here when its writer has had an hour of it."""

GRANTED = timedelta(days=90)


class Calendar:
    """One patient's calendar around `at`, in their own zone."""

    def __init__(self, at: datetime, zone: str, clear_time: str, doses: Sequence[Dose]) -> None:
        self.at = at.astimezone(UTC)
        self.zone = zone
        self._clear_time = clear_time
        self._here = ZoneInfo(zone)
        self.doses = {dose.number: self._start(dose.starts) for dose in doses}

    def moment(self, when: When) -> datetime:
        """A moment of the story, in UTC."""
        counted_from = self.at if when.dose is None else self.doses[when.dose]
        if when.hours is not None:
            return counted_from + timedelta(hours=when.hours)
        day = self._day(counted_from) + timedelta(days=when.day or 0)
        return self._local(day, when.time or time())

    def day(self, days: int) -> datetime:
        """The morning of a day so many days from today."""
        return self._local(self._day(self.at) + timedelta(days=days), time(10))

    def clear(self, started_at: datetime) -> datetime:
        """When decisions count again after a dose."""
        return clear_at(started_at, self._clear_time, self.zone)

    def grant_end(self, given_at: datetime) -> datetime:
        """The end of the ninetieth day, as the sharing page offers it."""
        return self._local(self._day(given_at + GRANTED) + timedelta(days=1), time())

    def _start(self, start: Start) -> datetime:
        if start.hours_ago is not None:
            began = self.at - timedelta(hours=start.hours_ago)
            return began.replace(minute=began.minute // 5 * 5, second=0, microsecond=0)
        today = self._day(self.at)
        if start.rested is None:
            return self._local(today + timedelta(days=start.day or 0), start.time or time())
        began = self._local(today, start.rested)
        while self.clear(began) + SETTLED > self.at:
            today -= timedelta(days=1)
            began = self._local(today, start.rested)
        return began

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self._here).date()

    def _local(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self._here).astimezone(UTC)
