"""Entries and their revisions. Keys begin with the patient, so no id tells of another's."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from journal.accounts.models import Account
from journal.db import Base
from journal.vault.sealed import Sealed, SealedBytes


class Kept(StrEnum):
    """What a revision is to its entry."""

    LINE = "line"
    """The head, or an earlier text the head grew from."""
    CONFLICT = "conflict"
    """Written elsewhere at the same time; waits for its author to choose."""
    RESOLVED = "resolved"
    """A conflict its author has dealt with; still readable among the earlier texts."""


class Journal(Base):
    """One counter for each patient, locked first in every write: changes have no gaps."""

    __tablename__ = "journal"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    epoch: Mapped[UUID]
    """Changes when the numbering starts over (a restored backup); old cursors then end."""
    n: Mapped[int]


class Entry(Base):
    """One thing a patient wrote. What it says is in the revision that `head` names."""

    __tablename__ = "entry"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    n: Mapped[int]
    head: Mapped[UUID]
    guide: Mapped[str]
    edition: Mapped[int]
    occurred_at: Mapped[datetime]
    zone: Mapped[str]
    created_at: Mapped[datetime]

    __table_args__ = (Index("ix_entry_feed", "patient_id", "n", unique=True),)


class Revision(Base):
    """The answers as they were sent once. Never edited."""

    __tablename__ = "revision"

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    entry_id: Mapped[UUID]
    parent: Mapped[UUID | None]
    kept: Mapped[Kept]
    edition: Mapped[int]
    """The guide's edition these answers were given to."""
    saved_at: Mapped[datetime]
    body: Mapped[Sealed] = mapped_column(SealedBytes)

    __table_args__ = (
        ForeignKeyConstraint(
            ["patient_id", "entry_id"], ["entry.patient_id", "entry.id"], ondelete="CASCADE"
        ),
        Index("ix_revision_entry", "patient_id", "entry_id"),
    )


class Tombstone(Base):
    """An entry that was deleted: its id and number, so that other devices forget it too."""

    __tablename__ = "tombstone"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    n: Mapped[int]

    __table_args__ = (Index("ix_tombstone_feed", "patient_id", "n", unique=True),)
