"""Who sees whom: find the link of two people, and end it. What lay under it ends in `sharing`."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import uuid_utils.compat as uuids
from sqlalchemy import ColumnElement, and_, not_, or_, select, true, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.care.models import Appointment, CareLink, Clinic, Membership
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


def belongs(session: Session, account_id: UUID, clinic_id: UUID) -> bool:
    """Whether somebody belongs to a clinic and can sign in."""
    member = and_(Membership.account_id == account_id, Membership.clinic_id == clinic_id)
    can = and_(Membership.ended_at.is_(None), Account.disabled_at.is_(None))
    now = select(Account.id).join(Membership, Membership.account_id == Account.id)
    return session.scalar(select(now.where(member, can).exists())) or False


def hold(session: Session, account_id: UUID, clinic: Clinic, *, shared: bool = False) -> None:
    """Let a clinic stand as it is until the transaction ends; who waited is asked for again.

    :param shared: others who only want it to stand do not wait.
    :raises NotFound: whoever looks after it was removed meanwhile.
    """
    session.refresh(clinic, with_for_update={"read": shared, "key_share": not shared})
    if not belongs(session, account_id, clinic.id):
        raise NotFound


def names_around(session: Session, account_id: UUID) -> Sequence[str]:
    """Names of the clinics somebody belongs to."""
    here = select(Clinic.name).where(Clinic.id.in_(clinics_of(session, account_id)))
    return session.scalars(here).all()


def make_link(
    session: Session, clinic_id: UUID, patient_id: UUID, therapist_id: UUID, *, at: datetime
) -> bool:
    """This therapist sees this patient here from now on. Who sees them already still does.

    The caller holds the clinic's lock, so that two who do it at once make one.

    :return: whether a link was made now.
    """
    both = (patient_id, therapist_id)
    if both in pairs(session, clinic_id, patient_id):
        return False
    session.add(
        CareLink(
            id=uuids.uuid7(),
            clinic_id=clinic_id,
            patient_id=patient_id,
            therapist_id=therapist_id,
            since=at,
        )
    )
    session.flush()
    return True


def pairs(
    session: Session, clinic_id: UUID, account_id: UUID | None = None
) -> list[tuple[UUID, UUID]]:
    """Who sees whom in a clinic: (patient, therapist), of one person or of everybody there."""
    alive = select(CareLink.patient_id, CareLink.therapist_id).where(
        CareLink.clinic_id == clinic_id, CareLink.ended_at.is_(None)
    )
    if account_id is not None:
        alive = alive.where(_either(account_id))
    rows = session.execute(alive.order_by(CareLink.since, CareLink.id))
    return [(patient_id, therapist_id) for patient_id, therapist_id in rows]


def saw(session: Session, clinic_id: UUID, both: tuple[UUID, UUID]) -> bool:
    """Whether this (patient, therapist) saw each other in this clinic, now or at some time."""
    once = select(CareLink.id).where(
        CareLink.clinic_id == clinic_id,
        CareLink.patient_id == both[0],
        CareLink.therapist_id == both[1],
    )
    return session.scalar(select(once.exists())) or False


def cancel_visits(session: Session, both: tuple[UUID, UUID], *, at: datetime) -> None:
    """Nobody waits for a visit with somebody who no longer sees them."""
    session.execute(
        update(Appointment)
        .where(
            Appointment.patient_id == both[0],
            Appointment.therapist_id == both[1],
            Appointment.starts_at > at,
            Appointment.cancelled_at.is_(None),
            not_(linked(*both)),
        )
        .values(cancelled_at=at, changed_at=at, edition=Appointment.edition + 1)
    )


def end_link(
    session: Session,
    patient_id: UUID,
    therapist_id: UUID,
    *,
    at: datetime,
    clinic_id: UUID | None = None,
) -> int:
    """This therapist no longer sees this patient. A later link is a new one.

    :param clinic_id: in this clinic alone.
    :return: how many links that were.
    """
    both = and_(CareLink.patient_id == patient_id, CareLink.therapist_id == therapist_id)
    here = true() if clinic_id is None else CareLink.clinic_id == clinic_id
    return _end(session, and_(both, here), at)


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
    return _end(session, and_(_either(account_id), CareLink.clinic_id == clinic_id), at)


def _either(account_id: UUID) -> ColumnElement[bool]:
    return or_(CareLink.therapist_id == account_id, CareLink.patient_id == account_id)


def _end(session: Session, which: ColumnElement[bool], at: datetime) -> int:
    alive = select(CareLink).where(which, CareLink.ended_at.is_(None))
    links = session.scalars(alive.order_by(CareLink.id)).all()
    for link in links:
        link.ended_at = at
    session.flush()
    return len(links)
