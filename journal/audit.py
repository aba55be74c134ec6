"""Readings: who read what, append-only and hash-chained for each patient.

A reading is written in the same transaction as the words are fetched and before they leave. It
holds ids, a time and a form, never words. Each row's hash covers the row and the hash before it;
the head row is locked first, so a patient's readings are numbered without gaps. `verify` finds any
row that was changed, removed, added or moved; cutting off the newest rows is found because the head
counts them. Its limit: who removes all of a patient's readings together with their head, or
recomputes a whole chain, leaves nothing here to compare with.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

import orjson
from sqlalchemy import bindparam, exists, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from journal.db import Base, insert_once

GENESIS = bytes(32)


class How(StrEnum):
    """In what form the words left."""

    PAGE = "page"
    SEARCH = "search"
    """One line of it, found."""
    PDF = "pdf"
    """A file, to keep."""


class Reading(Base):
    """One excerpt read once by one person."""

    __tablename__ = "reading"

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    reader_id: Mapped[UUID]
    grant_id: Mapped[UUID]
    excerpt_id: Mapped[UUID] = mapped_column(index=True)
    how: Mapped[How] = mapped_column(server_default=How.PAGE)
    hash: Mapped[bytes]


class ReadingHead(Base):
    """How many readings a patient has, and the hash of the newest."""

    __tablename__ = "reading_head"

    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    n: Mapped[int]
    hash: Mapped[bytes]


HEAD = (
    select(ReadingHead.n, ReadingHead.hash)
    .where(ReadingHead.patient_id == bindparam("patient"))
    .with_for_update()
)
APPEND = insert(Reading)
MOVE_HEAD = (
    update(ReadingHead)
    .where(ReadingHead.patient_id == bindparam("patient"))
    .values(n=bindparam("counted"), hash=bindparam("chained"))
)


def link(previous: bytes, *fields: object) -> bytes:
    """Return the SHA-256 that chains one row's fields to the row before it."""
    return hashlib.sha256(previous + orjson.dumps(fields, default=str)).digest()


def record(
    session: Session,
    patient_id: UUID,
    reader_id: UUID,
    read: Sequence[tuple[UUID, UUID]],
    *,
    at: datetime,
    how: How = How.PAGE,
) -> None:
    """Append one reading for each `(grant id, excerpt id)`; nothing read leaves no trace."""
    if not read:
        return
    n, chained = _locked_head(session, patient_id)
    rows = []
    for grant_id, excerpt_id in read:
        n += 1
        chained = _hash(chained, patient_id, n, at, reader_id, grant_id, excerpt_id, how)
        rows.append(
            {
                "patient_id": patient_id,
                "n": n,
                "at": at,
                "reader_id": reader_id,
                "grant_id": grant_id,
                "excerpt_id": excerpt_id,
                "how": how,
                "hash": chained,
            }
        )
    connection = session.connection()
    connection.execute(APPEND, rows)
    connection.execute(MOVE_HEAD, {"patient": patient_id, "counted": n, "chained": chained})


def has_read(session: Session, patient_id: UUID, reader_id: UUID) -> bool:
    """Whether this person has read anything of this patient before."""
    theirs = (Reading.patient_id == patient_id, Reading.reader_id == reader_id)
    return session.scalars(select(exists().where(*theirs))).one()


def readings_of(
    session: Session, patient_id: UUID, *, before: int | None = None, limit: int = 500
) -> Sequence[Reading]:
    """The newest readings of one patient's words, newest first.

    :param before: only those that came before the reading with this number.
    """
    newest = select(Reading).where(Reading.patient_id == patient_id)
    if before is not None:
        newest = newest.where(Reading.n < before)
    return session.scalars(newest.order_by(Reading.n.desc()).limit(limit)).all()


def verify(session: Session, *, patient_id: UUID | None = None) -> Iterator[str]:
    """Yield one sentence for every chain that does not hold: of one patient, or of them all."""
    heads, orphans = select(ReadingHead), select(Reading.patient_id).distinct()
    if patient_id is not None:
        heads = heads.where(ReadingHead.patient_id == patient_id)
        orphans = orphans.where(Reading.patient_id == patient_id)
    for head in session.scalars(heads.order_by(ReadingHead.patient_id)):
        rows = session.scalars(
            select(Reading).where(Reading.patient_id == head.patient_id).order_by(Reading.n)
        ).all()
        previous = GENESIS
        for expected, row in enumerate(rows, start=1):
            previous = _hash_of(row, previous)
            if row.n != expected or row.hash != previous:
                yield f"patient {head.patient_id}: reading {expected} was changed or removed"
                break
        else:
            if len(rows) != head.n or previous != head.hash:
                yield f"patient {head.patient_id}: the newest readings were removed"
    headless = orphans.where(Reading.patient_id.not_in(select(ReadingHead.patient_id)))
    for orphan in session.scalars(headless):
        yield f"patient {orphan}: readings without a head"


def _locked_head(session: Session, patient_id: UUID) -> tuple[int, bytes]:
    """Lock a patient's chain until the transaction ends; return its count and newest hash."""
    connection, mine = session.connection(), {"patient": patient_id}
    head = connection.execute(HEAD, mine).one_or_none()
    if head is None:
        insert_once(session, ReadingHead, patient_id=patient_id, n=0, hash=GENESIS)
        head = connection.execute(HEAD, mine).one()
    return head.n, head.hash


def _hash_of(row: Reading, previous: bytes) -> bytes:
    return _hash(
        previous,
        row.patient_id,
        row.n,
        row.at,
        row.reader_id,
        row.grant_id,
        row.excerpt_id,
        row.how,
    )


def _hash(
    previous: bytes,
    patient_id: UUID,
    n: int,
    at: datetime,
    reader_id: UUID,
    grant_id: UUID,
    excerpt_id: UUID,
    how: How,
) -> bytes:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    # A page is left unsaid: readings from before there was anything else keep their hash.
    said = () if how is How.PAGE else (how.value,)
    return link(previous, patient_id, n, moment, reader_id, grant_id, excerpt_id, *said)
