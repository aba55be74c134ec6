"""An invitation: for one person, in one role, once, for 72 hours."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from journal.accounts.models import Account
from journal.accounts.principals import Role
from journal.care.models import Clinic
from journal.db import Base
from journal.vault.sealed import Sealed, SealedBytes


class Invitation(Base):
    """A link that a clinic made. The database holds the hash of its token.

    The key begins with the clinic: an id means nothing to another one. Nobody belongs to a clinic
    by being invited; the account is made when the invitation is accepted.
    """

    __tablename__ = "invitation"

    clinic_id: Mapped[UUID] = mapped_column(ForeignKey(Clinic.id), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    role: Mapped[Role]
    therapist_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    """Whom a patient will see."""
    name: Mapped[Sealed] = mapped_column(SealedBytes)
    """Under the clinic's key: there is no account yet that could have one."""
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    """None: made on the machine itself, for a clinic's first admin."""
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
