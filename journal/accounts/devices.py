"""Browsers that are known again, and what kind of device one is, in words."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from journal.accounts import notices
from journal.accounts.models import Kind, KnownDevice

OTHER = "Another device"

# The first that is found in what a browser says of itself. An iPad may say that it is a Mac.
WORDS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android phone"),
    ("Windows", "Windows computer"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux computer"),
    ("X11", "Linux computer"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """A browser that is known to an account, and the token that its cookie is to hold."""

    id: UUID
    token: str = field(repr=False)


def words(user_agent: str) -> str:
    """What kind of device that is: one of a few words, whatever was sent."""
    return next((said for mark, said in WORDS if mark in user_agent), OTHER)


def known(session: Session, account_id: UUID | None, token: str | None) -> UUID | None:
    """The id of the device with this token, if this account signed in on it before.

    For an account that is not there it looks as long, and finds none.
    """
    if not token:
        return None
    mine = (KnownDevice.account_id == account_id, KnownDevice.token_hash == _hash(token))
    return session.scalars(select(KnownDevice.id).where(*mine)).one_or_none()


def remember(session: Session, account_id: UUID, token: str | None, *, at: datetime) -> Known:
    """Know this browser from now on; a sign-in on it went well.

    A browser that this account does not know is given a token nobody has seen: one that somebody
    else put there beforehand must not become theirs and ours. Others who are known on it go along.
    The account's first device needs no notice; each further one gets it.
    """
    if (id := known(session, account_id, token)) is not None and token:
        session.execute(update(KnownDevice).where(KnownDevice.id == id).values(seen_at=at))
        return Known(id, token)
    fresh, id = secrets.token_urlsafe(32), uuid4()
    if token:
        theirs = update(KnownDevice).where(KnownDevice.token_hash == _hash(token))
        session.execute(theirs.values(token_hash=_hash(fresh)))
    others = select(KnownDevice.id).where(KnownDevice.account_id == account_id).limit(1)
    if session.scalars(others).first() is not None:
        notices.tell(session, account_id, Kind.NEW_DEVICE, at=at)
    session.add(
        KnownDevice(id=id, account_id=account_id, token_hash=_hash(fresh), since=at, seen_at=at)
    )
    session.flush()
    return Known(id, fresh)


def forget(session: Session, account_id: UUID, *ids: UUID) -> None:
    """Know these devices no longer: signing in on them needs a second proof again."""
    mine = (KnownDevice.account_id == account_id, KnownDevice.id.in_(ids))
    session.execute(delete(KnownDevice).where(*mine))


def forget_others(session: Session, account_id: UUID, here: UUID | None) -> None:
    """Know no device but this one."""
    mine = KnownDevice.account_id == account_id
    others = mine if here is None else mine & (KnownDevice.id != here)
    session.execute(delete(KnownDevice).where(others))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
