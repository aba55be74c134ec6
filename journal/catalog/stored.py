"""What an edition holds, as the bytes that are sealed: the same fields as the product's files."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

import orjson
from marshmallow import Schema

from journal.catalog.models import ContentKind
from journal.catalog.texts import ClinicTexts, TextsFile
from journal.content.files import SkillFile
from journal.content.guide_files import GuideFile
from journal.content.guides import Guide
from journal.content.shapes import Skill

Content = Guide | Skill | ClinicTexts

SCHEMAS: dict[ContentKind, Callable[[], Schema]] = {
    ContentKind.GUIDE: GuideFile,
    ContentKind.SKILL: SkillFile,
    ContentKind.TEXTS: TextsFile,
}
LISTS = frozenset(
    [
        "after_dose",
        "any",
        "clusters",
        "cutoffs",
        "items",
        "notes",
        "numbers",
        "options",
        "parts",
        "steps",
        "windows",
    ]
)
"""The fields a list is expected for."""

UNNUMBERED = 1  # what a guide or skill is called before it has an edition of its own


def load(kind: ContentKind, fields: Mapping[str, Any]) -> Any:
    """Make the value of these fields, checked the way a file of the product is.

    :raises marshmallow.ValidationError: a field does not fit.
    """
    numbered = {} if kind is ContentKind.TEXTS else {"edition": UNNUMBERED}
    return SCHEMAS[kind]().load({**fields, **numbered})


def to_bytes(content: Content) -> bytes:
    """One spelling for the same content, whichever edition it is."""
    fields = bare(asdict(content))
    fields.pop("edition", None)
    return orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)


def from_bytes(kind: ContentKind, edition: int, body: bytes) -> Any:
    """The value that was kept, under its edition."""
    content = load(kind, orjson.loads(body))
    return content if kind is ContentKind.TEXTS else replace(content, edition=edition)


def bare(value: Any) -> Any:
    """Leave out what a file leaves out: nulls, empty lists, and limits that follow from others.

    On the wire every field is there; a file has those its kind uses.
    """
    if isinstance(value, Mapping):
        kept = {name: bare(one) for name, one in value.items() if not _unsaid(name, one)}
        if "lines" in kept:
            kept.pop("max", None)
        return kept
    return [bare(one) for one in value] if isinstance(value, list | tuple) else value


def _unsaid(name: Any, value: Any) -> bool:
    # An empty list says "none" of what a list is expected for; anywhere else it is a fault.
    empty = name in LISTS and isinstance(value, list | tuple) and not value
    return value is None or empty or (name == "other" and value is False)
