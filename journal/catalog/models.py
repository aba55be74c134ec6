"""A clinic's own editions, and what a therapist has given to whom."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from journal.accounts.models import Account
from journal.care.models import Appointment, Clinic
from journal.db import Base
from journal.vault.sealed import Sealed, SealedBytes


class ContentKind(StrEnum):
    """What an edition is an edition of."""

    GUIDE = "guide"
    SKILL = "skill"
    TEXTS = "texts"


class ContentEdition(Base):
    """One edition a clinic made. Never edited and never deleted: entries name it.

    Editions count up from 1001 for each id in the whole installation, so that an id and an
    edition mean one thing wherever they stand; the product's own stay below.
    """

    __tablename__ = "content_edition"

    kind: Mapped[ContentKind] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey(Clinic.id))
    patient_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    """Set on a question that was written for one patient: for everybody else it is not there."""
    made_by: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    made_at: Mapped[datetime]
    body: Mapped[Sealed] = mapped_column(SealedBytes)
    """Under the patient's key if there is one, else under the clinic's."""

    __table_args__ = (Index("ix_content_edition_clinic", "clinic_id", "patient_id"),)


class Given(StrEnum):
    """What a therapist gives to a patient: a guide, a skill, or a question of their own.

    A question is a guide too, one that is there for that patient alone.
    """

    GUIDE = "guide"
    SKILL = "skill"
    QUESTION = "question"


class Assignment(Base):
    """What a therapist has given to one patient. Without an edition, the newest."""

    __tablename__ = "assignment"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    therapist_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    kind: Mapped[Given]
    ref: Mapped[str]
    """The id of the guide or the skill."""
    edition: Mapped[int | None]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    set_aside_at: Mapped[datetime | None]
    """When the patient let it lie. The therapist never learns it."""
    before_appointment_id: Mapped[UUID | None] = mapped_column(ForeignKey(Appointment.id))
