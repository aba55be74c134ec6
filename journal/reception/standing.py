"""What stands in a clinic's calendar, by whom and by day: which session a row of a file is about.

A row of a table has no id of its own. Its session's id is made of the people and the day; somebody
may have moved that session to another day by hand, or cancelled it, and the row is not about it
any more. An event has a UID: it is about what has that until it is another therapist's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, count
from uuid import UUID, uuid5

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

from journal.care.models import Appointment, Clinic, Course, DosingSession
from journal.reception import local, windows
from journal.reception.here import Here

Key = tuple[UUID | date, ...]
"""The people of a session or an appointment, and its day on the clinic's wall."""


@dataclass(frozen=True, slots=True)
class Stands:
    """One session or appointment as it is."""

    id: UUID
    whose: tuple[UUID, ...]
    at: datetime
    cancelled: bool


class Standing:
    """All of a clinic's calendar, to look rows up in."""

    def __init__(self, clinic: Clinic, some: Iterable[Stands]) -> None:
        """:param some: in order: of two on one day the first is meant."""
        self._clinic = clinic.id
        self._key: dict[UUID, Key] = {}
        self._live: dict[Key, list[UUID]] = {}
        for one in some:
            key: Key = (*one.whose, local.today(one.at, clinic.zone))
            self._key[one.id] = key
            ids = self._live.setdefault(key, [])
            if not one.cancelled:
                ids.append(one.id)

    def id_of(self, kind: str, key: Key) -> UUID:
        """The id of what a row is about: what stands on that day, or a new one.

        A made id that stands on another day, or with somebody else, is not the row's any more.
        """
        live = self._live.get(key, [])
        for n in count(1):
            name = [kind, *key, n] if n > 1 else [kind, *key]
            id = uuid5(self._clinic, "/".join(map(str, name)))
            if n == 1 and live and id not in live:
                return live[0]
            if self._key.get(id, key) == key:
                return id
        raise AssertionError  # pragma: no cover

    def of_event(self, uid: str, therapist_id: UUID) -> UUID:
        """The id of what an event of a therapist's calendar is about, wherever they moved it.

        What somebody gave to another therapist by hand is not this calendar's any more.
        """
        first = uuid5(self._clinic, f"ics/{therapist_id}/{uid}")
        made = chain([first], (uuid5(first, str(n)) for n in count(2)))
        return next(id for id in made if therapist_id in self._key.get(id, (therapist_id,)))

    def is_cancelled(self, key: Key) -> bool:
        """Whether there was something on that day, and nothing of it takes place."""
        return self._live.get(key) == []


def read(session: Session, here: Here) -> Standing:
    """Look the clinic's calendar up, what was cancelled too."""
    given = (
        select(
            DosingSession.id,
            DosingSession.patient_id,
            DosingSession.started_at,
            DosingSession.cancelled_at,
        )
        .join(Course, Course.id == DosingSession.course_id)
        .where(Course.clinic_id == here.clinic.id, not_(windows.is_kept(DosingSession)))
        .order_by(DosingSession.started_at, DosingSession.id)
    )
    some = [
        Stands(id, (patient_id,), started_at, cancelled_at is not None)
        for id, patient_id, started_at, cancelled_at in session.execute(given)
    ]
    visits = (
        select(Appointment)
        .where(Appointment.patient_id.in_({patient_id for patient_id, _ in here.pairs}))
        .order_by(Appointment.starts_at, Appointment.id)
    )
    for row in session.scalars(visits):
        both = (row.patient_id, row.therapist_id)
        some.append(Stands(row.id, both, row.starts_at, row.cancelled_at is not None))
    return Standing(here.clinic, some)
