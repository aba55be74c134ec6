"""Who read what kind of thing of one patient, when and how: the readings, and nothing beside them.

What was never opened leaves no line, and neither does what somebody of another clinic opened there.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select
from sqlalchemy.orm import Session

from journal import audit
from journal.accounts import service as accounts
from journal.accounts.principals import Admin, Role
from journal.audit import How, Reading
from journal.care import links
from journal.care.models import CareLink, Clinic, Membership
from journal.consent import ledger
from journal.content import library
from journal.db import rows
from journal.roster import acts, service
from journal.roster.models import Did
from journal.sharing.models import Excerpt, What

UNKNOWN = "Not known any more"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing opened once by one person."""

    at: datetime
    reader: str
    kind: str
    """The name of a category: never the title of what was written."""
    what: What | None
    how: How


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a clinic gives out about the reading of one patient's things, oldest first."""

    patient: str
    clinic: str
    zone: str
    """The patient's; the clinic's where they left it, which does not hear where they live now."""
    made_at: datetime
    unbroken: bool
    """Whether the chains of this patient's records hold."""
    lines: list[Line]


def report(session: Session, admin: Admin, patient_id: UUID, *, at: datetime) -> Report:
    """Make a report, and write down for the patient that it was made.

    :raises NotFound: never a patient of this clinic.
    """
    clinic = service.clinic_of(session, admin)
    patient = service.member(session, clinic, patient_id, role=Role.PATIENT, left=True)
    found = _readings(session, clinic, patient.id)
    called = accounts.names(session, {patient.id, *(row[1] for row in found)})
    labels = {one.id: one.label for one in library.load().categories}
    stays = links.belongs(session, patient.id, clinic.id)
    acts.note(session, admin, clinic, patient.id, Did.REPORT, at=at)
    return Report(
        patient=called.get(patient.id, UNKNOWN),
        clinic=clinic.name,
        zone=patient.zone if stays else clinic.zone,
        made_at=at,
        unbroken=holds(session, patient.id),
        lines=[
            Line(when, called.get(reader, UNKNOWN), labels.get(category or "", UNKNOWN), what, how)
            for when, reader, how, category, what in found
        ],
    )


def holds(session: Session, patient_id: UUID) -> bool:
    """Whether the chains of one patient's readings and consents are unbroken."""
    checks = (audit.verify, ledger.verify)
    return not any(next(check(session, patient_id=patient_id), None) for check in checks)


Row = tuple[datetime, UUID, How, str | None, What | None]


def _readings(session: Session, clinic: Clinic, patient_id: UUID) -> list[Row]:
    mine = select(Reading.at, Reading.reader_id, Reading.how, Excerpt.category, Excerpt.what)
    mine = mine.outerjoin(
        Excerpt, and_(Excerpt.patient_id == patient_id, Excerpt.id == Reading.excerpt_id)
    ).where(Reading.patient_id == patient_id, _of_staff(clinic))
    # The kinds are closed to an admin in the database as well: this one statement asks for the
    # patient it is about, and fetches no words.
    with rows.for_author(session, patient_id):
        found = session.execute(mine.order_by(Reading.n)).all()
    return [(at, reader, how, category, what) for at, reader, how, category, what in found]


def _of_staff(clinic: Clinic) -> ColumnElement[bool]:
    """Read by somebody who is or was of this clinic, unless it was as another clinic's."""
    then = and_(
        CareLink.patient_id == Reading.patient_id,
        CareLink.therapist_id == Reading.reader_id,
        CareLink.since <= Reading.at,
        or_(CareLink.ended_at.is_(None), Reading.at <= CareLink.ended_at),
    )
    here = exists().where(then, CareLink.clinic_id == clinic.id)
    there = exists().where(then, CareLink.clinic_id != clinic.id)
    staff = exists().where(
        Membership.account_id == Reading.reader_id, Membership.clinic_id == clinic.id
    )
    return and_(staff, or_(here, not_(there)))
