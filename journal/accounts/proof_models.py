"""What people show that it is they, beside a password: rows that hold no secret in the clear."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from journal.accounts.models import Account
from journal.db import Base
from journal.vault.sealed import Sealed, SealedBytes


class Passkey(Base):
    """A key pair whose other half never leaves the person's device or their keychain."""

    __tablename__ = "passkey"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(BigInteger)
    """Of those that count; 0 for ever for those that do not."""
    synced: Mapped[bool]
    """Whether it is kept elsewhere too, and outlives the device."""
    name: Mapped[Sealed] = mapped_column(SealedBytes)
    since: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SpentAsk(Base):
    """A challenge that was answered once, until it would have ended by itself."""

    __tablename__ = "spent_ask"

    digest: Mapped[bytes] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)


class OneTimeCode(Base):
    """The secret behind an account's six digits (RFC 6238), sealed under the account's key."""

    __tablename__ = "one_time_code"

    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    secret: Mapped[Sealed | None] = mapped_column(SealedBytes)
    pending: Mapped[Sealed | None] = mapped_column(SealedBytes)
    """Shown, and not yet confirmed with a code."""
    pending_at: Mapped[datetime | None]
    last_step: Mapped[int | None] = mapped_column(BigInteger)
    """The half minute of the last code that was taken: none is taken twice."""


class DemoCode(Base):
    """A code that everybody may know, of a person who does not exist.

    Taken on localhost alone; elsewhere the server does not start while there is one.
    """

    __tablename__ = "demo_code"

    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    code: Mapped[str]


class RecoveryCode(Base):
    """One code on paper, for one use. A newer one takes its place."""

    __tablename__ = "recovery_code"

    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    code_hash: Mapped[bytes]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RecoveryLink(Base):
    """A one-time link that a clinic gave after looking at who asked. It is half of a recovery."""

    __tablename__ = "recovery_link"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    """Used, called off, or followed by a newer one."""


class Recovery(Base):
    """A way back in that was asked for with two proofs, and opens after a wait."""

    __tablename__ = "recovery"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    opens_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    """Called off, or followed by a newer one."""
    done_at: Mapped[datetime | None]
