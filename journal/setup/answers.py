"""What `journal setup` takes for an answer."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

import click
from marshmallow import ValidationError

from journal.accounts.naming import LONGEST_NAME
from journal.catalog.texts import DIALLED, Number
from journal.content import library
from journal.reception import local

NUMBER = re.compile(r"\s*([^:;]+):\s*([^();]+?)\s*(?:\(([^()]*)\))?\s*")
NUMBERS = "Reception: +44 20 7946 0018 (Mon to Fri 9 to 5); At night: +44 20 7946 0019 (always)"
LONGEST = 120  # letters of a clinic's name


def clinic(text: str) -> str:
    """What a clinic is called.

    :raises click.BadParameter: it is no name.
    """
    return _name(text, LONGEST)


def person(text: str) -> str:
    """A name as people say it, no longer than one can be anywhere.

    :raises click.BadParameter: it is none.
    """
    return _name(text, LONGEST_NAME)


def address(text: str) -> str:
    """Where the site is: HTTPS, or this machine.

    :raises click.BadParameter: it is none.
    """
    address = text.strip().rstrip("/").lower()
    parts = urlsplit(address)
    secure = parts.scheme == "https" or (parts.scheme, parts.hostname) == ("http", "localhost")
    if not (secure and parts.hostname and not parts.path and not parts.query):
        raise click.BadParameter("https://name.of.the.site (plain http for localhost alone)")
    return address


def regions() -> Sequence[str]:
    """The regions whose emergency numbers and crisis lines are known."""
    return [one.region for one in library.load().regions]


def region(text: str) -> str:
    """One of the regions whose lines are known.

    :raises click.BadParameter: it is none.
    """
    region = text.strip().upper()
    if region not in regions():
        raise click.BadParameter(f"one of {', '.join(regions())}; * is everywhere else")
    return region


def zone(text: str) -> str:
    """A time zone.

    :raises click.BadParameter: it is none.
    """
    if not local.is_zone(text.strip()):
        raise click.BadParameter("a zone of the IANA database, such as Europe/London")
    return text.strip()


def clear(text: str) -> str:
    """A time of the morning.

    :raises click.BadParameter: it is none.
    """
    try:
        return f"{local.clock(text):%H:%M}"
    except local.NotATime as why:
        raise click.BadParameter(str(why)) from None


def dialled(text: str) -> str:
    """Telephone numbers, as they were written.

    :raises click.BadParameter: it is none.
    """
    numbers(text)
    return text


def numbers(text: str) -> list[Number]:
    """The same, each apart; `-` is none.

    :raises click.BadParameter: it is none.
    """
    if text.strip() in {"", "-"}:
        return []
    found = []
    for one in filter(str.strip, text.split(";")):
        parts = NUMBER.fullmatch(one)
        try:
            phone = DIALLED(parts[2] if parts else "")
        except ValidationError:
            parts = None
        if parts is None:
            raise click.BadParameter(f"each as: name: number (hours). For example: {NUMBERS}")
        found.append(Number(parts[1].strip(), str(phone), (parts[3] or "").strip()))
    return found


def _name(text: str, longest: int) -> str:
    name = " ".join(text.split())
    if not name or len(name) > longest or not name.isprintable():
        raise click.BadParameter(f"a name has 1 to {longest} letters")
    return name
