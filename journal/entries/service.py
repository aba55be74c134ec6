"""Write and delete entries, as their author.

Every write locks the journal's counter row first, so one patient's writes queue behind each other
and are numbered without gaps in the order they commit; patients never wait for each other. A
write whose parent is not the head is kept as a conflicting revision: nothing sent is dropped.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat as uuids
from sqlalchemy import Connection, Row, and_, delete, select, update
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.db import insert_once
from journal.entries import rows
from journal.entries.models import Entry, Journal, Kept, Revision, Tombstone
from journal.entries.rows import Draft, Pen
from journal.errors import Gone, Invalid, NotFound
from journal.media import service as media
from journal.vault import keys


@dataclass(frozen=True, slots=True)
class Saved:
    """What the server now has. `conflicts` are texts that wait for the author's choice."""

    id: UUID
    revision: UUID
    n: int
    saved_at: datetime
    conflicts: tuple[UUID, ...]
    created: bool = False
    conflicting: bool = False


def take_pen(session: Session, author: Patient) -> Pen:
    """Lock the author's journal until the transaction ends.

    The lock comes before everything else is read: what is read before waiting would be stale.
    """
    connection, mine = session.connection(), {"patient": author.id}
    row = connection.execute(rows.TAKE_PEN, mine).one_or_none()
    if row is None:
        insert_once(session, Journal, patient_id=author.id, epoch=uuids.uuid4(), n=0)
        row = connection.execute(rows.TAKE_PEN, mine).one()
    key = keys.ring(session).unwrap(author.id, row.master, row.wrapped)
    return Pen(author.id, row.epoch, row.n, key)


def write(session: Session, pen: Pen, draft: Draft, *, at: datetime) -> Saved:
    """Keep one draft; a revision that is known already replays its answer.

    :raises Gone: the entry was deleted.
    :raises Invalid: the revision id belongs to another entry, or the guide changed.
    """
    connection = session.connection()
    now = rows.standing(connection, pen, draft)
    if now.known_entry is not None:
        if now.known_entry != draft.id:
            raise Invalid.at("/revision", "Belongs to another entry.")
        return _saved(connection, pen, draft.id, now, conflicting=now.known_kept is Kept.CONFLICT)
    if now.tombstone is not None:
        raise Gone("This was deleted on another device.")
    if now.head is not None and now.guide != draft.guide:
        raise Invalid.at("/guide", "An entry keeps its guide.")
    pen.n += 1
    created = now.head is None
    conflicting = not created and draft.parent != now.head
    if created:
        rows.insert_entry(connection, pen, draft, at)
    else:
        rows.move_head(connection, pen, draft, conflicting)
    rows.insert_revision(connection, pen, draft, Kept.CONFLICT if conflicting else Kept.LINE, at)
    # Who goes on writing in one of two texts replaces that text, and speaks for no other.
    settled = set(draft.resolves) & {draft.parent} if conflicting else draft.resolves
    if settled:
        rows.resolve(connection, pen, draft, settled)
    rows.put_down(connection, pen)
    if created:
        return Saved(draft.id, draft.revision, pen.n, at, (), created=True)
    now = rows.standing(connection, pen, draft)
    return _saved(connection, pen, draft.id, now, conflicting=conflicting)


def erase(session: Session, author: Patient, entry_id: UUID) -> None:
    """Delete an entry and all its revisions; leave its id and number behind.

    :raises NotFound: there never was such an entry.
    """
    pen = take_pen(session, author)
    here = and_(Entry.patient_id == author.id, Entry.id == entry_id)
    if session.scalar(select(Entry.n).where(here)) is None:
        if session.get(Tombstone, (author.id, entry_id)):
            return
        raise NotFound
    session.execute(delete(Entry).where(here))
    media.close_entry(session, author, entry_id)
    pen.n += 1
    session.add(Tombstone(patient_id=author.id, id=entry_id, n=pen.n))
    session.flush()
    rows.put_down(session.connection(), pen)


def renumber(session: Session) -> int:
    """Give every journal a new numbering; return how many.

    After a restore the numbers repeat with other meanings. Devices that hold a cursor of the old
    numbering start over and send again what the restored database lacks.
    """
    found = session.scalars(select(Journal.patient_id)).all()
    for patient_id in found:
        here = Journal.patient_id == patient_id
        session.execute(update(Journal).where(here).values(epoch=uuids.uuid4()))
    return len(found)


def _saved(
    connection: Connection, pen: Pen, entry_id: UUID, now: Row[Any], *, conflicting: bool
) -> Saved:
    waiting = connection.scalars(
        select(Revision.id)
        .where(
            Revision.patient_id == pen.patient_id,
            Revision.entry_id == entry_id,
            Revision.kept == Kept.CONFLICT,
        )
        .order_by(Revision.saved_at, Revision.id)
    )
    return Saved(entry_id, now.head, now.n, now.saved_at, tuple(waiting), conflicting=conflicting)
