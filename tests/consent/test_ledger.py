"""The ledger: grants are what its events add up to, and any change to it is found."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from journal.consent import ledger, pausing, service, standing
from journal.consent.models import ConsentEvent, ConsentHead, Grant, GrantCategory, Happened
from tests import factories
from tests.factories import NOW, new_id
from tests.worlds import World

TWO = frozenset({"reflections", "skills"})


@pytest.fixture
def grant(session: Session, world: World) -> Grant:
    """One grant that was narrowed, paused and gone on with, beside one that was withdrawn."""
    old = factories.make_grant(session, world.patient, world.therapist, categories=TWO)
    service.end(session, old, at=NOW)
    grant = factories.make_grant(session, world.patient, world.therapist, categories=TWO, at=NOW)
    service.narrow(session, world.patient, grant.id, frozenset({"skills"}), at=NOW)
    paused = pausing.pause(session, world.patient, grant.id, at=NOW)
    assert paused.pause is not None
    pausing.resume(session, world.patient, grant.id, paused.pause, at=NOW)
    session.flush()
    return grant


def mine(world: World) -> Any:
    return ConsentEvent.patient_id == world.patient.id


def edit(**values: Any) -> Callable[[Session, World, Grant], None]:
    def act(session: Session, world: World, grant: Grant) -> None:
        one = mine(world) & (ConsentEvent.n == 3)
        session.execute(update(ConsentEvent).where(one).values(**values))

    return act


def edit_grant(**values: Any) -> Callable[[Session, World, Grant], None]:
    def act(session: Session, world: World, grant: Grant) -> None:
        session.execute(update(Grant).where(Grant.id == grant.id).values(**values))

    return act


def reassign(session: Session, world: World, grant: Grant) -> None:
    edit_grant(therapist_id=world.other_therapist.id)(session, world, grant)


def remove(n: int) -> Callable[[Session, World, Grant], None]:
    def act(session: Session, world: World, grant: Grant) -> None:
        session.execute(delete(ConsentEvent).where(mine(world), ConsentEvent.n == n))

    return act


def remove_all(session: Session, world: World, grant: Grant) -> None:
    session.execute(delete(ConsentEvent).where(mine(world)))
    session.execute(delete(ConsentHead).where(ConsentHead.patient_id == world.patient.id))


def remove_events_and_count(session: Session, world: World, grant: Grant) -> None:
    session.execute(delete(ConsentEvent).where(mine(world)))
    session.execute(
        update(ConsentHead)
        .where(ConsentHead.patient_id == world.patient.id)
        .values(n=0, hash=ledger.GENESIS)
    )


def swap(session: Session, world: World, grant: Grant) -> None:
    for old, new in ((3, 90), (4, 3), (90, 4)):
        one = mine(world) & (ConsentEvent.n == old)
        session.execute(update(ConsentEvent).where(one).values(n=new))


def widen(session: Session, world: World, grant: Grant) -> None:
    session.execute(insert(GrantCategory).values(grant_id=grant.id, category="measures"))


def forge(session: Session, world: World, grant: Grant) -> None:
    """A grant nobody gave."""
    row = {column.key: getattr(grant, column.key) for column in Grant.__table__.columns}
    session.execute(insert(Grant).values(row | {"id": new_id()}))


CHANGES: dict[str, Callable[[Session, World, Grant], None]] = {
    "another category in an event": edit(facts={"categories": ["reflections"]}),
    "another time of an event": edit(at=NOW - timedelta(hours=1)),
    "another kind of event": edit(happened=Happened.NARROWED),
    "a pause that was left out": remove(6),
    "an event of another grant": edit(grant_id=new_id()),
    "another hash": edit(hash=bytes(32)),
    "the first event removed": remove(1),
    "one event removed": remove(3),
    "the newest event removed": remove(7),
    "everything removed": remove_all,
    "everything removed and the count with it": remove_events_and_count,
    "two events swapped": swap,
    "a category added to the grant": widen,
    "a later end of the grant": edit_grant(ends_at=NOW + timedelta(days=900)),
    "another therapist in the grant": reassign,
    "another agreement in the grant": edit_grant(agreement_sha256="0" * 64),
    "a release nobody agreed to": edit_grant(release_in_morning=True),
    "another edition of the agreement in the grant": edit_grant(agreement_edition=2),
    "another language in the grant": edit_grant(locale="de"),
    "a pause of the grant": edit_grant(paused_at=NOW, pause=9),
    "an end of the grant": edit_grant(ended_at=NOW, ended_by=Happened.WITHDRAWN),
    "a grant that nobody gave": forge,
}


@pytest.mark.parametrize("what", CHANGES)
def test_any_change_is_found_and_the_patient_named(
    session: Session, world: World, grant: Grant, what: str
) -> None:
    assert list(ledger.verify(session)) == []
    CHANGES[what](session, world, grant)
    session.expire_all()
    found = list(ledger.verify(session))
    assert found
    assert all("grant" in one or str(world.patient.id) in one for one in found)


def test_a_revived_grant_is_found(session: Session, world: World, grant: Grant) -> None:
    ended = select(Grant.id).where(Grant.ended_at.is_not(None))
    session.execute(update(Grant).where(Grant.id.in_(ended)).values(ended_at=None, ended_by=None))
    session.expire_all()
    assert len(list(ledger.verify(session))) == 1


def test_the_state_is_the_fold_of_the_events(session: Session, world: World, grant: Grant) -> None:
    events = session.scalars(select(ConsentEvent).where(mine(world)).order_by(ConsentEvent.n)).all()
    assert [event.n for event in events] == list(range(1, len(events) + 1))
    folded = standing.fold(events)
    given = session.scalars(select(Grant).where(Grant.patient_id == world.patient.id)).all()
    assert folded.keys() == {one.id for one in given}
    for one in given:
        state = folded[one.id]
        allowed = service.categories_of(session, [one.id]).get(one.id, frozenset())
        assert state.categories == allowed
        assert (state.ended_at, state.ended_by) == (one.ended_at, one.ended_by)
        assert (state.therapist_id, state.ends_at) == (one.therapist_id, one.ends_at)
    assert folded[grant.id].categories == {"skills"}
    assert list(ledger.verify(session)) == []


def test_a_pause_that_holds_is_in_the_fold(session: Session, world: World, grant: Grant) -> None:
    pausing.pause(session, world.patient, grant.id, at=NOW)
    assert (grant.pause, grant.paused_at) == (8, NOW)
    assert list(ledger.verify(session)) == []
    edit_grant(pause=None, paused_at=None)(session, world, grant)
    session.expire_all()
    assert len(list(ledger.verify(session))) == 1
