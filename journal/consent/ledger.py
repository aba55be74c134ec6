"""Append to the ledger, and verify it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.audit import GENESIS, link
from journal.consent import standing
from journal.consent.models import ConsentEvent, ConsentHead, Grant, Happened
from journal.db import insert_once


def lock(session: Session, patient_id: UUID) -> ConsentHead:
    """Lock a patient's consent until the transaction ends: giving, taking and copying queue up."""
    insert_once(session, ConsentHead, patient_id=patient_id, n=0, hash=GENESIS)
    return session.get_one(ConsentHead, patient_id, with_for_update=True, populate_existing=True)


def append(
    session: Session,
    head: ConsentHead,
    grant_id: UUID,
    happened: Happened,
    facts: dict[str, Any],
    *,
    at: datetime,
) -> None:
    """Add one event under the locked head."""
    head.n += 1
    head.hash = _hash(head.hash, head.patient_id, head.n, grant_id, happened, at, facts)
    session.add(
        ConsentEvent(
            patient_id=head.patient_id,
            n=head.n,
            grant_id=grant_id,
            happened=happened,
            at=at,
            facts=facts,
            hash=head.hash,
        )
    )
    session.flush()


def verify(session: Session, *, patient_id: UUID | None = None) -> Iterator[str]:
    """Yield one sentence for every chain that does not hold and every state that differs.

    :param patient_id: of one patient alone.
    """
    heads = select(ConsentHead).order_by(ConsentHead.patient_id)
    if patient_id is not None:
        heads = heads.where(ConsentHead.patient_id == patient_id)
    for head in session.scalars(heads):
        events = session.scalars(
            select(ConsentEvent)
            .where(ConsentEvent.patient_id == head.patient_id)
            .order_by(ConsentEvent.n)
        ).all()
        previous = GENESIS
        for expected, event in enumerate(events, start=1):
            previous = _hash(
                previous,
                event.patient_id,
                event.n,
                event.grant_id,
                event.happened,
                event.at,
                event.facts,
            )
            if event.n != expected or event.hash != previous:
                yield f"patient {head.patient_id}: consent event {expected} was changed or removed"
                break
        else:
            if len(events) != head.n or previous != head.hash:
                yield f"patient {head.patient_id}: the newest consent events were removed"
            yield from standing.differing(session, head.patient_id, events)
    yield from _headless(session, patient_id)


def _headless(session: Session, patient_id: UUID | None) -> Iterator[str]:
    """Events and grants of patients whose ledger has no head."""
    known = select(ConsentHead.patient_id)
    for model in (ConsentEvent, Grant):
        headless = select(model.patient_id).distinct().order_by(model.patient_id)
        if patient_id is not None:
            headless = headless.where(model.patient_id == patient_id)
        for orphan in session.scalars(headless.where(model.patient_id.not_in(known))):
            yield f"patient {orphan}: consent without a head"


def _hash(
    previous: bytes,
    patient_id: UUID,
    n: int,
    grant_id: UUID,
    happened: Happened,
    at: datetime,
    facts: dict[str, Any],
) -> bytes:
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    canonical = orjson.dumps(facts, option=orjson.OPT_SORT_KEYS).decode()
    return link(previous, patient_id, n, grant_id, happened.value, moment, canonical)
