"""Days and times as one would write them on paper: with the year, since paper is kept."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def day(at: str | datetime, zone: str) -> str:
    """10 March 2026."""
    here = _here(at, zone)
    return f"{here.day} {here:%B %Y}"


def time(at: str | datetime, zone: str) -> str:
    """10 March 2026, 9:05."""
    here = _here(at, zone)
    return f"{day(here, zone)}, {here.hour}:{here:%M}"


def last_day(end: str | datetime, zone: str) -> str:
    """The day before an end that falls on midnight."""
    return day(_here(end, zone) - timedelta(microseconds=1), zone)


def _here(at: str | datetime, zone: str) -> datetime:
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return moment.astimezone(ZoneInfo(zone))
