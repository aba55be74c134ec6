"""The one door to what was handed over.

What is readable (`sharing.rule`) is decided in the WHERE clause of the one SELECT that fetches the
words, at one time for the whole request. Nothing is cached. The patient's "what NAME can see" goes
through the same SELECT, so it can show neither more nor less than the therapist's page.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

import orjson
from sqlalchemy import BindParameter, Executable, bindparam, select
from sqlalchemy.orm import Session

from journal import audit
from journal.accounts.principals import Patient, Therapist
from journal.audit import How
from journal.consent.models import Grant
from journal.errors import StepUpNeeded
from journal.sharing.models import Excerpt
from journal.sharing.rule import readable
from journal.vault import keys

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Shown:
    """One excerpt as it may be read: a copy, cut loose from the database."""

    id: UUID
    patient_id: UUID
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


_patient: BindParameter[UUID] = bindparam("patient")
_therapist: BindParameter[UUID] = bindparam("therapist")
_at: BindParameter[datetime] = bindparam("at")

# Built once: writing the long rule out anew would cost more than the reading.
_words = (
    select(
        Excerpt.id,
        Excerpt.patient_id,
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
    .join(keys.DataKey, keys.belongs(Grant.id, keys.Of.GRANT))
    .order_by(Excerpt.handed_at.desc(), Excerpt.id.desc())
)
WORDS = _words.where(readable(_patient, _therapist, _at))
WORDS_OF_ALL = _words.where(readable(Excerpt.patient_id, _therapist, _at))
WORDS_OF_SOME = WORDS_OF_ALL.where(Excerpt.id.in_(bindparam("some", expanding=True)))


def read(
    session: Session, reader: Therapist, patient_id: UUID, *, at: datetime, how: How = How.PAGE
) -> list[Shown]:
    """Return what this patient handed to this therapist, newest first, and record the reading.

    The readings are written before the words are returned: no record, no reading.
    """
    found = _fetch(session, patient_id, reader.id, at)
    record(session, reader, patient_id, [(one.grant_id, one.id) for one in found], at=at, how=how)
    return found


def record(
    session: Session,
    reader: Therapist,
    patient_id: UUID,
    read: Sequence[tuple[UUID, UUID]],
    *,
    at: datetime,
    how: How = How.PAGE,
) -> None:
    """Record a reading of these `(grant id, excerpt id)`s, which were found readable.

    :raises StepUpNeeded: their first of this patient, and they have not just proved who they are.
    """
    if read and not reader.fresh and not audit.has_read(session, patient_id, reader.id):
        raise StepUpNeeded
    audit.record(session, patient_id, reader.id, read, at=at, how=how)


def find(
    session: Session,
    reader: Therapist,
    look: Callable[[Shown], object | None],
    *,
    most: int,
    at: datetime,
) -> list[UUID]:
    """Return in which excerpts of all the reader's patients `look` finds something, newest first.

    Everything readable is opened to be looked at, and forgotten. No words are returned, and nothing
    is recorded: that is for `read_some`, with what was found.

    :param look: what it finds in one excerpt, or None.
    :param most: after so many it stops looking.
    """
    opened = _opened(session, WORDS_OF_ALL, {"therapist": reader.id, "at": at})
    return [one.id for one in islice((one for one in opened if look(one) is not None), most)]


def read_some(
    session: Session,
    reader: Therapist,
    some: Sequence[UUID],
    look: Callable[[Shown], Found | None],
    *,
    at: datetime,
) -> list[tuple[Shown, Found]]:
    """Return what `look` finds in some excerpts, newest first, and record each that is returned.

    They are fetched anew: what was taken back or changed since is not returned.
    """
    whose = {"therapist": reader.id, "at": at, "some": list(some)}
    looked = ((one, look(one)) for one in _opened(session, WORDS_OF_SOME, whose))
    shown = [(one, found) for one, found in looked if found is not None]
    read: dict[UUID, list[tuple[UUID, UUID]]] = {}
    for one, _ in shown:
        read.setdefault(one.patient_id, []).append((one.grant_id, one.id))
    # Chains are locked in one order, so that two who search do not wait for each other.
    for patient_id in sorted(read):
        record(session, reader, patient_id, read[patient_id], at=at, how=How.SEARCH)
    return shown


def preview(session: Session, author: Patient, therapist_id: UUID, *, at: datetime) -> list[Shown]:
    """Return exactly what `read` would give that therapist now. It leaves no record."""
    return _fetch(session, author.id, therapist_id, at)


def own(session: Session, author: Patient, rows: Sequence[Excerpt]) -> dict[UUID, dict[str, Any]]:
    """Open the author's own excerpts, those that wait included, for their list of what is out."""
    under = {row.grant_id for row in rows}
    sealed_by = {id: keys.key(session, id, of=keys.Of.GRANT) for id in under}
    return {
        row.id: orjson.loads(row.body.open(sealed_by[row.grant_id], place(row.id)))
        for row in rows
        if row.patient_id == author.id and row.body is not None
    }


def place(excerpt_id: UUID) -> str:
    """Where an excerpt's words belong: they open nowhere else."""
    return f"excerpt/{excerpt_id}"


def _fetch(session: Session, patient_id: UUID, therapist_id: UUID, at: datetime) -> list[Shown]:
    whose = {"patient": patient_id, "therapist": therapist_id, "at": at}
    return list(_opened(session, WORDS, whose))


def _opened(session: Session, words: Executable, whose: dict[str, Any]) -> Iterator[Shown]:
    ring = keys.ring(session)
    opened: dict[UUID, bytes] = {}
    for row in session.connection().execute(words, whose):
        if row.grant_id not in opened:
            opened[row.grant_id] = ring.unwrap(row.grant_id, row.master, row.wrapped)
        content = row.body.open(opened[row.grant_id], place(row.id))
        yield Shown(
            row.id,
            row.patient_id,
            row.grant_id,
            row.entry_id,
            row.category,
            row.what.value,
            row.guide,
            row.handed_at,
            row.written_at,
            row.zone,
            row.ends_at,
            orjson.loads(content),
        )
