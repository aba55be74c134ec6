"""Excerpts: sealed copies of what a patient chose, each under its grant's own key."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
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
    taken_back_at: Mapped[datetime | None]
    body: Mapped[Sealed | None] = mapped_column(SealedBytes)
    cuts: Mapped[Sealed | None] = mapped_column(SealedBytes)
    """Digests of what was removed from the body, so that the same cut sent again is known."""

    __table_args__ = (
        Index("ix_excerpt_handover", "patient_id", "handover_id"),
        Index("ix_excerpt_entry", "patient_id", "entry_id"),
    )
