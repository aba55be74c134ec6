"""One data key for each account, grant, clinic and therapist's notes, wrapped by the master keys.

The database holds wrapped keys alone; the master keys come from the settings. Destroying a data
key makes everything sealed under it unreadable for good. No key is kept in memory between
requests, so a destroyed key is gone for every process at once.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, select, update
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from journal.db import Base, insert_once
from journal.vault.sealed import Sealed, SealedBytes

INFO = "keys"
"""Where a session carries the key ring (`Session.info`)."""

SOME = 100
"""So many data keys are wrapped anew in one transaction."""


class KeyDestroyed(Exception):
    """The key was destroyed, or never existed: what it sealed cannot be read again."""


class _NoKey(KeyDestroyed):
    """There never was one."""


class MasterKeyMissing(Exception):
    """The settings lack the master key that wrapped this data key; the message names it."""


class Of(StrEnum):
    """What a key belongs to.

    A grant's id is chosen on a phone: whatever it is, it names a grant's key and no other.
    """

    ACCOUNT = "account"
    GRANT = "grant"
    CLINIC = "clinic"
    NOTES = "notes"


class DataKey(Base):
    """A data key, wrapped. `owner` is the id of what it belongs to, among its own kind."""

    __tablename__ = "data_key"

    owner: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[Of] = mapped_column(primary_key=True)
    master: Mapped[str]
    wrapped: Mapped[Sealed | None] = mapped_column(SealedBytes)
    made_at: Mapped[datetime]
    destroyed_at: Mapped[datetime | None]


KEY_OF = select(DataKey.master, DataKey.wrapped).where(
    DataKey.owner == bindparam("owner"), DataKey.kind == bindparam("kind")
)


class KeyRing:
    """The master keys: the first wraps, all unwrap."""

    def __init__(self, masters: Mapping[str, bytes]) -> None:
        self._masters = dict(masters)
        self.current = next(iter(self._masters))

    def wrap(self, key: bytes, owner: UUID) -> Sealed:
        """Wrap a data key for its owner under the current master key."""
        return Sealed.seal(key, self._masters[self.current], _place(owner))

    def unwrap(self, owner: UUID, master: str, wrapped: Sealed | None) -> bytes:
        """Return the 32-byte data key.

        :raises KeyDestroyed: it was destroyed.
        :raises MasterKeyMissing: an old master key was removed before everything was rewrapped.
        """
        if wrapped is None:
            raise KeyDestroyed
        if master not in self._masters:
            raise MasterKeyMissing(master)
        return wrapped.open(self._masters[master], _place(owner))


def ring(session: Session) -> KeyRing:
    """The key ring that this session carries."""
    return cast(KeyRing, session.info[INFO])


def belongs(owner: UUID | InstrumentedAttribute[UUID], of: Of) -> ColumnElement[bool]:
    """That a data key is the one of `owner`, an id or a column of ids."""
    return and_(DataKey.owner == owner, DataKey.kind == of)


def make(session: Session, owner: UUID, *, of: Of = Of.ACCOUNT, at: datetime) -> bytes:
    """Make and keep a data key for `owner`; return it open."""
    key = os.urandom(32)
    keys = ring(session)
    session.add(
        DataKey(
            owner=owner, kind=of, master=keys.current, wrapped=keys.wrap(key, owner), made_at=at
        )
    )
    session.flush()
    return key


def key(session: Session, owner: UUID, *, of: Of = Of.ACCOUNT) -> bytes:
    """Return the open data key of `owner`.

    :raises KeyDestroyed: destroyed, or there never was one.
    """
    row = session.connection().execute(KEY_OF, {"owner": owner, "kind": of}).one_or_none()
    if row is None:
        raise _NoKey
    return ring(session).unwrap(owner, *row)


def ensure(session: Session, owner: UUID, *, of: Of = Of.ACCOUNT, at: datetime) -> bytes:
    """Return the open data key of `owner`, made now if there never was one.

    Two who ask at once get the same key.

    :raises KeyDestroyed: it was destroyed; a new one is not made.
    """
    with suppress(_NoKey):
        return key(session, owner, of=of)
    keys = ring(session)
    fresh = keys.wrap(os.urandom(32), owner)
    row = {"owner": owner, "kind": of, "master": keys.current, "wrapped": fresh, "made_at": at}
    insert_once(session, DataKey, **row)
    return key(session, owner, of=of)


def destroy(session: Session, owner: UUID, *, of: Of = Of.ACCOUNT, at: datetime) -> None:
    """Destroy the data key of `owner`: what it sealed can never be read again."""
    session.execute(
        update(DataKey)
        .where(belongs(owner, of), DataKey.wrapped.is_not(None))
        .values(wrapped=None, destroyed_at=at)
    )


def rewrap(session: Session, *, most: int = SOME) -> int:
    """Wrap some data keys anew under the current master key; return how many, 0 once all are.

    To be called until then, each time in a transaction of its own: whoever takes something back
    meanwhile waits for a few keys at most. It waits for somebody only while it holds no key itself,
    so that none of the two waits for ever.

    :raises MasterKeyMissing: one is wrapped by a master key that is gone.
    """
    keys = ring(session)
    old = (
        select(DataKey)
        .where(DataKey.master != keys.current, DataKey.wrapped.is_not(None))
        .order_by(DataKey.owner, DataKey.kind)
        .execution_options(populate_existing=True)
    )
    free = session.scalars(old.limit(most).with_for_update(skip_locked=True)).all()
    found = free or session.scalars(old.limit(1).with_for_update()).all()
    for row in found:
        opened = keys.unwrap(row.owner, row.master, row.wrapped)
        row.master, row.wrapped = keys.current, keys.wrap(opened, row.owner)
    session.flush()
    return len(found)


def _place(owner: UUID) -> str:
    return f"key/{owner}"
