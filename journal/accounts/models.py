"""Accounts, the sessions and devices they are signed in with, and what happened to them."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
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


class KnownDevice(Base):
    """A browser on which somebody signed in wholly before. A long cookie holds its token."""

    __tablename__ = "known_device"
    __table_args__ = (UniqueConstraint("token_hash", "account_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    token_hash: Mapped[bytes]
    since: Mapped[datetime]
    seen_at: Mapped[datetime]


class LoginSession(Base):
    """One device signed in. The cookie holds the token; the database holds its hash."""

    __tablename__ = "login_session"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """It may be shown; it opens nothing, and stays when the token changes."""
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    """When something was last done, to the minute."""
    proved_at: Mapped[datetime]
    """When it was last proved who it is."""
    kept: Mapped[bool]
    """On a patient's phone with a lock of its own: it says so itself (decision 0029)."""
    device: Mapped[str] = mapped_column(String(40))
    known_id: Mapped[UUID | None]
    """The known device. Not a foreign key: a device is forgotten while its session is kept."""
    ended_at: Mapped[datetime | None]


class Throttle(Base):
    """Tries in a row that did not go well, by whom and from where; both are hashed."""

    __tablename__ = "throttle"

    key: Mapped[bytes] = mapped_column(primary_key=True)
    tries: Mapped[int]
    last_at: Mapped[datetime]
    waits_until: Mapped[datetime]


class Kind(StrEnum):
    """What a notice is about."""

    NEW_DEVICE = "new_device"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - says that it was, not what it is
    CODE_CHANGED = "code_changed"
    RECOVERY_CODE_MADE = "recovery_code_made"
    RECOVERY_CODE_USED = "recovery_code_used"
    RECOVERY_ASKED = "recovery_asked"
    RECOVERY_CANCELLED = "recovery_cancelled"
    RECOVERY_DONE = "recovery_done"
    ENDED_FOR_ROOM = "ended_for_room"
    TOO_MANY_TRIES = "too_many_tries"


class Notice(Base):
    """Something happened to an account that its owner should hear of. No words, no addresses."""

    __tablename__ = "notice"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    kind: Mapped[Kind]
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
