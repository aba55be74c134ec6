"""Somebody comes to a clinic: membership, and whom they see there."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import uuid_utils.compat as uuids
from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from journal.accounts.models import Account
from journal.accounts.principals import Role
from journal.care.models import CareLink, Membership

Id = UUID | InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None]


def works_at(clinic_id: Id, account_id: Id, role: Role) -> ColumnElement[bool]:
    """Whether this account belongs to this clinic in this role now. For a WHERE clause."""
    member, person = aliased(Membership), aliased(Account)
    return exists().where(
        member.clinic_id == clinic_id,
        member.account_id == account_id,
        member.ended_at.is_(None),
        person.id == member.account_id,
        person.role == role,
        person.disabled_at.is_(None),
    )


def therapists_at(session: Session, clinic_id: UUID) -> Sequence[UUID]:
    """Ids of the therapists who work at a clinic now, in the order in which they came."""
    here = select(Membership.account_id).where(
        Membership.clinic_id == clinic_id,
        works_at(clinic_id, Membership.account_id, Role.THERAPIST),
    )
    return session.scalars(here.order_by(Membership.since, Membership.account_id)).all()


def admit(session: Session, account_id: UUID, clinic_id: UUID, *, at: datetime) -> None:
    """From now on this new account belongs to this clinic."""
    session.add(Membership(account_id=account_id, clinic_id=clinic_id, since=at))
    session.flush()


def begin_link(
    session: Session, clinic_id: UUID, patient_id: UUID, therapist_id: UUID, *, at: datetime
) -> None:
    """From now on this therapist sees this patient. It opens no words: that takes a grant."""
    session.add(
        CareLink(
            id=UUID(str(uuids.uuid7())),
            clinic_id=clinic_id,
            patient_id=patient_id,
            therapist_id=therapist_id,
            since=at,
        )
    )
    session.flush()
