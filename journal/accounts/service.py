"""Make accounts, sign in and out, and open the names people are called by."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.orm import Session

from journal.accounts import passwords
from journal.accounts.models import Account, LoginSession
from journal.accounts.principals import Role
from journal.errors import JournalError
from journal.vault import keys
from journal.vault.sealed import Sealed

STAYS_SIGNED_IN = {
    Role.PATIENT: timedelta(days=30),
    Role.THERAPIST: timedelta(hours=12),
    Role.ADMIN: timedelta(hours=12),
}


class WrongSignIn(JournalError):
    """No such account, wrong password, or disabled: one answer for all three."""

    status = 401
    title = "That e-mail and password do not match"


CALLER = (
    select(
        Account.id,
        Account.role,
        Account.zone,
        LoginSession.created_at,
        LoginSession.expires_at,
    )
    .join(Account, Account.id == LoginSession.account_id)
    .where(
        LoginSession.token_hash == bindparam("token_hash"),
        LoginSession.ended_at.is_(None),
        LoginSession.expires_at > bindparam("at"),
        Account.disabled_at.is_(None),
    )
)
"""Who a token belongs to. Built once: it runs on every request."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a session belongs to, as Flask-Login wants to see them."""

    id: UUID
    role: Role
    zone: str
    signed_in_at: datetime
    expires_at: datetime
    token: str
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the cookie holds: the session's token, so that it can be ended here."""
        return self.token


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


def start_session(session: Session, account_id: UUID, *, at: datetime) -> Caller:
    """Open a new session for an account whose password was right."""
    account = session.get(Account, account_id)
    if account is None or account.disabled_at is not None:
        raise WrongSignIn
    token = secrets.token_urlsafe(32)
    ends = at + STAYS_SIGNED_IN[account.role]
    session.add(
        LoginSession(token_hash=_hash(token), account_id=account.id, created_at=at, expires_at=ends)
    )
    session.flush()
    return Caller(account.id, account.role, account.zone, at, ends, token)


def caller(session: Session, token: str, *, at: datetime) -> Caller | None:
    """Who this token belongs to, or None when the session ended or never was."""
    known = {"token_hash": _hash(token), "at": at}
    found = session.connection().execute(CALLER, known).one_or_none()
    return Caller(*found, token) if found else None


def end_session(session: Session, token: str, *, at: datetime) -> None:
    """Sign this device out."""
    _end(session, LoginSession.token_hash == _hash(token), at)


def end_sessions(session: Session, account_id: UUID, *, at: datetime) -> None:
    """Sign an account out everywhere."""
    _end(session, LoginSession.account_id == account_id, at)


def disable(session: Session, account_id: UUID, *, at: datetime) -> None:
    """Sign an account out everywhere and let nobody in with it. Twice changes nothing."""
    end_sessions(session, account_id, at=at)
    session.execute(
        update(Account)
        .where(Account.id == account_id, Account.disabled_at.is_(None))
        .values(disabled_at=at)
    )


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


def _end(session: Session, which: ColumnElement[bool], at: datetime) -> None:
    session.execute(
        update(LoginSession).where(which, LoginSession.ended_at.is_(None)).values(ended_at=at)
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
