"""Who sees whom: find the link of two people, and end it. What lay under it ends in `sharing`."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from journal.care.models import CareLink, Clinic, Membership
from journal.care.service import linked
from journal.errors import NotFound


def link_of(session: Session, patient_id: UUID, therapist_id: UUID) -> UUID:
    """The id of the newest link between two who see each other now.

    :raises NotFound: no such patient, or another therapist's: one answer.
    """
    alive = select(CareLink.id).where(
        CareLink.patient_id == patient_id,
        CareLink.therapist_id == therapist_id,
        CareLink.ended_at.is_(None),
        linked(patient_id, therapist_id),
    )
    newest = alive.order_by(CareLink.since.desc(), CareLink.id.desc()).limit(1)
    found = session.scalars(newest).one_or_none()
    if found is None:
        raise NotFound
    return found


def clinic_between(
    session: Session, patient_id: UUID, therapist_id: UUID, *, at: datetime
) -> Clinic | None:
    """The clinic where the therapist saw this patient at a time, whatever became of it since."""
    then = (
        select(Clinic)
        .join(CareLink, CareLink.clinic_id == Clinic.id)
        .where(
            CareLink.patient_id == patient_id,
            CareLink.therapist_id == therapist_id,
            CareLink.since <= at,
            or_(CareLink.ended_at.is_(None), at <= CareLink.ended_at),
        )
    )
    newest = then.order_by(CareLink.since.desc(), CareLink.id.desc()).limit(1)
    return session.scalars(newest).one_or_none()


def clinics_of(session: Session, account_id: UUID) -> Sequence[UUID]:
    """Ids of the clinics somebody belongs to."""
    mine = select(Membership.clinic_id).where(
        Membership.account_id == account_id, Membership.ended_at.is_(None)
    )
    return session.scalars(mine.order_by(Membership.since, Membership.clinic_id)).all()


def names_around(session: Session, account_id: UUID) -> Sequence[str]:
    """Names of the clinics somebody belongs to."""
    here = select(Clinic.name).where(Clinic.id.in_(clinics_of(session, account_id)))
    return session.scalars(here).all()


def end_link(session: Session, patient_id: UUID, therapist_id: UUID, *, at: datetime) -> int:
    """This therapist no longer sees this patient. A later link is a new one.

    :return: how many links that were.
    """
    both = (CareLink.patient_id == patient_id, CareLink.therapist_id == therapist_id)
    return _end(session, and_(*both), at)


def end_membership(session: Session, account_id: UUID, clinic_id: UUID, *, at: datetime) -> int:
    """This person no longer belongs to this clinic; whoever they saw there, they see no longer.

    :return: how many links ended with it.
    """
    session.execute(
        update(Membership)
        .where(
            Membership.account_id == account_id,
            Membership.clinic_id == clinic_id,
            Membership.ended_at.is_(None),
        )
        .values(ended_at=at)
    )
    either = or_(CareLink.therapist_id == account_id, CareLink.patient_id == account_id)
    return _end(session, and_(either, CareLink.clinic_id == clinic_id), at)


def _end(session: Session, which: ColumnElement[bool], at: datetime) -> int:
    alive = select(CareLink).where(which, CareLink.ended_at.is_(None))
    links = session.scalars(alive.order_by(CareLink.id)).all()
    for link in links:
        link.ended_at = at
    session.flush()
    return len(links)
