"""One check for each kind of part: what does not fit is said in words, what fits is None."""

from collections.abc import Callable, Collection
from typing import Any

from journal.content.guides import Kind, Part
from journal.content.shapes import BodyMap

Check = Callable[[Any], str | None]

MAX_OTHER, MAX_WORD, MAX_PHONE = 200, 40, 60  # characters
MAX_ROWS = 50  # places or contacts in one answer


def check_of(part: Part, body_map: BodyMap) -> Check:
    """The check for the values of one part."""
    ids = frozenset(option.id for option in part.options)
    match part.kind:
        case Kind.TEXT:
            return text_up_to(part.most or 0)
        case Kind.CHOICE:
            return lambda value: None if _among(value, ids) else "This is not one of the options."
        case Kind.CHOICES:
            return _several(lambda one: _among(one, ids), "options", part.most)
        case Kind.SCALE:
            return _scale
        case Kind.WORDS:
            word = text_up_to(MAX_WORD)
            return _several(lambda one: word(one) is None and one.strip(), "words", part.most)
        case Kind.PLACES:
            return _rows(lambda row: _place_fault(row, body_map))
        case Kind.CONTACTS:
            return _rows(_contact_fault)


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


def _among(value: Any, known: Collection[str]) -> bool:
    return isinstance(value, str) and value in known


def _several(fits: Callable[[Any], Any], what: str, most: int | None) -> Check:
    def check(value: Any) -> str | None:
        if not isinstance(value, list):
            return "This is not a list."
        if most is not None and len(value) > most:
            return f"Pick up to {most}."
        if not all(fits(one) for one in value):
            return f"Something here is not one of the {what}."
        return "Something is picked twice." if len(set(value)) < len(value) else None

    return check


def _scale(value: Any) -> str | None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return None if whole and 0 <= value <= 10 else "Pick a number from 0 to 10."


def _rows(fault_of: Callable[[Any], str | None]) -> Check:
    def check(value: Any) -> str | None:
        if not isinstance(value, list):
            return "This is not a list."
        if len(value) > MAX_ROWS:
            return f"There are more than {MAX_ROWS}."
        return next((fault for row in value if (fault := fault_of(row))), None)

    return check


def _place_fault(row: Any, body_map: BodyMap) -> str | None:
    if not isinstance(row, dict) or not {"place", "kind"} <= row.keys():
        return "A place has a name and a kind."
    if row.keys() - {"place", "kind", "quality", "strength"}:
        return "A place has something that is not known."
    if not _among(row["place"], body_map.places):
        return "A place is not on the body map."
    if not _among(row["kind"], body_map.kinds):
        return "A place has a kind that is not known."
    if "quality" in row and not _among(row["quality"], body_map.qualities):
        return "A place has a quality that is not known."
    return _scale(row["strength"]) if "strength" in row else None


def _contact_fault(row: Any) -> str | None:
    if not isinstance(row, dict) or row.keys() != {"name", "phone"}:
        return "A contact has a name and a phone."
    return text_up_to(MAX_OTHER)(row["name"]) or text_up_to(MAX_PHONE)(row["phone"])
