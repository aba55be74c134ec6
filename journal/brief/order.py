"""What stands first on a page: what the patient put there, and what the therapist carries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from journal.sharing.margin import NONE, Marks, Put
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
    put: Put | None,
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
    if put is None or put.grant_id not in readable.values():
        return Order(released_at=None, agenda=None, bring=[], first=[], carried=carried)
    return Order(
        released_at=put.released_at,
        agenda=put.agenda if put.agenda in readable else None,
        bring=_still(put.bring, readable),
        first=_still(put.bring[: put.first], readable),
        carried=carried,
    )


def _still(ids: Collection[UUID], readable: Collection[UUID]) -> list[UUID]:
    return [id for id in ids if id in readable]
