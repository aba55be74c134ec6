"""Read the clinic's facts: links, courses, doses, appointments."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from journal.accounts.models import Account
from journal.accounts.principals import Admin, Therapist
from journal.care.models import (
    Appointment,
    CareLink,
    Clinic,
    Course,
    DosingSession,
    Membership,
)
from journal.care.stage import Dose, Step, course_end, ladder
from journal.errors import NotFound

Id = InstrumentedAttribute[UUID] | BindParameter[UUID] | UUID
"""An id, or what stands for one in a statement."""

Moment = datetime | BindParameter[datetime]


def linked(
    patient_id: Id, therapist_id: Id, *, since: InstrumentedAttribute[datetime] | None = None
) -> ColumnElement[bool]:
    """Whether the therapist sees this patient now: link, both members, both accounts alive.

    Written for a WHERE clause; leaving, reassignment and a disabled account each make it false.

    :param since: the link and the membership have to be as old as this: who left and came back
        starts afresh.
    """
    link, member, person = aliased(CareLink), aliased(Membership), aliased(Account)
    old_enough = true() if since is None else and_(link.since <= since, member.since <= since)
    return exists().where(
        old_enough,
        link.patient_id == patient_id,
        link.therapist_id == therapist_id,
        link.ended_at.is_(None),
        member.account_id == link.therapist_id,
        member.clinic_id == link.clinic_id,
        member.ended_at.is_(None),
        person.id == link.therapist_id,
        person.disabled_at.is_(None),
        _is_patient_of(link),
    )


def _is_patient_of(link: type[CareLink]) -> ColumnElement[bool]:
    """Whether the patient of a link is still one of that clinic's."""
    member, person = aliased(Membership), aliased(Account)
    return exists().where(
        member.account_id == link.patient_id,
        member.clinic_id == link.clinic_id,
        member.ended_at.is_(None),
        person.id == link.patient_id,
        person.disabled_at.is_(None),
    )


def clinic_of(session: Session, account_id: UUID) -> Clinic | None:
    """The clinic an account belongs to."""
    return session.scalars(
        select(Clinic)
        .join(Membership, Membership.clinic_id == Clinic.id)
        .where(Membership.account_id == account_id, Membership.ended_at.is_(None))
        .order_by(Membership.since)
        .limit(1)
    ).one_or_none()


def admins_clinic(session: Session, admin: Admin) -> Clinic:
    """The clinic an admin looks after.

    :raises NotFound: they look after none (any more).
    """
    clinic = clinic_of(session, admin.id)
    if clinic is None:
        raise NotFound
    return clinic


def only_clinic(session: Session) -> Clinic | None:
    """The clinic of this server, where there is one and no other."""
    found = session.scalars(select(Clinic).limit(2)).all()
    return found[0] if len(found) == 1 else None


# Built once: the rule is long, and writing it out anew would cost more than looking.
_patient: BindParameter[UUID] = bindparam("patient")
_therapist: BindParameter[UUID] = bindparam("therapist")
LINKED = select(linked(_patient, _therapist))
THERAPISTS = (
    select(CareLink.therapist_id)
    .where(CareLink.patient_id == _patient, CareLink.ended_at.is_(None))
    .where(linked(_patient, CareLink.therapist_id))
    .order_by(CareLink.since)
)
PATIENTS = (
    select(CareLink.patient_id)
    .where(CareLink.therapist_id == _therapist, CareLink.ended_at.is_(None))
    .where(linked(CareLink.patient_id, _therapist))
)


def therapists_of(session: Session, patient_id: UUID) -> Sequence[UUID]:
    """Ids of the therapists who see this patient now."""
    return session.connection().scalars(THERAPISTS, {"patient": patient_id}).all()


def patients_of(session: Session, therapist: Therapist) -> Sequence[UUID]:
    """Ids of the patients this therapist sees now."""
    return session.connection().scalars(PATIENTS, {"therapist": therapist.id}).all()


def require_link(session: Session, patient_id: UUID, therapist_id: UUID) -> None:
    """Refuse unless the therapist sees this patient now.

    :raises NotFound: no such patient, or another therapist's: one answer.
    """
    both = {"patient": patient_id, "therapist": therapist_id}
    if not session.connection().scalar(LINKED, both):
        raise NotFound


def not_clear_until(session: Session, patient_id: UUID, at: datetime) -> datetime | None:
    """When decisions count again, if a dose is not yet over at `at`; otherwise None."""
    return session.scalar(
        select(func.max(DosingSession.clear_at)).where(
            DosingSession.patient_id == patient_id,
            DosingSession.started_at <= at,
            at < DosingSession.clear_at,
        )
    )


def doses_of(session: Session, patient_id: UUID) -> Sequence[DosingSession]:
    """A patient's dosing sessions, oldest first; those that were cancelled are left out."""
    mine = select(DosingSession).where(
        DosingSession.patient_id == patient_id, DosingSession.cancelled_at.is_(None)
    )
    return session.scalars(mine.order_by(DosingSession.started_at)).all()


def windows_of(session: Session, patient_id: UUID) -> Sequence[DosingSession]:
    """Everything that closes something: cancelled sessions too, where one had begun."""
    mine = select(DosingSession).where(DosingSession.patient_id == patient_id)
    return session.scalars(mine.order_by(DosingSession.started_at)).all()


def appointments_of(session: Session, patient_id: UUID, since: datetime) -> Sequence[Appointment]:
    """A patient's appointments from `since` on that were not cancelled, in order."""
    mine = select(Appointment).where(
        Appointment.patient_id == patient_id,
        Appointment.cancelled_at.is_(None),
        Appointment.starts_at >= since,
    )
    return session.scalars(mine.order_by(Appointment.starts_at)).all()


def steps_of(session: Session, patient_id: UUID, since: datetime) -> list[Step]:
    """A patient's ladder. The newest course decides whether treatment is over."""
    doses = [
        Dose(row.number, row.started_at, row.clear_at) for row in doses_of(session, patient_id)
    ]
    visits = [row.starts_at for row in appointments_of(session, patient_id, since)]
    return ladder(doses, visits, ended_at=_over(session, patient_id, doses))


def _over(session: Session, patient_id: UUID, doses: Sequence[Dose]) -> datetime | None:
    course = course_of(session, patient_id)
    if course is None or course.ended_on is None:
        return None
    zone = session.scalars(select(Account.zone).where(Account.id == patient_id)).one()
    return course_end(course.ended_on, doses, zone)


def course_of(session: Session, patient_id: UUID) -> Course | None:
    """The newest course of a patient."""
    mine = select(Course).where(Course.patient_id == patient_id)
    return session.scalars(mine.order_by(Course.started_on.desc()).limit(1)).one_or_none()
