"""Make accounts, find them, and open the names people are called by."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts import live, passwords
from journal.accounts.models import Account
from journal.accounts.principals import Role
from journal.vault import keys
from journal.vault.sealed import Sealed


def make_account(
    session: Session,
    secret_key: str,
    *,
    id: UUID,
    role: Role,
    email: str,
    name: str,
    password: str,
    zone: str,
    at: datetime,
) -> Account:
    """Add an account and its data key.

    :param email: an address, or another name to sign in with.
    :param password: empty for somebody without one.
    """
    key = keys.make(session, id, at=at)
    account = Account(
        id=id,
        role=role,
        email_index=email_index(secret_key, email),
        email=Sealed.seal(email.encode(), key, f"account/{id}/email"),
        name=Sealed.seal(name.encode(), key, f"account/{id}/name"),
        password_hash=passwords.make_hash(password) if password else "",
        zone=zone,
        created_at=at,
    )
    session.add(account)
    session.flush()
    return account


def email_index(secret_key: str, email: str) -> bytes:
    """A keyed hash by which an address is found; letter case and outer spaces do not matter."""
    key = hashlib.sha256(b"email-index" + secret_key.encode()).digest()
    return hmac.digest(key, email.strip().casefold().encode("utf-8", "replace"), "sha256")


def password_of(session: Session, secret_key: str, email: str) -> tuple[UUID | None, str | None]:
    """The id and password hash of the account with this address, or two times None."""
    found = session.execute(
        select(Account.id, Account.password_hash).where(
            Account.email_index == email_index(secret_key, email), Account.disabled_at.is_(None)
        )
    ).one_or_none()
    return (found.id, found.password_hash) if found else (None, None)


def find(session: Session, secret_key: str, said: str) -> Account | None:
    """The account with this id or this e-mail address."""
    try:
        return session.get(Account, UUID(said))
    except ValueError:
        known = Account.email_index == email_index(secret_key, said)
        return session.scalars(select(Account).where(known)).one_or_none()


def disable(session: Session, account_id: UUID, *, at: datetime) -> None:
    """Sign an account out everywhere and let nobody in with it. Twice changes nothing."""
    # The account first, as a sign-in does: it is before this one, and ends with the others, or
    # after it, and finds nobody.
    session.execute(
        update(Account)
        .where(Account.id == account_id, Account.disabled_at.is_(None))
        .values(disabled_at=at)
    )
    live.end_sessions(session, account_id, at=at)


def sign_in_name(session: Session, account_id: UUID) -> str:
    """What somebody types to say who they are: their address, or a name that was made for them."""
    sealed = session.scalars(select(Account.email).where(Account.id == account_id)).one()
    return sealed.open(keys.key(session, account_id), f"account/{account_id}/email").decode()


def names(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Open the names of several accounts with one select; a destroyed one is left out."""
    found = session.execute(
        select(Account.id, Account.name, keys.DataKey.master, keys.DataKey.wrapped)
        .join(keys.DataKey, keys.belongs(Account.id, keys.Of.ACCOUNT))
        .where(Account.id.in_(set(ids)), keys.DataKey.wrapped.is_not(None))
    )
    ring = keys.ring(session)
    return {
        id: name.open(ring.unwrap(id, master, wrapped), f"account/{id}/name").decode()
        for id, name, master, wrapped in found
    }
