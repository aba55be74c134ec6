"""A therapist gives a guide or a skill to one patient.

What was given stays the patient's: when the two part ways, nothing is taken from their phone.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient, Therapist
from journal.care import service as care
from journal.care.models import Appointment
from journal.catalog import service, shelf
from journal.catalog.models import Assignment, Given
from journal.content.guides import Guide
from journal.content.library import Library, UnknownGuide
from journal.content.measures import Needs
from journal.content.shapes import Skill
from journal.db import insert_once
from journal.errors import Conflict, NotFound


class UnknownSkill(Exception):
    """There is no such skill for this patient."""


def assign(
    session: Session,
    therapist: Therapist,
    *,
    id: UUID,
    patient_id: UUID,
    ref: str,
    kind: Given = Given.GUIDE,
    edition: int | None = None,
    before_appointment_id: UUID | None = None,
    at: datetime,
) -> Assignment:
    """Give something to a patient; sent again, it changes nothing. Without an edition: the newest.

    :raises NotFound: not a patient of this therapist, or not an appointment of theirs.
    :raises UnknownGuide: there is no such guide for this patient.
    :raises UnknownSkill: there is no such skill for this patient.
    :raises Conflict: the id stands for something else that was given.
    """
    care.require_link(session, patient_id, therapist.id)
    made = session.get(Assignment, id) or _made(
        session,
        Assignment(
            id=id,
            patient_id=patient_id,
            therapist_id=therapist.id,
            kind=kind,
            ref=ref,
            edition=edition,
            made_at=at,
            before_appointment_id=before_appointment_id,
        ),
    )
    if (made.therapist_id, made.patient_id) != (therapist.id, patient_id):
        raise NotFound
    if (made.kind, made.ref, made.edition) != (kind, ref, edition):
        raise Conflict("This id stands for something else.")
    return made


def end(session: Session, therapist: Therapist, assignment_id: UUID, *, at: datetime) -> None:
    """Ask no longer. Entries stay as they are; doing it twice changes nothing.

    :raises NotFound: absent, another's, or of somebody this therapist no longer sees.
    """
    row = session.get(Assignment, assignment_id)
    if row is None or row.therapist_id != therapist.id:
        raise NotFound
    care.require_link(session, row.patient_id, therapist.id)
    row.ended_at = row.ended_at or at
    session.flush()


def given_by(session: Session, therapist: Therapist, patient_id: UUID) -> Sequence[Assignment]:
    """What one therapist has given to one patient, newest first, ended or not.

    :raises NotFound: not a patient of this therapist.
    """
    care.require_link(session, patient_id, therapist.id)
    both = (Assignment.patient_id == patient_id, Assignment.therapist_id == therapist.id)
    newest = (Assignment.made_at.desc(), Assignment.id.desc())
    return session.scalars(select(Assignment).where(*both).order_by(*newest)).all()


def assigned_to(session: Session, patient_id: UUID) -> list[Guide]:
    """The guides a patient has been given and the questions written for them, oldest first."""
    mine = _open(patient_id).where(Assignment.kind != Given.SKILL)
    everything = everything_for(session, patient_id)
    given: list[Guide] = []
    for ref, edition in dict.fromkeys((row.ref, row.edition) for row in session.scalars(mine)):
        # A clinic's guide is not offered any more to somebody who has left the clinic.
        with suppress(UnknownGuide):
            given.append(guide_for(session, patient_id, ref, edition, everything))
    return [guide for guide in given if _can_be_asked(guide, everything)]


def skills_for(session: Session, patient_id: UUID) -> list[Assignment]:
    """The skills a patient has been given, oldest first. To take one up is the patient's own."""
    mine = _open(patient_id).where(Assignment.kind == Given.SKILL)
    known = everything_for(session, patient_id).skill_editions.newest
    return [row for row in session.scalars(mine) if row.ref in known]


def set_aside(session: Session, patient: Patient, assignment_id: UUID, *, at: datetime) -> None:
    """Let what was given lie, for good. Twice changes nothing; who gave it is not told.

    :raises NotFound: nothing of this id was given to this patient.
    """
    row = session.get(Assignment, assignment_id)
    if row is None or row.patient_id != patient.id:
        raise NotFound
    row.set_aside_at = row.set_aside_at or at
    session.flush()


def everything_for(session: Session, patient_id: UUID) -> Library:
    """The library of a patient's clinic, with the measures that wait to be given."""
    clinic = care.clinic_of(session, patient_id)
    return service.whole_library(session, clinic.id if clinic else None)


def guide_for(
    session: Session, patient_id: UUID, id: str, edition: int | None, everything: Library
) -> Guide:
    """A guide as this patient finds it, questions written for them included.

    :raises UnknownGuide: there is no such guide for this patient.
    """
    me = Patient(patient_id)
    if edition is not None:
        return service.guide(session, id, edition, reader=me)
    if row := shelf.written_for(session, patient_id, id):
        return service.guide(session, id, row.edition, reader=me)
    return everything.guide(id)


def skill_for(id: str, everything: Library) -> Skill:
    """A skill in its newest edition.

    :raises UnknownSkill: there is no such skill for this patient.
    """
    try:
        return everything.skill_editions.newest[id]
    except KeyError:
        raise UnknownSkill from None


def _made(session: Session, row: Assignment) -> Assignment:
    if row.before_appointment_id is not None:
        _require_appointment(session, row)
    everything = everything_for(session, row.patient_id)
    if row.kind is Given.SKILL:
        skill_for(row.ref, everything)
    else:
        guide_for(session, row.patient_id, row.ref, row.edition, everything)
    columns = [column.key for column in Assignment.__mapper__.column_attrs]
    insert_once(session, Assignment, **{name: getattr(row, name) for name in columns})
    return session.get_one(Assignment, row.id)


def _open(patient_id: UUID) -> Select[Assignment]:
    return (
        select(Assignment)
        .where(
            Assignment.patient_id == patient_id,
            Assignment.ended_at.is_(None),
            Assignment.set_aside_at.is_(None),
        )
        .order_by(Assignment.made_at, Assignment.id)
    )


def _require_appointment(session: Session, row: Assignment) -> None:
    visit = session.get(Appointment, row.before_appointment_id)
    if visit is None or (visit.patient_id, visit.therapist_id) != (
        row.patient_id,
        row.therapist_id,
    ):
        raise NotFound


def _can_be_asked(guide: Guide, everything: Library) -> bool:
    needs = guide.measure.needs if guide.measure else None
    return needs is not Needs.RESPONSE_PLAN or everything.response_plan is not None
