"""One drop key for each patient, one lock for each phone that has a PIN."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from journal.accounts.models import Account
from journal.db import Base
from journal.vault.sealed import Sealed, SealedBytes


class DropKey(Base):
    """The pair to whose public half a phone seals what is caught while it is locked."""

    __tablename__ = "drop_key"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    id: Mapped[UUID]
    pair: Mapped[Sealed] = mapped_column(SealedBytes)
    made_at: Mapped[datetime]


class PhoneLock(Base):
    """The server's part of a PIN: without it no number of guesses on the phone opens anything."""

    __tablename__ = "phone_lock"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Made on the phone, at random. Whoever asks to open names it: nobody may be signed in."""
    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    proof: Mapped[bytes]
    """A keyed hash of what the phone proves that it knows the PIN with."""
    share: Mapped[Sealed | None] = mapped_column(SealedBytes)
    """None once the tries are used up."""
    key: Mapped[Sealed] = mapped_column(SealedBytes)
    tries: Mapped[int]
    """Wrong ones since the last right one."""
    set_at: Mapped[datetime]
