"""Grants, the categories they allow, the append-only ledger of how they came to be so; asks."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BindParameter, ColumnElement, ForeignKey, and_, bindparam, not_, or_
from sqlalchemy.orm import Mapped, mapped_column

from journal.accounts.models import Account
from journal.care.models import CareLink
from journal.care.service import Moment, linked
from journal.content import library
from journal.db import Base

# Asked whenever a statement runs: statements are built once, and live as long as the process.
_agreed_since: BindParameter[int] = bindparam(
    "agreed_since", callable_=lambda: library.load().agreed_since
)


class Happened(StrEnum):
    """What an event of the ledger did."""

    GIVEN = "given"
    NARROWED = "narrowed"
    PAUSED = "paused"
    RESUMED = "resumed"
    RENEWED = "renewed"
    """Another grant took its place."""
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    LEFT = "left"
    """The therapist no longer sees this patient, or one of the two is no longer there."""


class Because(StrEnum):
    """Why an event came about, where it was not the patient's own doing. A fact of the event."""

    DOSE = "dose"
    """The clinic wrote down late that a session had begun before."""


class Grant(Base):
    """A patient's consent that one therapist may read what is handed to them, until it ends.

    The present state of a grant is a fold of its events and is written in the same transaction.
    Its data key has the grant's id as owner; ending the grant destroys that key.
    """

    __tablename__ = "grant"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    therapist_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    agreement: Mapped[str]
    agreement_edition: Mapped[int]
    agreement_sha256: Mapped[str]
    locale: Mapped[str]
    given_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[Happened | None]
    release_in_morning: Mapped[bool]
    """Agreed while clear: what is marked on a dosing day goes out at clear_at unasked."""
    paused_at: Mapped[datetime | None]
    pause: Mapped[int | None]
    """The ledger's number of the pause that holds: going on names the pause it ends."""

    @classmethod
    def standing(cls, at: Moment) -> ColumnElement[bool]:
        """Given, not ended, its end not reached; paused or not.

        An ending is a fact and not a comparison, so that a clock set back revives nothing.
        """
        return and_(cls.given_at <= at, cls.ended_at.is_(None), at < cls.ends_at)

    @classmethod
    def over(cls, at: Moment) -> ColumnElement[bool]:
        """Not ended, and yet its end was reached: in time, or who was to read is gone."""
        gone = not_(linked(cls.patient_id, cls.therapist_id, since=cls.given_at))
        return and_(cls.ended_at.is_(None), or_(cls.ends_at <= at, gone))

    @classmethod
    def in_force(cls, at: Moment) -> ColumnElement[bool]:
        """The only definition of live consent: standing, not paused, to a text that still holds."""
        return and_(cls.standing(at), cls.pause.is_(None), cls.agreement_edition >= _agreed_since)


class GrantCategory(Base):
    """One category a grant allows."""

    __tablename__ = "grant_category"

    grant_id: Mapped[UUID] = mapped_column(
        ForeignKey(Grant.id, ondelete="CASCADE"), primary_key=True
    )
    category: Mapped[str] = mapped_column(primary_key=True)


class Ask(Base):
    """A therapist asked a patient to share with them: once for as long as they see each other."""

    __tablename__ = "ask"

    link_id: Mapped[UUID] = mapped_column(ForeignKey(CareLink.id), primary_key=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    therapist_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    asked_at: Mapped[datetime]
    set_aside_at: Mapped[datetime | None]
    """The patient does not want to see it any more. Nothing of this is ever told to the asker."""


class ConsentEvent(Base):
    """One thing that happened to a grant. Only ever appended; hash-chained for each patient."""

    __tablename__ = "consent_event"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[UUID] = mapped_column(index=True)
    happened: Mapped[Happened]
    at: Mapped[datetime]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What the event set: therapist, categories, end, agreement and its hash. Never words."""
    hash: Mapped[bytes]


class ConsentHead(Base):
    """How many events a patient's ledger has, and the hash of the newest. Locked first."""

    __tablename__ = "consent_head"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    n: Mapped[int]
    hash: Mapped[bytes]
