"""Find a copy that may be played now, with the key that opens it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import BindParameter, Row, and_, bindparam, select
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient, Therapist
from journal.care import service as care
from journal.consent.models import Grant
from journal.errors import NotFound
from journal.media import copies
from journal.media.copies import COLUMNS, Copied
from journal.media.models import MediaCopy
from journal.sharing import ending, gate
from journal.sharing.models import Excerpt
from journal.sharing.rule import readable
from journal.vault import keys

_patient: BindParameter[UUID] = bindparam("patient")
_therapist: BindParameter[UUID] = bindparam("therapist")
_at: BindParameter[datetime] = bindparam("at")

# Built once, as the gate's own are.
ONE = (
    select(
        *COLUMNS, MediaCopy.excerpt_id, Excerpt.grant_id, keys.DataKey.master, keys.DataKey.wrapped
    )
    .join(
        Excerpt,
        and_(Excerpt.patient_id == MediaCopy.patient_id, Excerpt.id == MediaCopy.excerpt_id),
    )
    .join(Grant, Grant.id == Excerpt.grant_id)
    .join(keys.DataKey, keys.belongs(Grant.id, keys.Of.GRANT))
    .where(
        MediaCopy.patient_id == _patient,
        MediaCopy.id == bindparam("copy"),
        readable(_patient, _therapist, _at),
    )
)


def meet_ends(session: Session, reader: Therapist, patient_id: UUID, *, at: datetime) -> None:
    """Make every end that was reached a fact: a clock that is set back revives nothing.

    It stands on its own, before `for_therapist`: that may find nothing any more, and locks what
    comes after consent wherever both are locked.

    :raises NotFound: not a patient of this therapist.
    """
    care.require_link(session, patient_id, reader.id)
    ending.close(session, patient_id, at=at)


def for_therapist(
    session: Session, reader: Therapist, patient_id: UUID, copy_id: UUID, *, at: datetime
) -> Copied:
    """A copy that this therapist may play now. The reading is written before it is returned.

    :raises NotFound: absent, another's, or not readable now.
    :raises StepUpNeeded: it would be the first they read of this patient: see `gate.record`.
    """
    care.require_link(session, patient_id, reader.id)
    found = _found(session, {"patient": patient_id, "therapist": reader.id, "at": at}, copy_id)
    gate.record(session, reader, patient_id, [(found.grant_id, found.excerpt_id)], at=at)
    return _opened(session, found)


def for_patient(
    session: Session, author: Patient, therapist_id: UUID, copy_id: UUID, *, at: datetime
) -> Copied:
    """Exactly what that therapist would get now. It leaves no record.

    :raises NotFound: whatever that therapist would not get.
    """
    care.require_link(session, author.id, therapist_id)
    whose = {"patient": author.id, "therapist": therapist_id, "at": at}
    return _opened(session, _found(session, whose, copy_id))


def _found(session: Session, whose: Mapping[str, Any], copy_id: UUID) -> Row[Any]:
    found = session.connection().execute(ONE, {**whose, "copy": copy_id}).one_or_none()
    if found is None:
        raise NotFound
    return cast(Row[Any], found)


def _opened(session: Session, found: Row[Any]) -> Copied:
    above = keys.ring(session).unwrap(found.grant_id, found.master, found.wrapped)
    return copies.opened(session, found, above)
