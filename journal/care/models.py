"""The clinic's facts about a person's treatment. No words of the patient's are here."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from journal.accounts.models import Account
from journal.db import Base
from journal.vault.sealed import Sealed, SealedBytes


class Route(StrEnum):
    """How a dose was given."""

    IV = "iv"
    IM = "im"
    LOZENGE = "lozenge"
    ORAL = "oral"
    NASAL = "nasal"
    OTHER = "other"


class Clinic(Base):
    """A practice: its public numbers and its defaults."""

    __tablename__ = "clinic"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    region: Mapped[str]
    zone: Mapped[str]
    clear_time: Mapped[str]
    """When decisions count again the morning after a dose, `HH:MM` in the patient's zone."""
    numbers: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """`[{label, phone, hours}]`, shown on Help to anybody."""
    numbers_checked_on: Mapped[date | None]
    """The day somebody last rang every one of them."""
    out_of_hours: Mapped[str] = mapped_column(default="")
    """What Help says beside the numbers about when nobody answers."""
    course_sessions: Mapped[int | None]
    """How many dosing sessions a course usually has."""
    settings_edition: Mapped[int] = mapped_column(default=1)


class Membership(Base):
    """An account that belongs to a clinic. Ending it ends all access at once."""

    __tablename__ = "membership"

    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey(Clinic.id), primary_key=True)
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class CareLink(Base):
    """A patient and the therapist who sees them. It shows a name; it opens no words."""

    __tablename__ = "care_link"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey(Clinic.id))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    therapist_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Course(Base):
    """One patient's series of treatment at a clinic."""

    __tablename__ = "course"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey(Clinic.id))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    started_on: Mapped[date]
    ended_on: Mapped[date | None]


class DosingSession(Base):
    """One supervised dose. From `started_at` to `clear_at` nothing can be widened.

    A row that was cancelled is nowhere shown, and its times still hold: what had begun by then
    stays closed until the morning it promised.
    """

    __tablename__ = "dosing_session"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    course_id: Mapped[UUID] = mapped_column(ForeignKey(Course.id))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    number: Mapped[int]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    clear_at: Mapped[datetime]
    route: Mapped[Route]
    cancelled_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    edition: Mapped[int] = mapped_column(default=1)


class Appointment(Base):
    """A planned integration session of a patient with a therapist."""

    __tablename__ = "appointment"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    therapist_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    starts_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    edition: Mapped[int] = mapped_column(default=1)


class TherapistNote(Base):
    """What a therapist notes for themselves about a patient. Nobody else ever reads it.

    The key begins with both people: an id means nothing to anybody else.
    """

    __tablename__ = "therapist_note"

    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    therapist_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    body: Mapped[Sealed] = mapped_column(SealedBytes)
    """Under the key of the therapist's notes, which is no patient's and no clinic's."""
