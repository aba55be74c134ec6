"""Excerpts: sealed copies of what a patient chose, each under its grant's own key.

Beside them what is put on them without words: a therapist's marks, a patient's order.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from journal.accounts.models import Account
from journal.consent.models import Grant
from journal.db import Base
from journal.vault.sealed import Sealed, SealedBytes


class What(StrEnum):
    """How much of an entry was handed over."""

    WHOLE = "whole"
    ANSWERS = "answers"
    PASSAGE = "passage"


class Excerpt(Base):
    """One thing handed to one therapist.

    Taking it back, or ending its grant, removes the body; the row stays as what a receipt speaks
    of, without a word in it.
    """

    __tablename__ = "excerpt"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    handover_id: Mapped[UUID]
    grant_id: Mapped[UUID] = mapped_column(ForeignKey(Grant.id), index=True)
    entry_id: Mapped[UUID]
    revision: Mapped[UUID]
    guide: Mapped[str]
    edition: Mapped[int]
    what: Mapped[What]
    category: Mapped[str]
    written_at: Mapped[datetime]
    zone: Mapped[str]
    handed_at: Mapped[datetime]
    release_at: Mapped[datetime | None]
    """None: marked on a dosing day and waits to be asked about the morning after."""
    words: Mapped[int | None]
    """How many words it has, for the time it takes to read. None: from before they were counted."""
    taken_back_at: Mapped[datetime | None]
    body: Mapped[Sealed | None] = mapped_column(SealedBytes)
    cuts: Mapped[Sealed | None] = mapped_column(SealedBytes)
    """Ids of what was removed from the body, so that the same cut sent again is known."""

    __table_args__ = (
        Index("ix_excerpt_handover", "patient_id", "handover_id"),
        Index("ix_excerpt_entry", "patient_id", "entry_id"),
    )


class Marking(StrEnum):
    """What a therapist marks on an excerpt."""

    READ = "read"
    TALKED = "talked"
    CARRY = "carry"


class Mark(Base):
    """A therapist's mark on one excerpt. Its author sees it; it goes when the excerpt goes."""

    __tablename__ = "mark"

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    excerpt_id: Mapped[UUID] = mapped_column(primary_key=True)
    therapist_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    mark: Mapped[Marking] = mapped_column(primary_key=True)
    at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint([patient_id, excerpt_id], [Excerpt.patient_id, Excerpt.id]),
        Index("ix_mark_therapist_id", "therapist_id"),
    )


class Brief(Base):
    """What a patient put first for one therapist, and when. Ids and times, never words.

    It belongs to one grant and goes with it; a renewal takes it along, as it does the excerpts.
    """

    __tablename__ = "brief"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    therapist_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True, index=True)
    grant_id: Mapped[UUID] = mapped_column(ForeignKey(Grant.id))
    released_at: Mapped[datetime]
    agenda: Mapped[UUID | None]
    """The excerpt that heads the page."""
    bring: Mapped[list[str]] = mapped_column(JSON)
    """Ids of excerpts, in the order the patient gave them."""
    first: Mapped[int]
    """How many of them stand open on the first screen."""
