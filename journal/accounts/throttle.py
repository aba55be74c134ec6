"""Slow down who guesses, and never the person on a device that is known (decision 0029).

Tries are counted by account and by where they come from: a known device, or the network. An
address that no account has is counted the same, so it answers the same.
"""

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from journal.accounts import notices
from journal.accounts.models import Kind, Throttle
from journal.db import insert_once
from journal.errors import JournalError

FREE = 5
"""So many tries in a row wait for nothing; after them it is a second, then twice as long."""

LONGEST = timedelta(hours=1)
HARD_STOP = 100
"""After so many in a row from devices that are not known, these wait for a known one."""


class TooSoon(JournalError):
    """Too many tries went wrong: wait for `Retry-After`."""

    status = 429
    title = "Please wait a moment before you try again"

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.retry_after = max(1, math.ceil(wait.total_seconds()))


@dataclass(frozen=True, slots=True)
class Key:
    """Whose account is tried, and from where."""

    own: bytes
    """Tries from here."""
    everywhere: bytes | None
    """Tries from all that is not known; None for a known device."""


def key(account: bytes, *, known: UUID | None, address: str | None) -> Key:
    """What to count under.

    :param account: the keyed hash of the address or name that was typed, whether or not there is
        such an account.
    :param known: the known device of that account, if it is one.
    :param address: the other end of the connection; what a header claims is not looked at.
    """
    if known is not None:
        return Key(_hash(b"device", account, known.bytes), None)
    return Key(_hash(b"network", account, network(address).encode()), _hash(b"account", account))


def ask(session: Session, key: Key, *, at: datetime) -> None:
    """Count a try before it is looked at: many at the same moment are many.

    The transaction has to be committed whatever becomes of the try.

    :raises TooSoon: it is too soon. Nothing is counted then.
    """
    here = _locked(session, key.own, at)
    # Further away than the longest wait: the clock was set back, and nobody waits for that.
    if here.tries >= FREE and at < here.waits_until <= at + LONGEST:
        raise TooSoon(here.waits_until - at)
    if key.everywhere is not None:
        everywhere = _locked(session, key.everywhere, at)
        if everywhere.tries >= HARD_STOP:
            raise TooSoon(LONGEST)
        everywhere.tries, everywhere.last_at = everywhere.tries + 1, at
    here.tries, here.last_at = here.tries + 1, at
    here.waits_until = at + wait_after(here.tries)
    session.flush()


def failed(session: Session, key: Key, *, at: datetime, account_id: UUID | None = None) -> None:
    """A try that was asked for went wrong. Its account, if there is one, hears when they are many.

    That it is counted is `ask`'s doing.
    """
    many = [(key.own, FREE), (key.everywhere, HARD_STOP)]
    found = {
        row.key: row.tries
        for row in session.scalars(select(Throttle).where(Throttle.key.in_([k for k, _ in many])))
    }
    if account_id is not None and any(found.get(key or b"") == most for key, most in many):
        notices.tell(session, account_id, Kind.TOO_MANY_TRIES, at=at)


def went_well(session: Session, key: Key, account: bytes) -> None:
    """It was the person: from here, and for the account as a whole, counting begins anew."""
    # In the order in which `ask` locks them: in another, two at once wait for each other.
    for one in (key.own, _hash(b"account", account)):
        session.execute(delete(Throttle).where(Throttle.key == one))


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries in a row."""
    if tries < FREE:
        return timedelta(0)
    return min(LONGEST, timedelta(seconds=2 ** min(tries - FREE, 20)))


def network(address: str | None) -> str:
    """The network an address belongs to: neighbours count as one."""
    try:
        found = ip_address((address or "").strip("[]"))
    except ValueError:
        return "?"
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is None:
            return f"{IPv6Address(int(found) >> 80 << 80)}/48"
        found = found.ipv4_mapped
    return str(found).rpartition(".")[0]


def _locked(session: Session, key: bytes, at: datetime) -> Throttle:
    mine = select(Throttle).where(Throttle.key == key).with_for_update()
    fresh = {"populate_existing": True}
    while True:
        insert_once(session, Throttle, key=key, tries=0, last_at=at, waits_until=at)
        # Something may go well, or be tidied, just here: then it begins anew.
        if found := session.scalars(mine, execution_options=fresh).one_or_none():
            return found


def _hash(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(len(part).to_bytes(4) + part for part in parts)).digest()
