"""Read one's own journal: one entry, its earlier revisions.

Entries come from plain selects that are built once, and the opened words are passed on as the
JSON they were sealed as: nothing is decoded only to be encoded again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import and_, bindparam, exists, select
from sqlalchemy.orm import Session, aliased

from journal.accounts.principals import Patient
from journal.entries import conflicts
from journal.entries.models import Entry, Kept, Revision
from journal.entries.rows import place
from journal.errors import NotFound
from journal.vault import keys
from journal.vault.keys import DataKey, Of, belongs

Wire = dict[str, Any]


_other = aliased(Revision)

HEADS = (
    select(
        Entry.id,
        Entry.n,
        Entry.head,
        Entry.guide,
        Entry.edition,
        Entry.occurred_at,
        Entry.zone,
        Entry.created_at,
        Revision.saved_at,
        Revision.body,
        exists()
        .where(
            _other.patient_id == Entry.patient_id,
            _other.entry_id == Entry.id,
            _other.kept == Kept.CONFLICT,
        )
        .label("waits"),
        DataKey.master,
        DataKey.wrapped,
    )
    .join(Revision, and_(Revision.patient_id == Entry.patient_id, Revision.id == Entry.head))
    .join(DataKey, belongs(Entry.patient_id, Of.ACCOUNT))
    .where(Entry.patient_id == bindparam("patient"))
)
"""An author's entries, each with the words it has now and the key that opens them."""

ONE = HEADS.where(Entry.id == bindparam("entry"))


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry with its words, cut loose from the database."""

    id: UUID
    revision: UUID
    guide: str
    edition: int
    occurred_at: datetime
    zone: str
    answers: dict[str, Any] = field(repr=False)


def entry(session: Session, author: Patient, entry_id: UUID) -> Wire:
    """One entry with its words.

    :raises NotFound: absent, deleted or another's.
    """
    mine = {"patient": author.id, "entry": entry_id}
    found = session.connection().execute(ONE, mine).all()
    if not found:
        raise NotFound
    return wires(session, author, found)[0]


def revisions(session: Session, author: Patient, entry_id: UUID) -> list[Wire]:
    """All texts an entry ever had, newest first.

    :raises NotFound: absent, deleted or another's.
    """
    head = session.scalar(
        select(Entry.head).where(Entry.patient_id == author.id, Entry.id == entry_id)
    )
    if head is None:
        raise NotFound
    key = keys.key(session, author.id)
    rows = session.connection().execute(
        select(Revision.id, Revision.saved_at, Revision.kept, Revision.edition, Revision.body)
        .where(Revision.patient_id == author.id, Revision.entry_id == entry_id)
        .order_by(Revision.saved_at.desc(), Revision.id.desc())
    )
    kinds = {Kept.LINE: "earlier", Kept.CONFLICT: "conflict", Kept.RESOLVED: "earlier"}
    return [
        {
            "revision": row.id,
            "saved_at": row.saved_at,
            "edition": row.edition,
            "kind": "head" if row.id == head else kinds[row.kept],
            "answers": orjson.Fragment(row.body.open(key, place(entry_id, row.id))),
        }
        for row in rows
    ]


def opened(session: Session, author: Patient, entry_id: UUID) -> Opened:
    """One entry for code that acts as its author.

    :raises NotFound: absent, deleted or another's.
    """
    mine = {"patient": author.id, "entry": entry_id}
    row = session.connection().execute(ONE, mine).one_or_none()
    if row is None:
        raise NotFound
    key = keys.ring(session).unwrap(author.id, row.master, row.wrapped)
    words = row.body.open(key, place(row.id, row.head))
    return Opened(
        row.id, row.head, row.guide, row.edition, row.occurred_at, row.zone, orjson.loads(words)
    )


def wires(session: Session, author: Patient, rows: Sequence[Any]) -> list[Wire]:
    """Open rows of `HEADS`; their words stay the JSON they were sealed as."""
    if not rows:
        return []
    key = keys.ring(session).unwrap(author.id, rows[0].master, rows[0].wrapped)
    disputed = {row.id: row.head for row in rows if row.waits}
    waiting = conflicts.waiting(session, author, key, disputed)
    return [
        {
            "id": row.id,
            "guide": row.guide,
            "edition": row.edition,
            "revision": row.head,
            "n": row.n,
            "created_at": row.created_at,
            "occurred_at": row.occurred_at,
            "zone": row.zone,
            "saved_at": row.saved_at,
            "answers": orjson.Fragment(row.body.open(key, place(row.id, row.head))),
            "conflicts": waiting.get(row.id, []),
        }
        for row in rows
    ]
