"""The rows of a clinic's editions: put one up, take one down, whose it is in the WHERE clause."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from journal.catalog.models import ContentEdition, ContentKind
from journal.db import insert_once
from journal.vault import keys
from journal.vault.sealed import Sealed

FIRST = 1001
"""The first edition a clinic makes of anything; the product's own stay below."""

LAST = 1_000_000
"""No entry can name a later one, and no database has to look for it."""

State = tuple[tuple[ContentKind, str, int], ...]
"""The newest edition of each thing a clinic has changed: what its library depends on."""


def one(
    session: Session, kind: ContentKind, id: str, edition: int, reader: UUID | None
) -> ContentEdition | None:
    """One edition: any clinic's, or one written for the patient who asks."""
    if not FIRST <= edition <= LAST or "\0" in id:
        return None
    return session.scalars(
        select(ContentEdition).where(
            ContentEdition.kind == kind,
            ContentEdition.id == id,
            ContentEdition.edition == edition,
            _readable(reader),
        )
    ).one_or_none()


def newest(session: Session, kind: ContentKind, id: str, clinic_id: UUID) -> ContentEdition | None:
    """The newest edition a clinic has made of something."""
    return session.scalars(
        select(ContentEdition)
        .where(ContentEdition.kind == kind, ContentEdition.id == id, _of_all(clinic_id))
        .order_by(ContentEdition.edition.desc())
        .limit(1)
    ).one_or_none()


def written_for(session: Session, patient_id: UUID, id: str) -> ContentEdition | None:
    """The newest edition of a question written for one patient."""
    return session.scalars(
        select(ContentEdition)
        .where(
            ContentEdition.kind == ContentKind.GUIDE,
            ContentEdition.id == id,
            ContentEdition.patient_id == patient_id,
        )
        .order_by(ContentEdition.edition.desc())
        .limit(1)
    ).one_or_none()


def state(session: Session, clinic_id: UUID) -> State:
    """The newest edition of each thing a clinic has changed."""
    found = session.execute(
        select(ContentEdition.kind, ContentEdition.id, func.max(ContentEdition.edition))
        .where(_of_all(clinic_id))
        .group_by(ContentEdition.kind, ContentEdition.id)
    )
    return tuple(sorted((kind, id, edition) for kind, id, edition in found))


def every(session: Session, clinic_id: UUID, kind: ContentKind) -> Sequence[ContentEdition]:
    """All editions of one kind that a clinic has made, oldest first."""
    mine = select(ContentEdition).where(ContentEdition.kind == kind, _of_all(clinic_id))
    return session.scalars(mine.order_by(ContentEdition.edition)).all()


def put_up(
    session: Session,
    kind: ContentKind,
    id: str,
    body: bytes,
    *,
    clinic_id: UUID,
    made_by: UUID,
    at: datetime,
    patient_id: UUID | None = None,
) -> int:
    """Keep a new edition; return its number.

    The caller holds the clinic's row. Another clinic may take the same number first: then the
    next one is tried.
    """
    key = (
        keys.key(session, patient_id)
        if patient_id
        else keys.ensure(session, clinic_id, of=keys.Of.CLINIC, at=at)
    )
    numbers = select(func.max(ContentEdition.edition)).where(
        ContentEdition.kind == kind, ContentEdition.id == id
    )
    while True:
        edition = max(FIRST, (session.scalar(numbers) or 0) + 1)
        added = insert_once(
            session,
            ContentEdition,
            kind=kind,
            id=id,
            edition=edition,
            clinic_id=clinic_id,
            patient_id=patient_id,
            made_by=made_by,
            made_at=at,
            body=Sealed.seal(body, key, _place(kind, id, edition)),
        )
        if added:
            return edition


def opened(session: Session, row: ContentEdition) -> bytes:
    """What an edition holds."""
    if row.patient_id:
        key = keys.key(session, row.patient_id)
    else:
        key = keys.key(session, row.clinic_id, of=keys.Of.CLINIC)
    return row.body.open(key, _place(row.kind, row.id, row.edition))


def _of_all(clinic_id: UUID) -> ColumnElement[bool]:
    return (ContentEdition.clinic_id == clinic_id) & ContentEdition.patient_id.is_(None)


def _readable(reader: UUID | None) -> ColumnElement[bool]:
    everybodys = ContentEdition.patient_id.is_(None)
    return everybodys if reader is None else or_(everybodys, ContentEdition.patient_id == reader)


def _place(kind: ContentKind, id: str, edition: int) -> str:
    return f"content/{kind}/{id}/{edition}"
