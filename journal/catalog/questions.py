"""A therapist writes one question for one patient: a guide that nobody else can find."""

from datetime import datetime
from uuid import UUID

from marshmallow import ValidationError
from sqlalchemy.orm import Session

from journal.accounts.principals import Therapist
from journal.care import service as care
from journal.catalog import shelf, stored
from journal.catalog.assigning import assign, everything_for, guide_for
from journal.catalog.models import ContentKind, Given
from journal.content.guides import Guide, GuideKind, Kind, Lines, Share, Tier
from journal.errors import Conflict, Invalid, NotFound

LONGEST_QUESTION = 2_000  # characters


def write_question(
    session: Session,
    therapist: Therapist,
    patient_id: UUID,
    text: str,
    *,
    id: UUID,
    before_appointment_id: UUID | None = None,
    at: datetime,
) -> Guide:
    """Write one question for one patient: a guide that nobody else can find, given at once.

    :param id: of the assignment; the same id again changes nothing.
    :raises NotFound: not a patient of this therapist.
    :raises Invalid: the text is not one line, or too long.
    :raises Conflict: the id stands for something else that was given.
    """
    care.require_link(session, patient_id, therapist.id)
    name = f"q-{id.hex}"
    asked = _one_question(name, f"x-{id}", text)
    _put_up(session, therapist, patient_id, asked, at)
    assign(
        session,
        therapist,
        id=id,
        patient_id=patient_id,
        kind=Given.QUESTION,
        ref=name,
        before_appointment_id=before_appointment_id,
        at=at,
    )
    kept = guide_for(session, patient_id, name, None, everything_for(session, patient_id))
    if kept.items[0].text != asked.items[0].text:
        raise Conflict("This id stands for another question.")
    return kept


def _put_up(
    session: Session, therapist: Therapist, patient_id: UUID, asked: Guide, at: datetime
) -> None:
    if row := shelf.written_for(session, patient_id, asked.id):
        if row.made_by != therapist.id:
            raise NotFound
        return
    clinic = care.clinic_of(session, therapist.id)
    if clinic is None:
        raise NotFound
    shelf.put_up(
        session,
        ContentKind.GUIDE,
        asked.id,
        stored.to_bytes(asked),
        clinic_id=clinic.id,
        patient_id=patient_id,
        made_by=therapist.id,
        at=at,
    )


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
