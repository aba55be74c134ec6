"""What is readable, by its ids and without a word: for counts, for what is new, for what changed.

The same rule as at the gate, and nothing is opened and nothing recorded.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    LargeBinary,
    Row,
    bindparam,
    exists,
    func,
    not_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from journal import audit
from journal.accounts.principals import Therapist
from journal.consent.models import Grant
from journal.sharing.models import Excerpt
from journal.sharing.rule import readable
from journal.vault.sealed import NONCE

_patient: BindParameter[UUID] = bindparam("patient")
_therapist: BindParameter[UUID] = bindparam("therapist")
_at: BindParameter[datetime] = bindparam("at")

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
