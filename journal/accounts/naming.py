"""What somebody wants to be called, and the time zone they live in."""

from uuid import UUID

from sqlalchemy.orm import Session

from journal import zones
from journal.accounts.models import Account
from journal.errors import Invalid, NotFound
from journal.vault import keys
from journal.vault.sealed import Sealed

LONGEST_NAME = 80  # characters


def plain_name(said: str) -> str:
    """The name without spaces around it or twice inside.

    :raises Invalid: nothing is left, or it is longer than a screen has room for.
    """
    name = " ".join(said.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Invalid.at("/name", f"Has to have 1 to {LONGEST_NAME} characters.")
    return name


def require_zone(zone: str) -> None:
    """:raises Invalid: no such time zone."""
    if zone not in zones.known():
        raise Invalid.at("/zone", "No such time zone.")


def rename(session: Session, account_id: UUID, *, name: str, zone: str) -> None:
    """Call somebody by another name, and tell the time in another zone.

    What was already fixed in the old zone (when a head is clear after a dose) stays as it is.

    :raises Invalid: the name is empty or too long, or there is no such zone.
    """
    name = plain_name(name)
    require_zone(zone)
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound
    place = f"account/{account_id}/name"
    account.name = Sealed.seal(name.encode(), keys.key(session, account_id), place)
    account.zone = zone
    session.flush()
