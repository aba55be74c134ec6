"""The one door to what was handed over.

Readable is: the grant is in force, the category is allowed, the excerpt is released (and not into
another dose) and not taken back, and the therapist still sees this patient. All of it is decided
in the WHERE clause of the one SELECT that fetches the words, at one time for the whole request.
Nothing is cached.

The patient's "what NAME can see" goes through the same SELECT, so it can show neither more nor
less than the therapist's page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    LargeBinary,
    Row,
    and_,
    bindparam,
    exists,
    func,
    not_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from journal import audit
from journal.accounts.principals import Patient, Therapist
from journal.care.clear import not_clear
from journal.care.service import Id, Moment, linked
from journal.consent.models import Grant, GrantCategory
from journal.sharing.models import Excerpt
from journal.vault import keys
from journal.vault.sealed import NONCE


@dataclass(frozen=True, slots=True)
class Shown:
    """One excerpt as it may be read: a copy, cut loose from the database."""

    id: UUID
    grant_id: UUID
    entry_id: UUID
    category: str
    kind: str
    guide: str
    handed_at: datetime
    written_at: datetime
    zone: str
    until: datetime
    content: dict[str, Any] = field(repr=False)


def readable(patient_id: Id, therapist_id: Id, at: Moment) -> ColumnElement[bool]:
    """The rule, for a WHERE clause over `Excerpt` joined with its `Grant`."""
    allowed = exists().where(
        GrantCategory.grant_id == Grant.id, GrantCategory.category == Excerpt.category
    )
    return and_(
        Excerpt.patient_id == patient_id,
        Grant.patient_id == patient_id,
        Grant.therapist_id == therapist_id,
        Grant.in_force(at),
        allowed,
        Excerpt.release_at <= at,
        not_(_another_dose(at)),
        Excerpt.taken_back_at.is_(None),
        linked(patient_id, therapist_id, since=Grant.given_at),
    )


def _another_dose(at: Moment) -> ColumnElement[bool]:
    """Whether what was held meets another dose at the moment it was to go out.

    It waits for that morning too, by the doses as they stand: one may have come or been moved
    since it was marked.
    """
    held = Excerpt.release_at > Excerpt.handed_at
    return and_(held, not_clear(Excerpt.patient_id, Excerpt.release_at, until=at))


_patient: BindParameter[UUID] = bindparam("patient")
_therapist: BindParameter[UUID] = bindparam("therapist")
_at: BindParameter[datetime] = bindparam("at")

# Built once: the rule is long, and writing it out anew would cost more than the reading.
WORDS = (
    select(
        Excerpt.id,
        Excerpt.grant_id,
        Excerpt.entry_id,
        Excerpt.category,
        Excerpt.what,
        Excerpt.guide,
        Excerpt.handed_at,
        Excerpt.written_at,
        Excerpt.zone,
        Excerpt.body,
        Grant.ends_at,
        keys.DataKey.master,
        keys.DataKey.wrapped,
    )
    .join(Grant, Grant.id == Excerpt.grant_id)
    .join(keys.DataKey, keys.DataKey.owner == Grant.id)
    .where(readable(_patient, _therapist, _at))
    .order_by(Excerpt.handed_at.desc(), Excerpt.id.desc())
)

_ids = select(Excerpt.patient_id, Excerpt.id, Excerpt.grant_id, Excerpt.words).join(
    Grant, Grant.id == Excerpt.grant_id
)
IDS_OF_ONE = _ids.where(readable(_patient, _therapist, _at))
FRESH = not_(
    exists().where(
        audit.Reading.excerpt_id == Excerpt.id,
        audit.Reading.reader_id == _therapist,
        audit.Reading.at < bindparam("since"),
    )
).label("fresh")
IDS_OF_ALL = _ids.where(readable(Excerpt.patient_id, _therapist, _at)).add_columns(FRESH)


# Which excerpts, and which sealing of each: the twelve random bytes that every sealing begins with.
_sealing = func.substr(type_coerce(Excerpt.body, LargeBinary), 2, NONCE)
STATE_OF_ALL = (
    select(Excerpt.id, type_coerce(_sealing, LargeBinary))
    .join(Grant, Grant.id == Excerpt.grant_id)
    .where(readable(Excerpt.patient_id, _therapist, _at))
    .order_by(Excerpt.id)
)


def read(session: Session, reader: Therapist, patient_id: UUID, *, at: datetime) -> list[Shown]:
    """Return what this patient handed to this therapist, newest first, and record the reading.

    The readings are written before the words are returned: no record, no reading.
    """
    found = _fetch(session, patient_id, reader.id, at)
    audit.record(session, patient_id, reader.id, [(one.grant_id, one.id) for one in found], at=at)
    return found


def preview(session: Session, author: Patient, therapist_id: UUID, *, at: datetime) -> list[Shown]:
    """Return exactly what `read` would give that therapist now. It leaves no record."""
    return _fetch(session, author.id, therapist_id, at)


def ids(
    session: Session,
    reader: Therapist,
    patient_id: UUID | None = None,
    *,
    at: datetime,
    since: datetime | None = None,
) -> list[Row[Any]]:
    """Return the ids of what is readable, of one patient or of all the reader's.

    No words, no record.

    :return: rows of `patient_id`, `id`, `grant_id` and `words`, the count of them; of all patients
        also `fresh`: not read by this reader before `since`.
    """
    whose = {"therapist": reader.id, "at": at}
    if patient_id is None:
        return list(session.connection().execute(IDS_OF_ALL, whose | {"since": since or at}))
    return list(session.connection().execute(IDS_OF_ONE, whose | {"patient": patient_id}))


def state(session: Session, reader: Therapist, *, at: datetime) -> Iterator[bytes]:
    """Of each excerpt the reader may read now, what differs when its words do. No record."""
    whose = {"therapist": reader.id, "at": at}
    for id, sealing in session.connection().execute(STATE_OF_ALL, whose):
        yield id.bytes + bytes(sealing)


def own(session: Session, author: Patient, rows: Sequence[Excerpt]) -> dict[UUID, dict[str, Any]]:
    """Open the author's own excerpts, those that wait included, for their list of what is out."""
    sealed_by = {id: keys.key(session, id) for id in {row.grant_id for row in rows}}
    return {
        row.id: orjson.loads(row.body.open(sealed_by[row.grant_id], place(row.id)))
        for row in rows
        if row.patient_id == author.id and row.body is not None
    }


def place(excerpt_id: UUID) -> str:
    """Where an excerpt's words belong: they open nowhere else."""
    return f"excerpt/{excerpt_id}"


def _fetch(session: Session, patient_id: UUID, therapist_id: UUID, at: datetime) -> list[Shown]:
    ring = keys.ring(session)
    opened: dict[UUID, bytes] = {}
    found = []
    whose = {"patient": patient_id, "therapist": therapist_id, "at": at}
    for row in session.connection().execute(WORDS, whose):
        if row.grant_id not in opened:
            opened[row.grant_id] = ring.unwrap(row.grant_id, row.master, row.wrapped)
        words = row.body.open(opened[row.grant_id], place(row.id))
        found.append(
            Shown(
                row.id,
                row.grant_id,
                row.entry_id,
                row.category,
                row.what.value,
                row.guide,
                row.handed_at,
                row.written_at,
                row.zone,
                row.ends_at,
                orjson.loads(words),
            )
        )
    return found
