"""What an admin did about a person, what the server counts, and when it was last looked after."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from journal.accounts.models import Account
from journal.care.models import Clinic
from journal.db import Base


class Did(StrEnum):
    """What was done about somebody."""

    LINKED = "linked"
    """The other one sees them, or is seen by them, from now on."""
    UNLINKED = "unlinked"
    LEFT = "left"
    """They no longer belong to the clinic."""
    DEACTIVATED = "deactivated"
    RECOVERY = "recovery"
    """A link was made with which they get in again."""
    REPORT = "report"
    """A report was made of who read what of theirs."""


class Act(Base):
    """One thing done about one person. Ids and a time, never words; it stays."""

    __tablename__ = "clinic_act"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey(Clinic.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    """The admin; None: whoever runs the server, by a command."""
    did: Mapped[Did]
    other_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    """The other one of a link."""
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    """When the person put it away."""


class Trouble(Base):
    """How often in a day the server failed at something that phones sent. Nobody's id is here."""

    __tablename__ = "trouble"

    day: Mapped[date] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]


class Looked(Base):
    """When something was last done that looks after the server, by the name of it."""

    __tablename__ = "looked_after"

    what: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
