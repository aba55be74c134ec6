"""A therapist gives a guide to one patient, or writes one question for them.

What was given stays the patient's: when the two part ways, nothing is taken from their phone.
"""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from marshmallow import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient, Therapist
from journal.care import service as care
from journal.care.models import Appointment
from journal.catalog import service, shelf, stored
from journal.catalog.models import Assignment, ContentKind
from journal.content.guides import Guide, GuideKind, Kind, Lines, Share, Tier
from journal.content.library import Library, UnknownGuide
from journal.content.measures import Needs
from journal.errors import Invalid, NotFound

LONGEST_QUESTION = 2_000  # characters


def assign(
    session: Session,
    therapist: Therapist,
    *,
    id: UUID,
    patient_id: UUID,
    guide: str,
    edition: int | None = None,
    before_appointment_id: UUID | None = None,
    at: datetime,
) -> Assignment:
    """Give a guide to a patient; sent again, it changes nothing. Without an edition: the newest.

    :raises NotFound: not a patient of this therapist, or not an appointment of theirs.
    :raises UnknownGuide: there is no such guide for this patient.
    """
    care.require_link(session, patient_id, therapist.id)
    if made := session.get(Assignment, id):
        if (made.therapist_id, made.patient_id) != (therapist.id, patient_id):
            raise NotFound
        return made
    if before_appointment_id is not None:
        _require_appointment(session, before_appointment_id, patient_id, therapist.id)
    _found(session, patient_id, guide, edition, _everything(session, patient_id))
    made = Assignment(
        id=id,
        patient_id=patient_id,
        therapist_id=therapist.id,
        guide=guide,
        edition=edition,
        made_at=at,
        before_appointment_id=before_appointment_id,
    )
    session.add(made)
    session.flush()
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


def assigned_to(session: Session, patient_id: UUID) -> list[Guide]:
    """The guides a patient has been given and the questions written for them, oldest first."""
    mine = select(Assignment.guide, Assignment.edition).where(
        Assignment.patient_id == patient_id, Assignment.ended_at.is_(None)
    )
    rows = session.execute(mine.order_by(Assignment.made_at, Assignment.id)).all()
    everything = _everything(session, patient_id)
    given: list[Guide] = []
    for guide, edition in dict.fromkeys((row.guide, row.edition) for row in rows):
        # A clinic's guide is not offered any more to somebody who has left the clinic.
        with suppress(UnknownGuide):
            given.append(_found(session, patient_id, guide, edition, everything))
    return [guide for guide in given if _can_be_asked(guide, everything)]


def write_question(
    session: Session, therapist: Therapist, patient_id: UUID, text: str, *, id: UUID, at: datetime
) -> Guide:
    """Write one question for one patient: a guide that nobody else can find, given at once.

    :param id: of the assignment; the same id again changes nothing.
    :raises NotFound: not a patient of this therapist.
    :raises Invalid: the text is not one line, or too long.
    """
    care.require_link(session, patient_id, therapist.id)
    name = f"q-{id.hex}"
    if (row := shelf.written_for(session, patient_id, name)) is None:
        clinic = care.clinic_of(session, therapist.id)
        if clinic is None:
            raise NotFound
        shelf.put_up(
            session,
            ContentKind.GUIDE,
            name,
            stored.to_bytes(_one_question(name, f"x-{id}", text)),
            clinic_id=clinic.id,
            patient_id=patient_id,
            made_by=therapist.id,
            at=at,
        )
    elif row.made_by != therapist.id:
        raise NotFound
    assign(session, therapist, id=id, patient_id=patient_id, guide=name, at=at)
    return _found(session, patient_id, name, None, _everything(session, patient_id))


def _require_appointment(session: Session, id: UUID, patient_id: UUID, therapist_id: UUID) -> None:
    visit = session.get(Appointment, id)
    if visit is None or (visit.patient_id, visit.therapist_id) != (patient_id, therapist_id):
        raise NotFound


def _everything(session: Session, patient_id: UUID) -> Library:
    clinic = care.clinic_of(session, patient_id)
    return service.whole_library(session, clinic.id if clinic else None)


def _found(
    session: Session, patient_id: UUID, id: str, edition: int | None, everything: Library
) -> Guide:
    me = Patient(patient_id)
    if edition is not None:
        return service.guide(session, id, edition, reader=me)
    if row := shelf.written_for(session, patient_id, id):
        return service.guide(session, id, row.edition, reader=me)
    return everything.guide(id)


def _can_be_asked(guide: Guide, everything: Library) -> bool:
    needs = guide.measure.needs if guide.measure else None
    return needs is not Needs.RESPONSE_PLAN or everything.response_plan is not None


def _one_question(id: str, item: str, text: str) -> Guide:
    if len(text) > LONGEST_QUESTION:
        raise Invalid.at("/text", f"Longer than {LONGEST_QUESTION:,} characters.")
    fields = {
        "id": id,
        "kind": GuideKind.REFLECTION,
        "title": "A question for you",
        "about": "One question. Your therapist wrote it for you.",
        "intro": "You can skip it, or leave it for later.",
        "closing": "You can leave it here.",
        "category": "reflections",
        "licence": "Written for one person",
        "items": [
            {
                "id": item,
                "text": text,
                "tier": Tier.CORE,
                "share": Share.ASK,
                "source": "Written by a therapist for one patient",
                "parts": [{"name": "text", "kind": Kind.TEXT, "lines": Lines.LONG}],
            }
        ],
    }
    try:
        guide: Guide = stored.load(ContentKind.GUIDE, fields)
    except ValidationError:
        raise Invalid.at("/text", "Needs one line of text without space at its ends.") from None
    return guide
