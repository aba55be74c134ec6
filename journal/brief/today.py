"""A therapist's day: who comes when, and how long it takes to read. No words."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from journal.accounts import service as accounts
from journal.accounts.principals import Therapist
from journal.brief.order import ordered
from journal.care import service as care
from journal.care import visits
from journal.sharing import listed, margin

LAST = datetime.max.replace(tzinfo=UTC)


def today(
    session: Session, reader: Therapist, *, since: datetime, at: datetime
) -> list[dict[str, Any]]:
    """A therapist's patients, by next appointment; people without one come last, by name.

    :param since: what was not read before this is new.
    """
    mine = care.patients_of(session, reader)
    called = accounts.names(session, mine)
    met = visits.of(session, mine, reader.id, at)
    found = listed.ids(session, reader, since=since, at=at)
    beside = margin.of(session, reader)
    readable: dict[UUID, list[Row[Any]]] = {}
    for one in found:
        readable.setdefault(one.patient_id, []).append(one)

    def row(id: UUID) -> dict[str, Any]:
        there = readable.get(id, [])
        order = ordered(beside.put.get(id), {one.id: one.grant_id for one in there}, beside.marks)
        words = {one.id: one.words for one in there}
        visit = met.get(id, visits.NONE)
        return {
            "patient": {"id": id, "name": called.get(id, "")},
            "next_appointment": visit.next,
            "last_appointment": visit.last,
            "handed_over": len(there),
            "new": sum(one.fresh for one in there),
            "released_at": order.released_at,
            "minutes": None if not there or None in words.values() else order.minutes(words),
        }

    return sorted(
        (row(id) for id in mine),
        key=lambda one: (one["next_appointment"] or LAST, one["patient"]["name"]),
    )
