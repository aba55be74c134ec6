"""A therapist may ask once. What becomes of it, the one who asked never learns."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient, Therapist
from journal.care import service as care
from journal.care.links import link_of
from journal.care.models import CareLink
from journal.consent.models import Ask, Grant
from journal.db import insert_once
from journal.errors import NotFound


def ask(session: Session, asker: Therapist, patient_id: UUID, *, at: datetime) -> datetime:
    """Ask a patient to share. Asked again, it is the first time that counts.

    :return: when it was asked.
    :raises NotFound: not a patient of this therapist.
    """
    link = link_of(session, patient_id, asker.id)
    row = {"patient_id": patient_id, "therapist_id": asker.id, "asked_at": at}
    insert_once(session, Ask, link_id=link, **row)
    return session.scalars(select(Ask.asked_at).where(Ask.link_id == link)).one()


def asked(session: Session, asker: Therapist, patient_id: UUID) -> datetime | None:
    """When this therapist asked this patient, if ever.

    :raises NotFound: not a patient of this therapist.
    """
    link = link_of(session, patient_id, asker.id)
    return session.scalars(select(Ask.asked_at).where(Ask.link_id == link)).one_or_none()


def open_asks(session: Session, patient: Patient, *, at: datetime) -> Sequence[Ask]:
    """Who waits for an answer, oldest first. Nobody is asked anything on the day of a dose.

    Who was given consent then or since has an answer, and ending it is one too.
    """
    if care.not_clear_until(session, patient.id, at):
        return []
    answered = exists().where(
        Grant.patient_id == Ask.patient_id,
        Grant.therapist_id == Ask.therapist_id,
        # It ended when its end came, and not when somebody looked and made that a fact.
        Grant.ends_at >= Ask.asked_at,
        or_(Grant.ended_at.is_(None), Grant.ended_at >= Ask.asked_at),
    )
    waiting = select(Ask).where(
        Ask.patient_id == patient.id,
        Ask.set_aside_at.is_(None),
        ~answered,
        exists().where(CareLink.id == Ask.link_id, CareLink.ended_at.is_(None)),
        care.linked(Ask.patient_id, Ask.therapist_id),
    )
    return session.scalars(waiting.order_by(Ask.asked_at, Ask.link_id)).all()


def set_aside(session: Session, patient: Patient, ask_id: UUID, *, at: datetime) -> None:
    """Let an ask lie for good. Twice changes nothing.

    :raises NotFound: no such ask of this patient.
    """
    mine = (Ask.link_id == ask_id, Ask.patient_id == patient.id)
    if session.scalars(select(Ask.link_id).where(*mine)).one_or_none() is None:
        raise NotFound
    unseen = update(Ask).where(*mine, Ask.set_aside_at.is_(None))
    session.execute(unseen.values(set_aside_at=at))
