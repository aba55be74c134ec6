"""What is known of a medium. Its bytes lie in the store, sealed under its own key."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from journal.accounts.models import Account
from journal.db import Base
from journal.vault.sealed import Sealed, SealedBytes


class MediumKind(StrEnum):
    """What a medium is to the person who made it."""

    RECORDING = "recording"
    PHOTO = "photo"


class CopyKind(StrEnum):
    """What a copy is to those who see or hear it."""

    RECORDING = "recording"
    PHOTO = "photo"
    DRAWING = "drawing"


class Shelf(Base):
    """One row for each patient, locked first when a medium comes or goes."""

    __tablename__ = "media_shelf"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)


class Medium(Base):
    """One recording or photo of an entry. `completed_at` is set once every byte was confirmed."""

    __tablename__ = "medium"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    entry_id: Mapped[UUID]
    kind: Mapped[MediumKind]
    type: Mapped[str]
    size: Mapped[int]
    blob: Mapped[str] = mapped_column(unique=True)
    """Its name in the store: random, so that the store tells of nobody."""
    key: Mapped[Sealed] = mapped_column(SealedBytes)
    """Its own key, sealed under the patient's."""
    about: Mapped[Sealed] = mapped_column(SealedBytes)
    """The digest of its bytes and how long it lasts, sealed under its own key."""
    made_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_medium_entry", "patient_id", "entry_id"),)


class MediaCopy(Base):
    """A copy that was handed over. Its id is its own: it does not tell which medium it is of."""

    __tablename__ = "media_copy"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    excerpt_id: Mapped[UUID]
    kind: Mapped[CopyKind]
    type: Mapped[str]
    size: Mapped[int]
    blob: Mapped[str] = mapped_column(unique=True)
    key: Mapped[Sealed] = mapped_column(SealedBytes)
    """Its own key, sealed under that of the grant."""
    made_at: Mapped[datetime]

    __table_args__ = (Index("ix_media_copy_excerpt", "patient_id", "excerpt_id"),)


class ClosedEntry(Base):
    """An entry that was deleted: what another device still sends for it is not taken."""

    __tablename__ = "media_closed_entry"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
