"""A therapist's day: who comes when, and how long it takes to read. No words."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from journal.accounts import service as accounts
from journal.accounts.principals import Therapist
from journal.brief.order import ordered
from journal.care import service as care
from journal.care import visits
from journal.sharing import briefs, gate, marks, service

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
    found = gate.ids(session, reader, at=at)
    fresh = service.unread_before(session, reader, [row.id for row in found], since)
    marked, released = marks.of_reader(session, reader), briefs.of_reader(session, reader)
    counts = Counter(row.patient_id for row in found)
    new = Counter(row.patient_id for row in found if row.id in fresh)

    def row(id: UUID) -> dict[str, Any]:
        there = [one for one in found if one.patient_id == id]
        order = ordered(released.get(id), {one.id: one.grant_id for one in there}, marked)
        words = {one.id: one.words for one in there}
        visit = met.get(id, visits.NONE)
        return {
            "patient": {"id": id, "name": called.get(id, "")},
            "next_appointment": visit.next,
            "last_appointment": visit.last,
            "handed_over": counts[id],
            "new": new[id],
            "released_at": order.released_at,
            "minutes": None if not there or None in words.values() else order.minutes(words),
        }

    return sorted(
        (row(id) for id in mine),
        key=lambda one: (one["next_appointment"] or LAST, one["patient"]["name"]),
    )
