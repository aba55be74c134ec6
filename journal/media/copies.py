"""Copies of media that leave the journal, each under a key of its own.

The caller seals that key under another one than the patient's (`above`), so that a copy opens
without the journal and the journal without the copy. Sealing it anew under a third key leaves the
bytes where they are. The bytes are in the store before the row is: without its row, which alone
holds the key, a copy is noise, and the sweep takes it.
"""

import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.errors import Conflict, NotFound
from journal.media import pieces, removing
from journal.media.models import CopyKind, MediaCopy
from journal.media.opened import Opened, find, room
from journal.media.service import NoRoom
from journal.media.store import Missing, Store
from journal.vault.sealed import Sealed

COLUMNS = (
    MediaCopy.patient_id,
    MediaCopy.id,
    MediaCopy.kind,
    MediaCopy.type,
    MediaCopy.size,
    MediaCopy.blob,
    MediaCopy.key,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """One copy with its key open."""

    patient_id: UUID
    id: UUID
    kind: CopyKind
    type: str
    size: int
    blob: str
    key: bytes = field(repr=False)
    store: Store = field(repr=False)

    def put(self, n: int, plain: bytes) -> None:
        """Keep piece `n`, sealed for its place, on disk."""
        self.store.put(self.blob, n, Sealed.seal(plain, self.key, self._place(n)).token)

    def whole(self) -> bytes:
        """All of its bytes.

        :raises NotFound: it was removed meanwhile.
        """
        try:
            return b"".join(self._piece(n) for n in range(pieces.count(self.size)))
        except Missing:
            raise NotFound from None

    def _piece(self, n: int) -> bytes:
        return Sealed(self.store.get(self.blob, n)).open(self.key, self._place(n))

    def _place(self, n: int) -> str:
        return place(self.patient_id, self.id, n)


def place(patient_id: UUID, id: UUID, what: int | str) -> str:
    """Where sealed bytes of a copy belong: they open nowhere else."""
    return f"copy/{patient_id}/{id}/{what}"


def ready(session: Session, author: Patient, medium_id: UUID, entry_id: UUID) -> Opened:
    """A medium of one entry of which the server has every byte.

    :raises Conflict: it has not.
    """
    try:
        medium = find(session, author, medium_id)
    except NotFound:
        medium = None
    if medium is None or not medium.complete or medium.told.entry_id != entry_id:
        raise Conflict("A recording or photo has not come yet.")
    return medium


def of_medium(session: Session, medium: Opened) -> Copied:
    """Copy a medium piece by piece: no more than one of them is ever open.

    :raises NotFound: it was deleted meanwhile.
    """
    told = medium.told
    copied = _begun(session, medium.patient_id, CopyKind(told.kind.value), told.type, told.size)
    try:
        for n in range(pieces.count(told.size)):
            copied.put(n, medium.piece(n))
    except Missing:
        discard([copied])
        raise NotFound from None
    return copied


def of_bytes(session: Session, author: Patient, kind: CopyKind, type: str, whole: bytes) -> Copied:
    """Keep bytes that are no medium of their own as a copy."""
    copied = _begun(session, author.id, kind, type, len(whole))
    for n in range(pieces.count(len(whole))):
        copied.put(n, whole[n * pieces.PIECE : (n + 1) * pieces.PIECE])
    return copied


def require_room(session: Session, patient_id: UUID, coming: int) -> None:
    """Copies have a room of their own, as large as that of the media.

    :raises NoRoom: so many bytes more would not fit.
    """
    mine = MediaCopy.patient_id == patient_id
    used = session.scalar(select(func.coalesce(func.sum(MediaCopy.size), 0)).where(mine))
    if (used or 0) + coming > room(session).quota:
        raise NoRoom


def keep(
    session: Session, some: Iterable[Copied], *, excerpt_id: UUID, above: bytes, at: datetime
) -> None:
    """Write down copies whose bytes are in the store, their keys sealed under `above`."""
    for one in some:
        session.add(
            MediaCopy(
                patient_id=one.patient_id,
                id=one.id,
                excerpt_id=excerpt_id,
                kind=one.kind,
                type=one.type,
                size=one.size,
                blob=one.blob,
                key=Sealed.seal(one.key, above, place(one.patient_id, one.id, "key")),
                made_at=at,
            )
        )
    session.flush()


def reseal(
    session: Session, patient_id: UUID, excerpt_id: UUID, was: bytes, will_be: bytes
) -> None:
    """Seal the keys of an excerpt's copies under another key; the bytes stay as they are."""
    here = (MediaCopy.patient_id == patient_id, MediaCopy.excerpt_id == excerpt_id)
    for row in session.scalars(select(MediaCopy).where(*here)):
        where = place(row.patient_id, row.id, "key")
        row.key = Sealed.seal(row.key.open(was, where), will_be, where)
    session.flush()


def remove(session: Session, patient_id: UUID, excerpts: Select[UUID]) -> None:
    """Remove the copies of these excerpts: keys in this transaction, bytes once it stands."""
    gone = delete(MediaCopy).where(
        MediaCopy.patient_id == patient_id, MediaCopy.excerpt_id.in_(excerpts)
    )
    alone = gone.execution_options(synchronize_session=False)
    if blobs := session.scalars(alone.returning(MediaCopy.blob)).all():
        removing.remove_after_commit(session, blobs)


def discard(some: Sequence[Copied]) -> None:
    """Remove the bytes of copies that got no row."""
    for one in some:
        removing.remove_now(one.store, one.blob)


def opened(session: Session, row: Any, above: bytes) -> Copied:
    """A copy from a row of `COLUMNS`, its key opened with the one it is sealed under."""
    return Copied(
        patient_id=row.patient_id,
        id=row.id,
        kind=row.kind,
        type=row.type,
        size=row.size,
        blob=row.blob,
        key=row.key.open(above, place(row.patient_id, row.id, "key")),
        store=room(session).store,
    )


def _begun(session: Session, patient_id: UUID, kind: CopyKind, type: str, size: int) -> Copied:
    return Copied(
        patient_id=patient_id,
        id=uuid4(),
        kind=kind,
        type=type,
        size=size,
        blob=secrets.token_hex(16),
        key=os.urandom(32),
        store=room(session).store,
    )
