"""A medium as its patient sees it: its key open, its pieces read back one by one."""

from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.errors import NotFound
from journal.media import pieces
from journal.media.models import Medium, MediumKind
from journal.media.store import Store
from journal.vault import keys
from journal.vault.keys import KeyDestroyed
from journal.vault.sealed import Sealed

INFO = "media"
"""Where a session carries the `Room` (`Session.info`)."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where media lie, and how many bytes of them one patient may have."""

    store: Store
    quota: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a device says of a medium before it sends it."""

    entry_id: UUID
    kind: MediumKind
    type: str
    size: int
    sha256: str = field(repr=False)
    seconds: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A medium with its key open."""

    patient_id: UUID
    id: UUID
    blob: str
    told: Told
    complete: bool
    key: bytes = field(repr=False)
    store: Store = field(repr=False)

    def received(self) -> list[int]:
        """The pieces that are on disk."""
        if self.complete:
            return list(range(pieces.count(self.told.size)))
        return sorted(self.store.pieces(self.blob))

    def put(self, n: int, sent: bytes) -> None:
        """Keep piece `n`, sealed for its place, on disk."""
        sealed = Sealed.seal(sent, self.key, place(self.patient_id, self.id, n))
        self.store.put(self.blob, n, sealed.token)

    def piece(self, n: int) -> bytes:
        """Piece `n` as it was sent.

        :raises Missing: it is not there.
        :raises Unopenable: it was changed in the store, or belongs elsewhere.
        """
        sealed = Sealed(self.store.get(self.blob, n))
        return sealed.open(self.key, place(self.patient_id, self.id, n))

    def part(self, start: int, stop: int) -> bytes:
        """The bytes from `start` up to `stop`; no more pieces are opened than that takes."""
        first, after = start // pieces.PIECE, pieces.count(stop)
        whole = b"".join(self.piece(n) for n in range(first, after))
        return whole[start - first * pieces.PIECE : stop - first * pieces.PIECE]


def room(session: Session) -> Room:
    """The room that this session carries."""
    return cast(Room, session.info[INFO])


def place(patient_id: UUID, id: UUID, what: int | str) -> str:
    """Where sealed bytes of a medium belong: they open nowhere else."""
    return f"media/{patient_id}/{id}/{what}"


def find(session: Session, author: Patient, id: UUID) -> Opened:
    """One of the author's media.

    :raises NotFound: absent, deleted, another's, or the patient's key was destroyed.
    """
    medium = session.get(Medium, (author.id, id))
    if medium is None:
        raise NotFound
    try:
        return opened(session, medium)
    except KeyDestroyed:
        raise NotFound from None


def opened(session: Session, medium: Medium) -> Opened:
    """Open a medium's key.

    :raises KeyDestroyed: the patient's key was destroyed.
    """
    above = keys.key(session, medium.patient_id)
    key = medium.key.open(above, place(medium.patient_id, medium.id, "key"))
    about = orjson.loads(medium.about.open(key, place(medium.patient_id, medium.id, "about")))
    told = Told(
        entry_id=medium.entry_id,
        kind=medium.kind,
        type=medium.type,
        size=medium.size,
        sha256=about["sha256"],
        seconds=about["seconds"],
    )
    return Opened(
        patient_id=medium.patient_id,
        id=medium.id,
        blob=medium.blob,
        told=told,
        complete=medium.completed_at is not None,
        key=key,
        store=room(session).store,
    )
