"""Recordings, photos and drawings that go along with an entry, or without its words.

They leave as copies, in an excerpt of their own and of a kind of their own. A recording or a photo
is named by its medium's id; a drawing lies in the answer, and is named `<item>/<part>`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.content.caught_lines import STAYS
from journal.content.guides import Guide, GuideKind, Item, Kind, Part, Share
from journal.content.shown import Line
from journal.entries.reading import Opened
from journal.errors import Invalid, JournalError
from journal.handover.choice import Choice
from journal.media import copies
from journal.media.copies import Copied
from journal.media.models import CopyKind
from journal.sharing.models import What

CATEGORY = "drawings-voice"
DRAWING = "application/json"
SIZES = {"seconds": "length", "width": "width", "height": "height"}
"""What an answer says of how long or large it is, and what its reader gets of that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """One of them, as the answer holds it."""

    item: Item
    name: str
    kind: CopyKind
    row: dict[str, Any] = field(repr=False)


def picked(guide: Guide, entry: Opened, choice: Choice) -> list[Picked]:
    """What was chosen of them, in the order of the guide.

    :raises Invalid: it is not among the media of the chosen answers, or cannot leave at all.
    """
    if not choice.media:
        return []
    if guide.kind is GuideKind.CONCERN:
        raise Invalid.at("/what", "This cannot be handed over.")
    there = [one for item in _may(guide, choice) for one in _of(item, entry)]
    if not {one.name for one in there}.issuperset(choice.media):
        raise Invalid.at("/what/media", "This is not part of the chosen answers.")
    return [one for one in there if one.name in choice.media]


def sealed(
    session: Session, author: Patient, entry: Opened, some: Sequence[Picked]
) -> list[Copied]:
    """Copy the bytes of what was picked into the store, each under a key that no row holds yet.

    :raises Conflict: a medium has not come yet.
    :raises NoRoom: they would not fit.
    """
    drawings = {one.name: _drawing(one) for one in some if one.kind is CopyKind.DRAWING}
    media = {
        one.name: copies.ready(session, author, UUID(one.name), entry.id)
        for one in some
        if one.name not in drawings
    }
    sizes = [medium.told.size for medium in media.values()] + list(map(len, drawings.values()))
    copies.require_room(session, author.id, sum(sizes))
    made: list[Copied] = []
    try:
        for one in some:
            if one.name in media:
                made.append(copies.of_medium(session, media[one.name]))
            else:
                whole = drawings[one.name]
                made.append(copies.of_bytes(session, author, one.kind, DRAWING, whole))
    except JournalError:
        copies.discard(made)
        raise
    return made


def content(
    guide: Guide, choice: Choice, some: Sequence[Picked], made: Sequence[Copied]
) -> dict[str, Any]:
    """What the excerpt says of the copies, with their captions if words go along."""
    items: dict[str, dict[str, Any]] = {}
    for one, copied in zip(some, made, strict=True):
        answered = items.setdefault(
            one.item.id, {"question": one.item.text, "answer": {"lines": []}, "media": []}
        )
        if choice.words and one.row.get("caption", "").strip():
            answered["answer"]["lines"].append(Line(label=None, value=one.row["caption"], own=True))
        said = {"id": copied.id, "kind": copied.kind.value, "type": copied.type}
        said |= {SIZES[name]: one.row[name] for name in SIZES if name in one.row}
        answered["media"].append(said)
    return {"title": guide.title, "items": list(items.values())}


def _may(guide: Guide, choice: Choice) -> list[Item]:
    """The items whose media may go: those that were picked, or those of a whole entry."""
    if choice.what is What.WHOLE:
        return [item for item in guide.items if item.share is Share.ASK]
    return [
        item for item in guide.items if item.id in choice.items and item.share is not Share.NEVER
    ]


def _of(item: Item, entry: Opened) -> Iterator[Picked]:
    answer = entry.answers.get(item.id, {})
    for part in item.parts:
        if part.kind in STAYS and part.name in answer:
            yield from _rows(item, part, answer[part.name])


def _rows(item: Item, part: Part, value: Any) -> Iterator[Picked]:
    if part.kind is Kind.DRAWING:
        name = f"{item.id}/{part.name}"
        yield Picked(item=item, name=name, kind=CopyKind.DRAWING, row=value)
        return
    kind = CopyKind.PHOTO if part.kind is Kind.PHOTOS else CopyKind.RECORDING
    for row in value:
        yield Picked(item=item, name=row["media"], kind=kind, row=row)


def _drawing(one: Picked) -> bytes:
    return orjson.dumps({name: one.row[name] for name in ("width", "height", "strokes")})
