"""The clock on the clinic's wall: days and times as people write them, as moments in UTC."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from journal import zones
from journal.errors import Invalid

DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?", re.ASCII)
EARLIEST, LATEST = 2000, 2100


class NotATime(ValueError):
    """It names no moment; the message says why, in words for a person."""


def is_zone(name: str) -> bool:
    """Whether this is a zone of the IANA database."""
    return name in zones.known()


def day(said: str) -> date:
    """A day as `2026-03-10`.

    :raises NotATime: it is none.
    """
    found = DAY.fullmatch(said.strip())
    if not found:
        raise NotATime("Write the date as 2026-03-10.")
    year, month, number = map(int, found.groups())
    try:
        there = date(year, month, number)
    except ValueError:
        raise NotATime("There is no such day.") from None
    if not EARLIEST <= there.year < LATEST:
        raise NotATime("Look at the year.")
    return there


def clock(said: str) -> time:
    """A time as `13:00`, of twenty-four hours.

    :raises NotATime: it is none.
    """
    found = CLOCK.fullmatch(said.strip())
    hour, minute = map(int, found.groups()) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise NotATime("Write the time as 13:00.")
    return time(hour, minute)


def moment(on: date, at: time, zone: str) -> datetime:
    """That time of that day in this zone, in UTC. An hour that comes twice is the first one.

    :raises NotATime: the clocks go forward over it.
    """
    here = ZoneInfo(zone)
    meant = datetime.combine(on, at, here)
    found = meant.astimezone(UTC)
    if found.astimezone(here).replace(tzinfo=None) != meant.replace(tzinfo=None):
        raise NotATime("The clocks go forward over this time: it does not exist on that day.")
    return found


def sent(pointer: str, said: str, zone: str) -> datetime:
    """A moment as a form sends it, `2026-03-10T13:00`.

    :raises Invalid: it names no moment.
    """
    on, _, at = said.partition("T")
    try:
        return moment(day(on), clock(at), zone)
    except NotATime as why:
        raise Invalid.at(pointer, str(why)) from None


def zone_sent(said: str | None, clinics: str) -> str:
    """The zone that times were typed in: the clinic may have moved to another since.

    :raises Invalid: it is none.
    """
    if said is None or said == clinics:
        return clinics
    if not is_zone(said):
        raise Invalid.at("/zone", "Not a time zone, such as Europe/London.")
    return said


def wall(at: datetime, zone: str) -> str:
    """A moment by the clock on that wall, as a form and a table write it."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def today(at: datetime, zone: str) -> date:
    """Which day it is there."""
    return at.astimezone(ZoneInfo(zone)).date()


def midnight(on: date, zone: str) -> datetime:
    """When a day begins there, in UTC."""
    return datetime.combine(on, time(), ZoneInfo(zone)).astimezone(UTC)
