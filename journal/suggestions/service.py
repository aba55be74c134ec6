"""What one therapist suggests to one patient: a guide, a skill, or a question of their own.

What becomes of it is the patient's own: taken up or left, the therapist's list stays the same.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.principals import Therapist
from journal.care.models import Appointment
from journal.catalog import assigning
from journal.catalog.assigning import UnknownSkill
from journal.catalog.models import Assignment, Given
from journal.catalog.questions import write_question
from journal.content.library import Library, UnknownGuide
from journal.errors import Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing suggested, as the one who suggested it sees it."""

    id: UUID
    kind: Given
    ref: str | None
    title: str = field(repr=False)
    """Of the guide or the skill; of a question, its words."""
    made_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be suggested: a guide or a skill by its id, or a question by its words."""

    id: UUID
    kind: Given
    ref: str | None
    text: str | None = field(repr=False)
    before_appointment: bool = False


def suggestions(session: Session, therapist: Therapist, patient_id: UUID) -> list[Suggestion]:
    """What this therapist has suggested to this patient, newest first, ended or not.

    :raises NotFound: not a patient of this therapist.
    """
    return _shown(session, patient_id, assigning.given_by(session, therapist, patient_id))


def suggest(
    session: Session, therapist: Therapist, patient_id: UUID, wish: Wish, *, at: datetime
) -> Suggestion:
    """Suggest one thing; sent again, it changes nothing.

    :raises NotFound: not a patient of this therapist, or the id is somebody else's.
    :raises Invalid: there is no such guide or skill, or the question is not one line.
    :raises Conflict: the id stands for something else that was suggested.
    """
    visit = _next_visit(session, therapist, patient_id, at) if wish.before_appointment else None
    if wish.kind is Given.QUESTION:
        if wish.ref is not None:
            raise Invalid.at("/ref", "A question has no id of its own.")
        write_question(
            session,
            therapist,
            patient_id,
            wish.text or "",
            id=wish.id,
            before_appointment_id=visit,
            at=at,
        )
    else:
        _assign(session, therapist, patient_id, wish, visit, at)
    row = session.get_one(Assignment, wish.id)
    return _shown(session, patient_id, [row])[0]


def end(
    session: Session, therapist: Therapist, patient_id: UUID, id: UUID, *, at: datetime
) -> None:
    """Suggest it no longer. What the patient made of it stays theirs.

    :raises NotFound: absent, another's, or about somebody this therapist does not see.
    """
    if id not in {row.id for row in assigning.given_by(session, therapist, patient_id)}:
        raise NotFound
    assigning.end(session, therapist, id, at=at)


def _assign(
    session: Session,
    therapist: Therapist,
    patient_id: UUID,
    wish: Wish,
    visit: UUID | None,
    at: datetime,
) -> None:
    if wish.text is not None:
        raise Invalid.at("/text", "Only a question has words of its own.")
    try:
        assigning.assign(
            session,
            therapist,
            id=wish.id,
            patient_id=patient_id,
            kind=wish.kind,
            ref=wish.ref or "",
            before_appointment_id=visit,
            at=at,
        )
    except (UnknownGuide, UnknownSkill):
        raise Invalid.at("/ref", "Choose something from the library.") from None


def _shown(session: Session, patient_id: UUID, rows: Sequence[Assignment]) -> list[Suggestion]:
    everything = assigning.everything_for(session, patient_id)
    return [
        Suggestion(
            id=row.id,
            kind=row.kind,
            ref=None if row.kind is Given.QUESTION else row.ref,
            title=_title(session, row, everything),
            made_at=row.made_at,
            ended_at=row.ended_at,
        )
        for row in rows
    ]


def _title(session: Session, row: Assignment, everything: Library) -> str:
    # Something of another clinic's library, where the patient has been since, has no title here.
    with suppress(UnknownGuide, UnknownSkill):
        if row.kind is Given.SKILL:
            return assigning.skill_for(row.ref, everything).title
        guide = assigning.guide_for(session, row.patient_id, row.ref, row.edition, everything)
        return guide.items[0].text if row.kind is Given.QUESTION else guide.title
    return ""


def _next_visit(
    session: Session, therapist: Therapist, patient_id: UUID, at: datetime
) -> UUID | None:
    coming = select(Appointment.id).where(
        Appointment.patient_id == patient_id,
        Appointment.therapist_id == therapist.id,
        Appointment.cancelled_at.is_(None),
        Appointment.starts_at >= at,
    )
    return session.scalars(coming.order_by(Appointment.starts_at).limit(1)).one_or_none()
