"""Put an excerpt in, release it, take it back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.orm import Session

from journal.accounts.principals import Patient, Therapist
from journal.audit import Reading
from journal.care import service as care
from journal.care.models import DosingSession
from journal.consent import ledger, offers
from journal.consent.models import Grant
from journal.db import rows
from journal.errors import NotFound
from journal.media import copies
from journal.media.copies import Copied
from journal.sharing.gate import place
from journal.sharing.models import Excerpt, Mark, What
from journal.sharing.reading_time import words_in
from journal.vault import keys
from journal.vault.sealed import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What goes into one excerpt: the words already chosen and rendered."""

    id: UUID
    handover_id: UUID
    entry_id: UUID
    revision: UUID
    guide: str
    edition: int
    what: What
    category: str
    written_at: datetime
    zone: str
    content: dict[str, Any] = field(repr=False)
    media: tuple[Copied, ...] = ()


def put_in(
    session: Session, grant: Grant, copy: Copy, *, at: datetime, release_at: datetime | None
) -> Excerpt:
    """Seal one copy under its grant's key. The caller holds the patient's consent lock."""
    words, key = orjson.dumps(copy.content), keys.key(session, grant.id, of=keys.Of.GRANT)
    excerpt = Excerpt(
        patient_id=grant.patient_id,
        id=copy.id,
        handover_id=copy.handover_id,
        grant_id=grant.id,
        entry_id=copy.entry_id,
        revision=copy.revision,
        guide=copy.guide,
        edition=copy.edition,
        what=copy.what,
        category=copy.category,
        written_at=copy.written_at,
        zone=copy.zone,
        handed_at=at,
        release_at=release_at,
        words=words_in(copy.content),
        body=Sealed.seal(words, key, place(copy.id)),
    )
    session.add(excerpt)
    session.flush()
    copies.keep(session, copy.media, excerpt_id=copy.id, above=key, at=at)
    return excerpt


def release(session: Session, author: Patient, excerpt_id: UUID, *, at: datetime) -> Excerpt:
    """Let go of what was held. Only with a clear head.

    :raises NotFound: absent, taken back, another's, or its consent has ended.
    :raises NotClear: a dose is not yet over.
    """
    ledger.lock(session, author.id)
    excerpt = session.scalars(_out(author, at).where(Excerpt.id == excerpt_id)).one_or_none()
    if excerpt is None:
        raise NotFound
    goes = goes_out(excerpt, care.windows_of(session, author.id))
    if goes is None or goes > at:
        offers.require_clear(session, author, at)
        excerpt.release_at = at
        session.flush()
    return excerpt


def goes_out(excerpt: Excerpt, doses: Sequence[DosingSession]) -> datetime | None:
    """When an excerpt goes out, by the doses as they stand: what the gate goes by as well.

    What was held for one morning and meets another dose waits for that morning too.

    :return: None when it waits to be asked about.
    """
    planned = excerpt.release_at
    if planned is None or planned <= excerpt.handed_at:
        return planned
    met = [dose.clear_at for dose in doses if dose.started_at <= planned < dose.clear_at]
    return max([planned, *met])


def take_back(session: Session, author: Patient, excerpt_id: UUID, *, at: datetime) -> None:
    """Take one thing back. Doing it twice changes nothing.

    :raises NotFound: absent or another's.
    """
    ledger.lock(session, author.id)
    if session.scalars(_mine(author).where(Excerpt.id == excerpt_id)).one_or_none() is None:
        raise NotFound
    remove(session, author.id, Excerpt.id == excerpt_id, at)


def take_back_entry(session: Session, author: Patient, entry_id: UUID, *, at: datetime) -> None:
    """Take back everything that was handed over from one entry."""
    ledger.lock(session, author.id)
    remove(session, author.id, Excerpt.entry_id == entry_id, at)


def remove(session: Session, patient_id: UUID, which: ColumnElement[bool], at: datetime) -> None:
    """Take back what fits `which`: words, marks and media go, the row stays for its receipts."""
    clear(session, patient_id, which & Excerpt.taken_back_at.is_(None), at)


def clear(session: Session, patient_id: UUID, which: ColumnElement[bool], at: datetime) -> None:
    """The same for what may have been taken back before, and has something lying there still."""
    those = (Excerpt.patient_id == patient_id, which)
    # An end that was reached may be found by the therapist, to whom these rows are closed by then.
    with rows.for_author(session, patient_id):
        ids = select(Excerpt.id).where(*those)
        copies.remove(session, patient_id, ids)
        session.execute(delete(Mark).where(Mark.patient_id == patient_id, Mark.excerpt_id.in_(ids)))
        nothing = {"body": None, "words": None, "cuts": None}
        left = nothing | {"taken_back_at": func.coalesce(Excerpt.taken_back_at, at)}
        session.execute(update(Excerpt).where(*those).values(left))


def out(
    session: Session, author: Patient, *, at: datetime, handover_id: UUID | None = None
) -> Sequence[Excerpt]:
    """What a patient has out, what waits included, newest first; of one act or of them all."""
    live = _out(author, at)
    if handover_id is not None:
        live = live.where(Excerpt.handover_id == handover_id)
    newest = live.order_by(Excerpt.handed_at.desc(), Excerpt.id.desc())
    return session.scalars(newest).all()


def of_handover(session: Session, author: Patient, handover_id: UUID) -> Sequence[Excerpt]:
    """The excerpts one act of handing over made, taken back or not."""
    made = _mine(author).where(Excerpt.handover_id == handover_id)
    return session.scalars(made.order_by(Excerpt.category)).all()


def stubs(session: Session, author: Patient, ids: Sequence[UUID]) -> dict[UUID, Excerpt]:
    """Rows that receipts speak of, by id."""
    found = session.scalars(_mine(author).where(Excerpt.id.in_(ids)))
    return {row.id: row for row in found}


def first_read(session: Session, patient_id: UUID, ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """When each excerpt was first read; unread ones are left out."""
    return _first(session, ids, Reading.patient_id == patient_id)


def unread_before(
    session: Session, reader: Therapist, ids: Sequence[UUID], since: datetime
) -> set[UUID]:
    """Which of these excerpts the reader had not read before `since`."""
    read = _first(session, ids, Reading.reader_id == reader.id)
    return {id for id in ids if id not in read or read[id] >= since}


def _first(
    session: Session, ids: Sequence[UUID], whose: ColumnElement[bool]
) -> dict[UUID, datetime]:
    found = session.execute(
        select(Reading.excerpt_id, func.min(Reading.at))
        .where(Reading.excerpt_id.in_(ids), whose)
        .group_by(Reading.excerpt_id)
    )
    return {excerpt_id: at for excerpt_id, at in found}


def _mine(author: Patient) -> Select[Excerpt]:
    return select(Excerpt).where(Excerpt.patient_id == author.id)


def _out(author: Patient, at: datetime) -> Select[Excerpt]:
    return (
        _mine(author)
        .join(Grant, Grant.id == Excerpt.grant_id)
        .where(Excerpt.taken_back_at.is_(None), Grant.standing(at))
    )
