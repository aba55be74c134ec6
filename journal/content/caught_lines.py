"""What is caught without words, as lines to read; and answers without it."""

from collections.abc import Iterator, Mapping
from typing import Any

from journal.content.guides import Guide, Kind, Part

STAYS = frozenset({Kind.RECORDINGS, Kind.DRAWING, Kind.PHOTOS})
"""Kinds that stay with the person: what is handed over of an entry is its words."""


def recordings(_: Part, value: list[dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    """One line for each recording, with how long it is."""
    for row in value:
        yield _said(f"Recording, {_duration(row['seconds'])}", row), False


def drawing(_: Part, value: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """One line for a drawing."""
    yield _said("Drawing", value), False


def photos(_: Part, value: list[dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    """One line for each photo."""
    for row in value:
        yield _said("Photo", row), False


def words_only(guide: Guide, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers without what stays with the person: as if it had not been caught."""
    return {id: _without(guide, id, answer) for id, answer in answers.items()}


def _without(guide: Guide, id: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    stays = {part.name for part in guide.item(id).parts if part.kind in STAYS}
    return {name: value for name, value in answer.items() if name not in stays}


def _said(what: str, row: Mapping[str, Any]) -> str:
    caption = row.get("caption", "").strip()
    return f"{what}: {caption}" if caption else what


def _duration(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    said = [f"{minutes} min"] if minutes else []
    return " ".join([*said, f"{rest} s"] if rest or not minutes else said)
