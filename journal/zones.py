"""The time zones that somebody can be in."""

from functools import cache
from zoneinfo import available_timezones

NO_PLACES = {"Factory", "localtime"}
"""Names that a machine's folder of zones has and no browser knows: a screen cannot show a time."""


@cache
def known() -> frozenset[str]:
    """The names of the IANA database, such as Europe/London."""
    return frozenset(available_timezones() - NO_PLACES)
