"""The texts that wait for their author's choice, each with the text both sides grew from.

The common text tells which answers were changed on which side: where no answer was changed on
both, the device can offer to put the two together.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.entries.models import Kept, Revision
from journal.entries.rows import place

Wire = dict[str, Any]


def waiting(
    session: Session, author: Patient, key: bytes, heads: Mapping[UUID, UUID]
) -> dict[UUID, list[Wire]]:
    """The waiting texts of these entries, oldest first. `heads` names each entry's present text."""
    found: dict[UUID, list[Wire]] = defaultdict(list)
    if not heads:
        return found
    rows = _rows(session, author, heads)
    parents = {row.id: row.parent for row in rows}
    texts = [row for row in rows if row.kept is Kept.CONFLICT]
    bases = {row.id: _base(parents, row.id, heads[row.entry_id]) for row in texts}
    words = _words(session, author, {*bases, *bases.values()} - {None})
    for row in texts:
        at = [(row.entry_id, row.id), (row.entry_id, bases[row.id])]
        text, base = (_open(key, words, *one) for one in at)
        found[row.entry_id].append(
            {"revision": row.id, "saved_at": row.saved_at, "answers": text, "base": base}
        )
    return found


def _rows(session: Session, author: Patient, heads: Mapping[UUID, UUID]) -> list[Any]:
    """Every revision of these entries, without its words."""
    return list(
        session.connection().execute(
            select(
                Revision.entry_id, Revision.id, Revision.parent, Revision.kept, Revision.saved_at
            )
            .where(Revision.patient_id == author.id, Revision.entry_id.in_(list(heads)))
            .order_by(Revision.saved_at, Revision.id)
        )
    )


def _words(session: Session, author: Patient, ids: set[Any]) -> dict[UUID, Any]:
    rows = session.connection().execute(
        select(Revision.id, Revision.body).where(
            Revision.patient_id == author.id, Revision.id.in_(list(ids))
        )
    )
    return {row.id: row.body for row in rows}


def _open(
    key: bytes, words: Mapping[UUID, Any], entry: UUID, revision: UUID | None
) -> orjson.Fragment | None:
    if revision is None:
        return None
    return orjson.Fragment(words[revision].open(key, place(entry, revision)))


def _base(parents: Mapping[UUID, UUID | None], text: UUID, head: UUID) -> UUID | None:
    """The nearest text that both grew from; None where they have none in common."""
    line = set(_ancestors(parents, head))
    return next((each for each in _ancestors(parents, text) if each in line), None)


def _ancestors(parents: Mapping[UUID, UUID | None], text: UUID) -> Iterator[UUID]:
    """A text and all it grew from. A parent is named by the device, so a ring is possible."""
    seen: set[UUID] = set()
    step: UUID | None = text
    while step is not None and step in parents and step not in seen:
        seen.add(step)
        yield step
        step = parents[step]
