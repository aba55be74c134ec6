"""The passkeys of an account: begin, keep, recognise, name, remove."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from journal.accounts import asks, ceremonies, service, site
from journal.accounts.asks import Ask, For
from journal.accounts.ceremonies import BadPasskey, Made, Used
from journal.accounts.models import Account
from journal.accounts.proof_models import Passkey
from journal.db import insert_once
from journal.errors import Conflict, NotFound
from journal.vault import keys
from journal.vault.sealed import Sealed

MOST = 10
"""Passkeys an account may have."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A passkey that somebody has just used, its challenge not yet spent."""

    id: UUID
    account_id: UUID
    ask: Ask
    now: Used


@dataclass(frozen=True, slots=True)
class Listed:
    """A passkey as its owner sees it."""

    id: UUID
    name: str
    since: datetime
    used_at: datetime | None
    synced: bool


def ask(session: Session, *, at: datetime) -> dict[str, Any]:
    """What a browser needs to use a passkey: `{"id", "publicKey"}`. The same for everybody."""
    here = site.of(session)
    made = asks.make(here, For.SHOW, at=at)
    return {"id": made.id, "publicKey": ceremonies.request(here, made)}


def ask_new(session: Session, account_id: UUID, what: For, *, at: datetime) -> dict[str, Any]:
    """What a browser needs to make a passkey for this account: `{"id", "publicKey"}`."""
    here = site.of(session)
    mine = select(Passkey.credential_id).where(Passkey.account_id == account_id)
    made = asks.make(here, what, subject=account_id, at=at)
    name, has = service.sign_in_name(session, account_id), session.scalars(mine).all()
    options = ceremonies.creation(here, made, name=name, account_id=account_id, has=has)
    return {"id": made.id, "publicKey": options}


def show(session: Session, id: str, credential: Mapping[str, Any], *, at: datetime) -> Shown:
    """Check a passkey that was used. Nothing is written yet: see `take`.

    :raises BadPasskey: nobody's, not rightly used, or copied.
    :raises AskOver: the challenge is not ours, or too old.
    """
    here = site.of(session)
    asked = asks.read(here, For.SHOW, id, at=at)
    raw, handle = ceremonies.which(credential)
    found = session.scalars(select(Passkey).where(Passkey.credential_id == raw)).one_or_none()
    if found is None or handle not in {None, found.account_id}:
        raise BadPasskey
    key, count = found.public_key, found.sign_count
    now = ceremonies.used(here, asked, dict(credential), public_key=key, sign_count=count)
    return Shown(found.id, found.account_id, asked, now)


def take(session: Session, shown: Shown, *, at: datetime) -> None:
    """Spend the challenge and note the use.

    :raises AskOver: it was answered before.
    :raises BadPasskey: the passkey is gone, or counted further meanwhile.
    """
    asks.spend(session, shown.ask, at=at)
    count = shown.now.sign_count
    further = Passkey.sign_count < count
    if count == 0:
        further = or_(further, Passkey.sign_count == 0)
    noted = (
        update(Passkey)
        .where(Passkey.id == shown.id, further)
        .values(sign_count=count, synced=shown.now.synced, used_at=at)
        .returning(Passkey.id)
    )
    if session.execute(noted).one_or_none() is None:
        raise BadPasskey


def made(
    session: Session, what: For, id: str, credential: Any, *, at: datetime
) -> tuple[Ask, Made]:
    """Check a passkey that was just made, and say for whom. It writes nothing."""
    here = site.of(session)
    asked = asks.read(here, what, id, at=at)
    return asked, ceremonies.made(here, asked, dict(credential))


def keep(
    session: Session, account_id: UUID, new: tuple[Ask, Made], *, name: str, at: datetime
) -> UUID:
    """Keep a passkey that was just made; return its id.

    :raises AskOver: it was made for somebody else, or is kept already.
    :raises BadPasskey: another account has it.
    :raises Conflict: the account has as many as it may have.
    """
    asked, what = new
    if asked.subject != account_id:
        raise asks.AskOver
    asks.spend(session, asked, at=at)
    if count(session, account_id) >= MOST:
        raise Conflict(f"There are {MOST} passkeys already. Remove one first.")
    id = uuid4()
    key = keys.key(session, account_id)
    fresh = insert_once(
        session,
        Passkey,
        id=id,
        account_id=account_id,
        credential_id=what.credential_id,
        public_key=what.public_key,
        sign_count=what.sign_count,
        synced=what.synced,
        name=Sealed.seal(name.encode(), key, _place(id)),
        since=at,
        used_at=None,
    )
    if not fresh:
        raise BadPasskey
    return id


def listed(session: Session, account_id: UUID) -> Sequence[Listed]:
    """The passkeys of an account, the oldest first."""
    mine = select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.since)
    rows = session.scalars(mine.order_by(Passkey.id)).all()
    key = keys.key(session, account_id) if rows else b""
    return [
        Listed(
            one.id,
            one.name.open(key, _place(one.id)).decode(),
            one.since,
            one.used_at,
            one.synced,
        )
        for one in rows
    ]


def count(session: Session, account_id: UUID) -> int:
    """How many passkeys an account has."""
    mine = select(func.count()).select_from(Passkey).where(Passkey.account_id == account_id)
    return session.scalars(mine).one()


def remove(session: Session, account_id: UUID, id: UUID) -> None:
    """Remove one.

    :raises NotFound: absent, or another's.
    """
    gone = delete(Passkey).where(Passkey.id == id, Passkey.account_id == account_id)
    if session.execute(gone.returning(Passkey.id)).one_or_none() is None:
        raise NotFound


def remove_all(session: Session, account_id: UUID) -> int:
    """Remove all of an account; return how many there were."""
    mine = delete(Passkey).where(Passkey.account_id == account_id).returning(Passkey.id)
    return len(session.execute(mine).all())


def lock(session: Session, account_id: UUID) -> None:
    """Let nobody else change the proofs of this account meanwhile: two removals at once must not
    each leave the other's.

    Take it before any other row of the account: in another order two at once wait for each other.
    """
    session.execute(select(Account.id).where(Account.id == account_id).with_for_update())


def _place(id: UUID) -> str:
    return f"passkey/{id}/name"
