"""Marks: what a therapist read, talked about, and carries to the next visit.

Only what is readable now can be marked, and nothing else ever answers.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from journal.accounts.principals import Therapist
from journal.audit import Reading
from journal.db import insert_once
from journal.errors import NotFound
from journal.sharing import listed
from journal.sharing.margin import NONE, Marks
from journal.sharing.models import Mark, Marking


def put(
    session: Session,
    reader: Therapist,
    patient_id: UUID,
    excerpt_id: UUID,
    mark: Marking,
    *,
    at: datetime,
) -> None:
    """Mark one excerpt. A mark that holds already keeps its time.

    :raises NotFound: not readable now by this therapist: one answer, whatever the reason.
    """
    _require(session, reader, patient_id, excerpt_id, at)
    _put(session, reader, patient_id, [excerpt_id], mark, at)


def take_off(
    session: Session,
    reader: Therapist,
    patient_id: UUID,
    excerpt_id: UUID,
    mark: Marking,
    *,
    at: datetime,
) -> None:
    """Take one mark off again.

    :raises NotFound: not readable now by this therapist: one answer, whatever the reason.
    """
    _require(session, reader, patient_id, excerpt_id, at)
    _remove(session, reader, patient_id, [excerpt_id], mark)


def put_read(session: Session, reader: Therapist, patient_id: UUID, *, at: datetime) -> None:
    """Mark as read everything readable now that this therapist has opened.

    What was handed over since the page was opened was not on it, and is not called read.
    """
    there = [row.id for row in listed.ids(session, reader, patient_id, at=at)]
    opened = session.scalars(
        select(Reading.excerpt_id)
        .where(
            Reading.patient_id == patient_id,
            Reading.reader_id == reader.id,
            Reading.excerpt_id.in_(there),
        )
        .distinct()
    ).all()
    _put(session, reader, patient_id, opened, Marking.READ, at)


def of(
    session: Session, patient_id: UUID, ids: Collection[UUID], *, therapist_id: UUID | None = None
) -> dict[UUID, Marks]:
    """The marks of these excerpts of one patient; those without any are left out."""
    mine = select(Mark).where(Mark.patient_id == patient_id, Mark.excerpt_id.in_(ids))
    if therapist_id is not None:
        mine = mine.where(Mark.therapist_id == therapist_id)
    by_excerpt: dict[UUID, dict[str, datetime]] = {}
    for row in session.scalars(mine):
        by_excerpt.setdefault(row.excerpt_id, {})[row.mark.value] = row.at
    return {id: Marks(**some) for id, some in by_excerpt.items()}


def said(marks: Mapping[UUID, Marks], id: UUID) -> dict[str, datetime | None]:
    """The marks of one excerpt as they travel."""
    found = marks.get(id, NONE)
    return {"read": found.read, "talked": found.talked, "carry": found.carry}


def _require(
    session: Session, reader: Therapist, patient_id: UUID, excerpt_id: UUID, at: datetime
) -> None:
    if excerpt_id not in {row.id for row in listed.ids(session, reader, patient_id, at=at)}:
        raise NotFound


def _put(
    session: Session,
    reader: Therapist,
    patient_id: UUID,
    ids: Collection[UUID],
    mark: Marking,
    at: datetime,
) -> None:
    there = of(session, patient_id, ids, therapist_id=reader.id)
    again = [id for id in ids if not _holds(there.get(id, NONE), mark)]
    _remove(session, reader, patient_id, again, mark)
    for id in again:
        whose = {"patient_id": patient_id, "excerpt_id": id, "therapist_id": reader.id}
        insert_once(session, Mark, **whose, mark=mark, at=at)


def _holds(there: Marks, mark: Marking) -> bool:
    """Whether a mark stands and no later one has overtaken it."""
    if mark is Marking.CARRY:
        return there.carried_since is not None
    if mark is Marking.TALKED:
        return there.talked is not None and there.carried_since is None
    return there.read is not None


def _remove(
    session: Session, reader: Therapist, patient_id: UUID, ids: Collection[UUID], mark: Marking
) -> None:
    session.execute(
        delete(Mark).where(
            Mark.patient_id == patient_id,
            Mark.excerpt_id.in_(ids),
            Mark.therapist_id == reader.id,
            Mark.mark == mark,
        )
    )
