"""Checks for the larger values: rows of fields. What does not fit is said in words."""

import base64
import binascii
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from journal.content.shapes import BodyMap

Check = Callable[[Any], str | None]

MAX_OTHER, MAX_WORD, MAX_PHONE, MAX_LINE = 200, 40, 60, 2_000  # characters
MAX_ROWS, MAX_LIST = 50, 20
MAX_PICTURE = 2_000_000  # characters of base64

STATUSES = ("open", "did", "part", "changed", "not-today", "dropped")
TOLD = ("yes", "no", "not-yet")
PICTURES = ("image/jpeg", "image/png", "image/webp")


def text_up_to(length: int) -> Check:
    """Text of at most `length` characters that UTF-8 and every database can hold."""

    def check(value: Any) -> str | None:
        if not isinstance(value, str):
            return "This is not text."
        if len(value) > length:
            return f"This is longer than {length:,} characters."
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                return "This has a character that cannot be kept."
        return "This has a character that cannot be kept." if "\x00" in value else None

    return check


def among(value: Any, known: Collection[str]) -> bool:
    """Whether the value is one of the known names."""
    return isinstance(value, str) and value in known


def scale(value: Any) -> str | None:
    """A number from 0 to 10."""
    return None if whole(value, 0, 10) else "Pick a number from 0 to 10."


def day(value: Any) -> str | None:
    """A day of the calendar, `2026-05-04`."""
    try:
        return None if date.fromisoformat(value).isoformat() == value else "This is not a day."
    except (TypeError, ValueError):
        return "This is not a day."


def is_id(value: Any) -> bool:
    """Whether the value is a UUID as it is written everywhere here."""
    try:
        return bool(str(UUID(value)) == value)
    except (TypeError, ValueError, AttributeError):
        return False


def is_own(skill: str) -> bool:
    """Whether a skill is the person's own: an entry of theirs, where others have a name."""
    return is_id(skill)


def several(fault_of: Check, *, most: int | None = None, once: str | None = None) -> Check:
    """A list of rows; no two of them with the same `once`."""
    limit = MAX_ROWS if most is None else most

    def check(value: Any) -> str | None:
        if not isinstance(value, list):
            return "This is not a list."
        if len(value) > limit:
            return f"There are more than {limit}."
        for row in value:
            if fault := fault_of(row):
                return fault
        if once and len({row[once] for row in value}) < len(value):
            return "Something is picked twice."
        return None

    return check


def record(what: str, must: Mapping[str, Check], may: Mapping[str, Check]) -> Check:
    """An object with the fields of `must`, perhaps those of `may`, and no others."""
    known = {**must, **may}

    def check(row: Any) -> str | None:
        if not isinstance(row, dict) or not must.keys() <= row.keys():
            return f"{what} has {' and '.join(f'a {name}' for name in must)}."
        if row.keys() - known.keys():
            return f"{what} has something that is not known."
        faults = (known[name](value) for name, value in row.items())
        return next((fault for fault in faults if fault), None)

    return check


def one_of(known: Collection[str], fault: str) -> Check:
    return lambda value: None if among(value, known) else fault


def number(least: int, most: int) -> Check:
    fault = f"Give a number from {least} to {most}."
    return lambda value: None if whole(value, least, most) else fault


def whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _flag(value: Any) -> str | None:
    return None if isinstance(value, bool) else "This is neither yes nor no."


def _encoded(value: Any) -> str | None:
    if fault := text_up_to(MAX_PICTURE)(value):
        return fault
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return "This is not a picture."
    return None


def place(body_map: BodyMap) -> Check:
    """One place of the body map and what is felt there."""
    return record(
        "A place",
        {
            "place": one_of(body_map.places, "A place is not on the body map."),
            "kind": one_of(body_map.kinds, "A place has a kind that is not known."),
        },
        {
            "quality": one_of(body_map.qualities, "A place has a quality that is not known."),
            "strength": scale,
        },
    )


def effect(codes: Collection[str]) -> Check:
    """One after-effect."""
    line = text_up_to(MAX_LINE)
    return record(
        "An effect",
        {"code": one_of(codes, "An effect is not on the list.")},
        {
            "strength": number(1, 3),
            "still": _flag,
            "told": one_of(TOLD, "Something here is not one of the options."),
            "since": line,
            "helped": line,
            "note": line,
            "systolic": number(30, 350),
            "diastolic": number(10, 250),
            "pulse": number(10, 350),
        },
    )


_line = text_up_to(MAX_LINE)

CONTACT = record("A contact", {"name": text_up_to(MAX_OTHER), "phone": text_up_to(MAX_PHONE)}, {})
STEP = record(
    "A small step",
    {"what": _line},
    {
        "when": _line,
        "where": _line,
        "tiny": _line,
        "status": one_of(STATUSES, "Something here is not one of the options."),
    },
)
SKILL = record("A skill", {"skill": text_up_to(64), "title": text_up_to(MAX_OTHER)}, {})
PICTURE = record(
    "A picture",
    {"type": one_of(PICTURES, "This kind of picture is not known."), "data": _encoded},
    {"name": text_up_to(MAX_OTHER)},
)
