"""The statements that saving is made of, as plain selects and inserts, built once.

Saving is the most frequent write; the mapper, or building a statement anew for each request, costs
several times what the rest of the request does.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection, Row, and_, bindparam, insert, select, update

from journal.entries.models import Entry, Journal, Kept, Revision, Tombstone
from journal.vault.keys import DataKey, Of, belongs
from journal.vault.sealed import Sealed

TAKE_PEN = (
    select(Journal.epoch, Journal.n, DataKey.master, DataKey.wrapped)
    .join(DataKey, belongs(Journal.patient_id, Of.ACCOUNT))
    .where(Journal.patient_id == bindparam("patient"))
    .with_for_update(of=Journal)
)

_head, _known = Revision.__table__.alias("head"), Revision.__table__.alias("known")

STANDING = (
    select(
        Entry.head,
        Entry.n,
        Entry.guide,
        _head.c.saved_at,
        _known.c.entry_id.label("known_entry"),
        _known.c.kept.label("known_kept"),
        Tombstone.n.label("tombstone"),
    )
    .select_from(Journal)
    .outerjoin(Entry, and_(Entry.patient_id == Journal.patient_id, Entry.id == bindparam("entry")))
    .outerjoin(_head, and_(_head.c.patient_id == Entry.patient_id, _head.c.id == Entry.head))
    .outerjoin(
        _known,
        and_(_known.c.patient_id == Journal.patient_id, _known.c.id == bindparam("revision")),
    )
    .outerjoin(
        Tombstone,
        and_(Tombstone.patient_id == Journal.patient_id, Tombstone.id == bindparam("entry")),
    )
    .where(Journal.patient_id == bindparam("patient"))
)

PUT_DOWN = (
    update(Journal).where(Journal.patient_id == bindparam("patient")).values(n=bindparam("counted"))
)

INSERT_ENTRY, INSERT_REVISION = insert(Entry), insert(Revision)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a device sends: one entry at one revision, checked against its guide."""

    id: UUID
    revision: UUID
    parent: UUID | None
    guide: str
    edition: int
    occurred_at: datetime
    zone: str
    answers: Mapping[str, Any] = field(repr=False)
    resolves: tuple[UUID, ...] = ()


@dataclass(slots=True)
class Pen:
    """One journal, locked for writing, with its key open."""

    patient_id: UUID
    epoch: UUID
    n: int
    key: bytes = field(repr=False)


def standing(connection: Connection, pen: Pen, draft: Draft) -> Row[Any]:
    """How things stand: the entry, whether the revision is known, whether it was deleted."""
    known = {"patient": pen.patient_id, "entry": draft.id, "revision": draft.revision}
    return connection.execute(STANDING, known).one()


def put_down(connection: Connection, pen: Pen) -> None:
    """Write the journal's number back."""
    connection.execute(PUT_DOWN, {"patient": pen.patient_id, "counted": pen.n})


def insert_entry(connection: Connection, pen: Pen, draft: Draft, at: datetime) -> None:
    """Add an entry whose head is this draft."""
    connection.execute(
        INSERT_ENTRY,
        {
            "patient_id": pen.patient_id,
            "id": draft.id,
            "n": pen.n,
            "head": draft.revision,
            "guide": draft.guide,
            "edition": draft.edition,
            "occurred_at": draft.occurred_at,
            "zone": draft.zone,
            "created_at": at,
        },
    )


def move_head(connection: Connection, pen: Pen, draft: Draft, conflicting: bool) -> None:
    """Number the change; make the draft the head unless it conflicts."""
    changes: dict[str, Any] = {"n": pen.n}
    if not conflicting:
        changes |= {
            "head": draft.revision,
            "edition": draft.edition,
            "occurred_at": draft.occurred_at,
            "zone": draft.zone,
        }
    here = and_(Entry.patient_id == pen.patient_id, Entry.id == draft.id)
    connection.execute(update(Entry).where(here).values(**changes))


def insert_revision(
    connection: Connection, pen: Pen, draft: Draft, kept: Kept, at: datetime
) -> None:
    """Add the draft's words, sealed for this place."""
    words = orjson.dumps(draft.answers)
    connection.execute(
        INSERT_REVISION,
        {
            "patient_id": pen.patient_id,
            "id": draft.revision,
            "entry_id": draft.id,
            "parent": draft.parent,
            "kept": kept,
            "edition": draft.edition,
            "saved_at": at,
            "body": Sealed.seal(words, pen.key, place(draft.id, draft.revision)),
        },
    )


def resolve(connection: Connection, pen: Pen, draft: Draft, settled: Collection[UUID]) -> None:
    """Mark the conflicts that this draft settles."""
    connection.execute(
        update(Revision)
        .where(
            Revision.patient_id == pen.patient_id,
            Revision.entry_id == draft.id,
            Revision.id.in_(settled),
            Revision.kept == Kept.CONFLICT,
        )
        .values(kept=Kept.RESOLVED)
    )


def place(entry_id: UUID, revision: UUID) -> str:
    """Where a revision's words belong: they open nowhere else."""
    return f"entry/{entry_id}/{revision}"
