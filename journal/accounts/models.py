"""Accounts and the sessions they are signed in with."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from journal.accounts.principals import Role
from journal.db import Base
from journal.vault.sealed import Sealed, SealedBytes


class Account(Base):
    """A person who can sign in. Name and address are sealed under the account's own key."""

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    role: Mapped[Role]
    email_index: Mapped[bytes] = mapped_column(unique=True)
    """A keyed hash of the address: finds an account without holding its address."""
    email: Mapped[Sealed] = mapped_column(SealedBytes)
    name: Mapped[Sealed] = mapped_column(SealedBytes)
    password_hash: Mapped[str]
    """Empty for who has none: no password fits it."""
    zone: Mapped[str]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class LoginSession(Base):
    """One device signed in. The cookie holds the token; the database holds its hash."""

    __tablename__ = "login_session"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
