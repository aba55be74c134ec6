"""Keep a patient's drop key and the locks of their phones.

All of it is sealed under the patient's key. The server can read this patient's entries anyway; what
it keeps here protects the words on a phone from whoever holds the phone.
"""

import hmac
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient
from journal.db import insert_once
from journal.errors import NotFound
from journal.phones.models import DropKey, PhoneLock
from journal.vault import keys
from journal.vault.keys import KeyDestroyed
from journal.vault.sealed import Sealed

TRIES = 10


@dataclass(frozen=True, slots=True)
class Tried:
    """How a try went: the share when the proof was right, else how many tries are left."""

    share: str | None = field(repr=False)
    left: int


def keep_drop_key(
    session: Session, author: Patient, pair: dict[str, Any], *, at: datetime
) -> dict[str, Any]:
    """Keep this pair unless there is one already; return the one that is kept."""
    sealed = Sealed.seal(
        orjson.dumps({"public": pair["public"], "private": pair["private"]}),
        _key(session, author.id),
        _pair_at(author.id, pair["id"]),
    )
    insert_once(session, DropKey, patient_id=author.id, id=pair["id"], pair=sealed, made_at=at)
    return drop_key(session, author)


def drop_key(session: Session, author: Patient) -> dict[str, Any]:
    """The author's drop key.

    :raises NotFound: there is none.
    """
    row = session.get(DropKey, author.id)
    if row is None:
        raise NotFound
    opened = row.pair.open(_key(session, author.id), _pair_at(author.id, row.id))
    return {"id": row.id, **orjson.loads(opened)}


def lock(
    session: Session, author: Patient, phone: UUID, sent: dict[str, str], *, at: datetime
) -> None:
    """Set the PIN lock of a phone, or replace it; all tries are there again.

    :raises NotFound: this id is another patient's.
    """
    key = _key(session, author.id)
    values = {
        "patient_id": author.id,
        "proof": _hash(key, phone, sent["proof"]),
        "share": Sealed.seal(sent["share"].encode(), key, _at(author.id, phone, "share")),
        "key": Sealed.seal(sent["key"].encode(), key, _at(author.id, phone, "key")),
        "tries": 0,
        "set_at": at,
    }
    if insert_once(session, PhoneLock, id=phone, **values):
        return
    row = _locked(session, phone)
    if row is None or row.patient_id != author.id:
        raise NotFound
    for name, value in values.items():
        setattr(row, name, value)


def attempt(session: Session, phone: UUID, proof: str) -> Tried:
    """Try to open a phone. A wrong try counts; the tenth destroys the share.

    The row is locked while it is compared: who tries many at once has no more tries.

    :raises NotFound: no such phone, or its tries are used up.
    """
    row = _locked(session, phone)
    if row is None or row.share is None:
        raise NotFound
    key = _key(session, row.patient_id)
    if hmac.compare_digest(_hash(key, phone, proof), row.proof):
        row.tries = 0
        share = row.share.open(key, _at(row.patient_id, phone, "share"))
        return Tried(share.decode(), TRIES)
    row.tries += 1
    if row.tries >= TRIES:
        row.share = None
    return Tried(None, TRIES - row.tries)


def key_of(session: Session, author: Patient, phone: UUID) -> str:
    """What opens the words on the author's phone without the PIN.

    :raises NotFound: absent or another's.
    """
    mine = select(PhoneLock).where(PhoneLock.id == phone, PhoneLock.patient_id == author.id)
    row = session.scalars(mine).one_or_none()
    if row is None:
        raise NotFound
    return row.key.open(_key(session, author.id), _at(author.id, phone, "key")).decode()


def unlock(session: Session, author: Patient, phone: UUID) -> None:
    """Take the PIN lock of one's own phone away, if it has one."""
    session.execute(
        delete(PhoneLock).where(PhoneLock.id == phone, PhoneLock.patient_id == author.id)
    )


def _key(session: Session, patient_id: UUID) -> bytes:
    """The patient's key; what was sealed under a destroyed one is not there any more."""
    try:
        return keys.key(session, patient_id)
    except KeyDestroyed:
        raise NotFound from None


def _locked(session: Session, phone: UUID) -> PhoneLock | None:
    found = select(PhoneLock).where(PhoneLock.id == phone)
    return session.scalars(found.with_for_update()).one_or_none()


def _hash(key: bytes, phone: UUID, proof: str) -> bytes:
    """A dump of the database without the master keys cannot try PINs against this."""
    return hmac.digest(key, f"phone-proof/{phone}/{proof}".encode(), "sha256")


def _at(patient_id: UUID, phone: UUID, what: str) -> str:
    return f"phone/{patient_id}/{phone}/{what}"


def _pair_at(patient_id: UUID, id: UUID) -> str:
    return f"drop-key/{patient_id}/{id}"
