"""Challenges for passkeys: five minutes long, answered once, and kept nowhere until then.

What a stranger can ask for without end must cost no row and no turn at the database. So the id of
a challenge carries what it is for, signed; the challenge itself is derived from it. A row is
written when one was answered rightly, and keeps it from being answered again.
"""

import base64
import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from journal.accounts.proof_models import SpentAsk
from journal.accounts.site import Site
from journal.db import insert_once
from journal.errors import JournalError

LASTS = timedelta(minutes=5)

_NOBODY = UUID(int=0)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BODY = struct.Struct(">B16sQ16s")  # what it is for, whom, until when, and what makes it its own


class AskOver(JournalError):
    """No challenge of ours, for something else, too old, or answered already."""

    status = 401
    title = "That took too long. Please start again"


class For(IntEnum):
    """What a challenge is for: an answer to one kind does nothing elsewhere."""

    SHOW = 1
    """To show that one has a passkey: signing in, step-up."""
    ADD = 2
    """A further passkey of somebody who is signed in."""
    JOIN = 3
    """The first passkey of an account that is not there yet."""
    RECOVER = 4
    """A new passkey of somebody who lost theirs."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A challenge, whom it is for, and the id by which it comes back."""

    id: str
    challenge: bytes = field(repr=False)
    subject: UUID | None
    ends_at: datetime


def make(site: Site, what: For, *, subject: UUID | None = None, at: datetime) -> Ask:
    """Make a challenge.

    :param subject: the account that a new passkey is to belong to.
    """
    ends = at + LASTS
    whom = (subject or _NOBODY).bytes
    body = _BODY.pack(what, whom, int(ends.timestamp()), secrets.token_bytes(16))
    return _of(site, body)


def read(site: Site, what: For, id: str, *, at: datetime) -> Ask:
    """The challenge with this id.

    :raises AskOver: not one of ours, for something else, or too old.
    """
    try:
        said = base64.urlsafe_b64decode(id.encode("ascii"))
        body, mac = said[: _BODY.size], said[_BODY.size :]
        kind, _, ends, _ = _BODY.unpack(body)
    except (ValueError, struct.error):
        raise AskOver from None
    if not hmac.compare_digest(mac, _keyed(site, b"id", body)):
        raise AskOver
    # One way to write it: what decodes to the same bytes is another id, and none of ours.
    if not hmac.compare_digest(_of(site, body).id.encode(), id.encode()):
        raise AskOver
    if kind != what or at >= _EPOCH + timedelta(seconds=ends):
        raise AskOver
    return _of(site, body)


def spend(session: Session, ask: Ask, *, at: datetime) -> None:
    """Take the one answer that there may be.

    :raises AskOver: it was answered before.
    """
    session.execute(delete(SpentAsk).where(SpentAsk.ends_at <= at))
    digest = hashlib.sha256(ask.challenge).digest()
    if not insert_once(session, SpentAsk, digest=digest, ends_at=ask.ends_at):
        raise AskOver


def _of(site: Site, body: bytes) -> Ask:
    _, whom, ends, _ = _BODY.unpack(body)
    id = base64.urlsafe_b64encode(body + _keyed(site, b"id", body)).decode()
    subject = None if UUID(bytes=whom) == _NOBODY else UUID(bytes=whom)
    return Ask(id, _keyed(site, b"challenge", body), subject, _EPOCH + timedelta(seconds=ends))


def _keyed(site: Site, use: bytes, body: bytes) -> bytes:
    key = hashlib.sha256(b"passkey-" + use + site.secret_key.encode()).digest()
    return hmac.digest(key, body, "sha256")
