"""Take media piece by piece, confirm them, and let them go with their entry.

Each medium has a random key of its own, sealed under its patient's. A piece is sealed for its
patient, medium and number, and opens nowhere else. Once the row is gone, or the patient's key, no
copy of the store can be read.
"""

import hashlib
import hmac
import os
import secrets
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.db import insert_once
from journal.errors import Conflict, Gone, Invalid, JournalError, NotFound
from journal.media import looks, pieces
from journal.media.models import ClosedEntry, Medium, Shelf
from journal.media.opened import Opened, Told, opened, place, room
from journal.media.removing import remove_after_commit
from journal.media.store import Missing
from journal.vault import keys
from journal.vault.sealed import Sealed, Unopenable

MOST = 10_000  # media of one patient


class NoRoom(JournalError):
    """This patient's media have reached the limit of this server."""

    status = 507
    title = "There is no room for more"


class NotAsAnnounced(Invalid):
    """What came is not what was announced; it has to be sent anew."""


def announce(
    session: Session, author: Patient, id: UUID, told: Told, *, at: datetime
) -> tuple[Opened, bool]:
    """Make ready for a medium; the same said again changes nothing. Also: whether it is new.

    :raises Conflict: something else was said of this id before.
    :raises Gone: its entry was deleted.
    :raises NoRoom: it would not fit.
    """
    _lock(session, author)
    if known := session.get(Medium, (author.id, id)):
        if (there := opened(session, known)).told != told:
            raise Conflict("This was announced as something else.")
        return there, False
    if session.get(ClosedEntry, (author.id, told.entry_id)):
        raise Gone("This was deleted on another device.")
    used, many = session.execute(
        select(func.coalesce(func.sum(Medium.size), 0), func.count()).where(
            Medium.patient_id == author.id
        )
    ).one()
    if used + told.size > room(session).quota or many >= MOST:
        raise NoRoom
    medium = _medium(author, id, told, keys.key(session, author.id), at)
    session.add(medium)
    session.flush()
    return opened(session, medium), True


def receive(medium: Opened, n: int, sent: bytes) -> None:
    """Keep one piece: when this returns it is on disk. Sent again, it changes nothing.

    :raises Invalid: there is no such piece, or it has another length.
    :raises NotFound: the medium was deleted meanwhile.
    """
    told = medium.told
    if n >= pieces.count(told.size):
        raise Invalid.at("/n", "There is no such piece.")
    if len(sent) != pieces.length(told.size, n):
        raise Invalid.at("", "This piece has another length.")
    if medium.complete:
        return
    try:
        medium.put(n, sent)
    except Missing:
        raise NotFound from None


def confirm(medium: Opened) -> None:
    """Read everything back and compare it with what was announced.

    :raises Conflict: pieces are missing; `missing` names them.
    :raises NotAsAnnounced: it is something else.
    """
    told = medium.told
    missing = sorted(set(range(pieces.count(told.size))) - set(medium.received()))
    if missing:
        raise Conflict("Some pieces have not come yet.", missing=missing)
    try:
        whole = medium.part(0, told.size)
    except (Missing, Unopenable):
        raise NotAsAnnounced.at("/sha256", "This cannot be read back.") from None
    if not hmac.compare_digest(hashlib.sha256(whole).hexdigest(), told.sha256):
        raise NotAsAnnounced.at("/sha256", "This is not what was announced.")
    if fault := looks.fault(told.type, whole):
        raise NotAsAnnounced.at("/type", fault)


def read(medium: Opened, start: int, stop: int) -> bytes:
    """The bytes from `start` up to `stop`, as they were sent.

    :raises NotFound: it was deleted meanwhile, or is not whole.
    """
    if not medium.complete:
        raise NotFound
    try:
        return medium.part(start, stop)
    except Missing:
        raise NotFound from None


def finish(session: Session, medium: Opened, *, at: datetime) -> None:
    """Write down that every byte is there, unless the pieces were dropped meanwhile.

    :raises NotFound: the medium was deleted meanwhile.
    :raises Conflict: it was begun anew meanwhile.
    """
    done = update(Medium).where(*_same(medium)).values(completed_at=at)
    if session.scalar(done.returning(Medium.id)):
        return
    if session.get(Medium, (medium.patient_id, medium.id)) is None:
        raise NotFound
    missing = list(range(pieces.count(medium.told.size)))
    raise Conflict("Some pieces have not come yet.", missing=missing)


def start_over(session: Session, medium: Opened) -> None:
    """Drop the pieces that came: they are to be sent anew, under another name."""
    anew = update(Medium).where(*_same(medium), Medium.completed_at.is_(None))
    if session.scalar(anew.values(blob=_name()).returning(Medium.id)):
        remove_after_commit(session, [medium.blob])


def close_entry(session: Session, author: Patient, entry_id: UUID) -> None:
    """Delete the media of an entry that is being deleted, and take no more of them.

    Rows and keys go in this transaction, the blobs once it is committed.
    """
    _lock(session, author)
    insert_once(session, ClosedEntry, patient_id=author.id, entry_id=entry_id)
    here = (Medium.patient_id == author.id, Medium.entry_id == entry_id)
    blobs = session.scalars(select(Medium.blob).where(*here)).all()
    session.execute(delete(Medium).where(*here))
    remove_after_commit(session, blobs)


def _lock(session: Session, author: Patient) -> None:
    """Let one patient's media come and go one at a time."""
    insert_once(session, Shelf, patient_id=author.id)
    session.execute(select(Shelf).where(Shelf.patient_id == author.id).with_for_update())


def _same(medium: Opened) -> tuple[ColumnElement[bool], ...]:
    """The row, as long as it still names the pieces that were looked at."""
    return (
        Medium.patient_id == medium.patient_id,
        Medium.id == medium.id,
        Medium.blob == medium.blob,
    )


def _medium(author: Patient, id: UUID, told: Told, above: bytes, at: datetime) -> Medium:
    key = os.urandom(32)
    about = orjson.dumps({"sha256": told.sha256, "seconds": told.seconds})
    return Medium(
        patient_id=author.id,
        id=id,
        entry_id=told.entry_id,
        kind=told.kind,
        type=told.type,
        size=told.size,
        blob=_name(),
        key=Sealed.seal(key, above, place(author.id, id, "key")),
        about=Sealed.seal(about, key, place(author.id, id, "about")),
        made_at=at,
        completed_at=None,
    )


def _name() -> str:
    return secrets.token_hex(16)
