"""What a therapist notes for themselves about a patient: the author's alone.

Sealed under a key of its own, so that neither the patient's nor the clinic's key opens it. Who
no longer sees the patient no longer finds the notes.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from journal.accounts.principals import Therapist
from journal.care.models import TherapistNote
from journal.care.service import require_link
from journal.db import insert_once
from journal.errors import NotFound
from journal.vault import keys
from journal.vault.sealed import Sealed


@dataclass(frozen=True, slots=True)
class Note:
    """One note, opened for its author."""

    id: UUID
    made_at: datetime
    changed_at: datetime
    text: str = field(repr=False)


def notes(session: Session, author: Therapist, patient_id: UUID) -> list[Note]:
    """The author's notes about one patient, newest first.

    :raises NotFound: not a patient of this therapist.
    """
    require_link(session, patient_id, author.id)
    mine = select(TherapistNote).where(_of(author, patient_id))
    rows = session.scalars(
        mine.order_by(TherapistNote.made_at.desc(), TherapistNote.id.desc())
    ).all()
    if not rows:
        return []
    key = keys.key(session, _owner(author), of=keys.Of.NOTES)
    return [
        Note(row.id, row.made_at, row.changed_at, row.body.open(key, _place(row)).decode())
        for row in rows
    ]


def keep(
    session: Session, author: Therapist, patient_id: UUID, id: UUID, text: str, *, at: datetime
) -> Note:
    """Write a note, or write it anew; sent again it is one note.

    :raises NotFound: not a patient of this therapist.
    """
    require_link(session, patient_id, author.id)
    row = TherapistNote(patient_id=patient_id, therapist_id=author.id, id=id)
    key = keys.ensure(session, _owner(author), of=keys.Of.NOTES, at=at)
    body = Sealed.seal(text.encode(), key, _place(row))
    whose = {"patient_id": patient_id, "therapist_id": author.id, "id": id}
    anew = (
        update(TherapistNote)
        .where(_of(author, patient_id), TherapistNote.id == id)
        .values(changed_at=at, body=body)
    )
    while not insert_once(session, TherapistNote, **whose, made_at=at, changed_at=at, body=body):
        changed = session.scalars(
            anew.returning(TherapistNote.made_at), execution_options={"synchronize_session": False}
        ).one_or_none()
        # None: it was there, and another device removed it in between. Then it is a new one.
        if changed is not None:
            return Note(id, changed, at, text)
    return Note(id, at, at, text)


def remove(session: Session, author: Therapist, patient_id: UUID, id: UUID) -> None:
    """Remove a note for good.

    :raises NotFound: absent, another's, or about somebody this therapist does not see.
    """
    require_link(session, patient_id, author.id)
    mine = delete(TherapistNote).where(_of(author, patient_id), TherapistNote.id == id)
    done: Any = session.execute(mine, execution_options={"synchronize_session": False})
    if done.rowcount == 0:
        raise NotFound


def _of(author: Therapist, patient_id: UUID) -> ColumnElement[bool]:
    return and_(TherapistNote.patient_id == patient_id, TherapistNote.therapist_id == author.id)


def _owner(author: Therapist) -> UUID:
    """Whose key seals the notes. A wrapped key opens under the id of its owner alone: with one
    of its own, no other key of this person can be put in its place."""
    return uuid5(author.id, "notes")


def _place(row: TherapistNote) -> str:
    return f"note/{row.patient_id}/{row.therapist_id}/{row.id}"
