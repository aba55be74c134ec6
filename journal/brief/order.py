"""What stands first on a page: what the patient put there, and what the therapist carries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from journal.sharing.marks import NONE, Marks
from journal.sharing.models import Brief
from journal.sharing.reading_time import minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Ids of what is readable, each in its place. What is not readable left no gap."""

    released_at: datetime | None
    agenda: UUID | None
    bring: list[UUID]
    first: list[UUID]
    carried: list[UUID]

    def minutes(self, words: Mapping[UUID, int]) -> int:
        """The time to read the first screen; everything, where nothing was put first."""
        if self.released_at is None:
            return minutes(words.values())
        opens = {*self.first, *self.carried, self.agenda} - {None}
        return minutes(words[id] for id in opens if id is not None)


def ordered(
    brief: Brief | None,
    readable: Mapping[UUID, UUID],
    marks: Mapping[UUID, Marks],
) -> Order:
    """Put what is readable in order.

    :param readable: the grant of each excerpt that passed the gate, newest first. A release counts
        while something under its own grant is readable: otherwise it would say that there had
        been something.
    """
    since = {id: held for id in readable if (held := marks.get(id, NONE).carried_since)}
    carried = sorted(since, key=lambda id: (since[id], id))
    if brief is None or brief.grant_id not in readable.values():
        return Order(released_at=None, agenda=None, bring=[], first=[], carried=carried)
    bring = [UUID(id) for id in brief.bring]
    return Order(
        released_at=brief.released_at,
        agenda=brief.agenda if brief.agenda in readable else None,
        bring=_still(bring, readable),
        first=_still(bring[: brief.first], readable),
        carried=carried,
    )


def _still(ids: Collection[UUID], readable: Collection[UUID]) -> list[UUID]:
    return [id for id in ids if id in readable]
