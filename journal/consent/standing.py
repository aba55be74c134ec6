"""How a grant stands, as a fold of its events, and whether its row says the same."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.consent.models import ConsentEvent, Grant, GrantCategory, Happened

FIRST_LOCALE = "en"
"""What every agreement was written in before the ledger named it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a grant stands."""

    therapist_id: UUID
    agreement: str
    """Its name and edition, `share/1`."""
    sha256: str
    locale: str
    given_at: datetime
    ends_at: datetime
    release_in_morning: bool
    categories: frozenset[str]
    paused_at: datetime | None = None
    pause: int | None = None
    ended_at: datetime | None = None
    ended_by: Happened | None = None


def fold(events: Iterable[ConsentEvent]) -> dict[UUID, Standing]:
    """What a patient's events add up to, by grant. What never began does not stand."""
    found: dict[UUID, Standing] = {}
    for event in events:
        if event.happened is Happened.GIVEN:
            found[event.grant_id] = _given(event.at, event.facts)
        elif before := found.get(event.grant_id):
            found[event.grant_id] = AFTER.get(event.happened, _ended)(before, event)
    return found


def _given(at: datetime, facts: Mapping[str, Any]) -> Standing:
    return Standing(
        UUID(facts["therapist"]),
        facts["agreement"],
        facts["sha256"],
        facts.get("locale", FIRST_LOCALE),
        at,
        datetime.fromisoformat(facts["ends_at"]),
        facts["release_in_morning"],
        frozenset(facts["categories"]),
    )


def _narrowed(before: Standing, event: ConsentEvent) -> Standing:
    return replace(before, categories=frozenset(event.facts["categories"]))


def _paused(before: Standing, event: ConsentEvent) -> Standing:
    return replace(before, paused_at=event.at, pause=event.n)


def _resumed(before: Standing, event: ConsentEvent) -> Standing:
    return replace(before, paused_at=None, pause=None)


def _ended(before: Standing, event: ConsentEvent) -> Standing:
    return replace(before, ended_at=event.at, ended_by=event.happened)


AFTER: Mapping[Happened, Callable[[Standing, ConsentEvent], Standing]] = {
    Happened.NARROWED: _narrowed,
    Happened.PAUSED: _paused,
    Happened.RESUMED: _resumed,
}
"""What each event makes of what stood before; every other one ends it."""


def differing(session: Session, patient_id: UUID, events: Iterable[ConsentEvent]) -> Iterator[str]:
    """Compare each grant with the fold of its events; a grant without any differs too."""
    folded, found = fold(events), _rows(session, patient_id)
    for grant_id in sorted(folded.keys() | found.keys(), key=str):
        if folded.get(grant_id) != found.get(grant_id):
            yield f"grant {grant_id}: its state is not what its events add up to"


def _rows(session: Session, patient_id: UUID) -> dict[UUID, Standing]:
    found: dict[UUID, Standing] = {}
    for grant in session.scalars(select(Grant).where(Grant.patient_id == patient_id)):
        allowed = select(GrantCategory.category).where(GrantCategory.grant_id == grant.id)
        found[grant.id] = Standing(
            grant.therapist_id,
            f"{grant.agreement}/{grant.agreement_edition}",
            grant.agreement_sha256,
            grant.locale,
            grant.given_at,
            grant.ends_at,
            grant.release_in_morning,
            frozenset(session.scalars(allowed)),
            grant.paused_at,
            grant.pause,
            grant.ended_at,
            grant.ended_by,
        )
    return found
