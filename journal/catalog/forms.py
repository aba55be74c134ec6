"""What an admin's browser sent, made into a guide, a skill or texts, or into a clear refusal."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from marshmallow import ValidationError

from journal.catalog import stored
from journal.catalog.models import ContentKind
from journal.catalog.texts import ID, ClinicTexts
from journal.content.guides import Guide
from journal.content.shapes import Skill
from journal.errors import Invalid
from journal.web import problems

LONGEST = 2_000  # characters of one text
MOST = {"items": 60, "options": 40, "parts": 10, "numbers": 20, "after_dose": 20}
MOST_ROWS = 60
DEEPEST = 8
LARGEST = 1_000_000

Fault = dict[str, str]

STANDING = ("edition", "editable", "origin")
"""What the server says about a guide and does not want to hear back."""


def guide(sent: Any, id: str) -> Guide:
    """A guide as it is to be.

    :raises Invalid: a field does not fit; the pointers name it.
    """
    found: Guide = _made(ContentKind.GUIDE, sent, id)
    return found


def skill(sent: Any, id: str) -> Skill:
    """A skill as it is to be.

    :raises Invalid: a field does not fit; the pointers name it.
    """
    found: Skill = _made(ContentKind.SKILL, sent, id)
    return found


def texts(sent: Any) -> ClinicTexts:
    """A clinic's texts as they are to be.

    :raises Invalid: a field does not fit; the pointers name it.
    """
    found: ClinicTexts = _made(ContentKind.TEXTS, sent, ID)
    return found


def _made(kind: ContentKind, sent: Any, id: str) -> Any:
    if not isinstance(sent, Mapping):
        raise Invalid.at("", "Not an object.")
    if faults := list(islice(_too_much(sent), problems.MOST_ERRORS)):
        raise Invalid(errors=faults)
    fields = {name: value for name, value in stored.bare(sent).items() if name not in STANDING}
    if kind is not ContentKind.TEXTS and fields.setdefault("id", id) != id:
        raise Invalid.at("/id", "This is another one's address.")
    try:
        return stored.load(kind, fields)
    except ValidationError as error:
        raise Invalid(errors=problems.some(error.messages)) from None


def _too_much(value: Any, path: str = "", name: str = "", depth: int = 0) -> Iterator[Fault]:
    """What no text of a clinic needs, found before any field is looked at."""
    if depth > DEEPEST:
        yield {"pointer": path, "detail": "Nested too deeply."}
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _too_much(inner, f"{path}/{problems.step(key)}", str(key), depth + 1)
    elif isinstance(value, list):
        most = MOST.get(name, MOST_ROWS)
        if len(value) > most:
            yield {"pointer": path, "detail": f"There are more than {most}."}
            return
        for place, inner in enumerate(value):
            yield from _too_much(inner, f"{path}/{place}", depth=depth + 1)
    elif fault := _fault_of(value):
        yield {"pointer": path, "detail": fault}


def _fault_of(value: Any) -> str | None:
    if isinstance(value, str):
        if len(value) > LONGEST:
            return f"Longer than {LONGEST:,} characters."
        return None if value.isprintable() else "Has a character that cannot be kept."
    if isinstance(value, int | float) and not abs(value) <= LARGEST:
        return "Too large a number."
    return None
