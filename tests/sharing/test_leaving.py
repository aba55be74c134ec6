"""Leaving, reassignment, deactivation: access ends at once, and who comes back finds nothing."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts.models import Account
from journal.care.models import CareLink, Membership
from journal.consent import ledger
from journal.consent.models import ConsentEvent, Grant
from journal.db import Database
from journal.sharing import leaving
from journal.sharing.models import Excerpt
from journal.vault import keys
from tests import factories
from tests.acts import give, hand_over, read_page, said, signed_in, told, write
from tests.factories import NOW, new_id
from tests.worlds import World

Act = Callable[[Session, World], None]


def therapist_leaves(session: Session, world: World) -> None:
    leaving.leave(session, world.therapist.id, world.clinic.id, at=NOW)


def patient_leaves(session: Session, world: World) -> None:
    leaving.leave(session, world.patient.id, world.clinic.id, at=NOW)


def is_reassigned(session: Session, world: World) -> None:
    leaving.reassign(session, world.patient.id, world.therapist.id, at=NOW)


def therapist_is_deactivated(session: Session, world: World) -> None:
    leaving.deactivate(session, world.therapist.id, at=NOW)


def patient_is_deactivated(session: Session, world: World) -> None:
    leaving.deactivate(session, world.patient.id, at=NOW)


WAYS: list[Act] = [
    therapist_leaves,
    patient_leaves,
    is_reassigned,
    therapist_is_deactivated,
    patient_is_deactivated,
]


def put_everything_back(session: Session) -> None:
    """What a careless hand might do: every row as it was before."""
    session.execute(update(Membership).values(ended_at=None))
    session.execute(update(CareLink).values(ended_at=None))
    session.execute(update(Account).values(disabled_at=None))


def by_name(act: Act) -> str:
    return act.__name__


@pytest.mark.parametrize("way", WAYS, ids=by_name)
def test_access_ends_at_once_and_nothing_brings_it_back(
    app: Flask, lived_in: World, database: Database, way: Act
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    out = hand_over(phone, grant, write(phone, "the river"))
    assert said(read_page(desk, lived_in.patient)) == ["the river"]
    with database.session(writing=True) as opened:
        way(opened, lived_in)
    answer = read_page(desk, lived_in.patient)
    if way is therapist_is_deactivated:
        assert answer.status_code == 401
    else:
        assert told(answer) == told(desk.get(f"/api/patients/{new_id()}/page"))
        assert out not in desk.get("/api/today").text
    with database.session(writing=True) as opened:
        put_everything_back(opened)
    again = signed_in(app, lived_in.therapist)
    assert said(read_page(again, lived_in.patient)) == []
    assert again.get(f"/api/patients/{lived_in.patient.id}/new").json["readable"] == []
    with database.session(writing=False) as opened:
        ended = opened.get_one(Grant, factories.UUID(grant))
        assert (ended.ended_at, ended.ended_by and ended.ended_by.value) == (NOW, "left")
        with pytest.raises(keys.KeyDestroyed):
            keys.key(opened, ended.id, of=keys.Of.GRANT)
        mine = select(Excerpt.body).where(Excerpt.id == factories.UUID(out))
        assert opened.scalars(mine).one() is None
        assert list(ledger.verify(opened)) == []


@pytest.mark.parametrize("way", WAYS, ids=by_name)
def test_only_theirs_ends_and_only_once(
    app: Flask, lived_in: World, database: Database, way: Act
) -> None:
    give(signed_in(app, lived_in.patient), lived_in.therapist)
    with database.session(writing=True) as opened:
        for _ in range(2):
            way(opened, lived_in)
        ended = opened.scalars(
            select(Grant).where(Grant.ended_at.is_not(None)).order_by(Grant.given_at)
        ).all()
        events = select(ConsentEvent.grant_id).where(ConsentEvent.happened == "left")
        assert sorted(opened.scalars(events)) == sorted(one.id for one in ended)
    pairs = {(one.patient_id, one.therapist_id) for one in ended}
    both = (lived_in.patient.id, lived_in.therapist.id)
    assert both in pairs
    whose = {therapist_leaves: 1, therapist_is_deactivated: 1, is_reassigned: None}.get(way, 0)
    if whose is None:
        assert pairs == {both}
    else:
        assert len(pairs) == 2
        assert {pair[whose] for pair in pairs} == {both[whose]}


def test_who_is_deactivated_is_signed_out_everywhere(
    app: Flask, lived_in: World, database: Database
) -> None:
    phones = [signed_in(app, lived_in.patient) for _ in range(2)]
    with database.session(writing=True) as opened:
        leaving.deactivate(opened, lived_in.patient.id, at=NOW)
        opened.execute(update(Account).values(disabled_at=None))
    assert [phone.get("/api/grants").status_code for phone in phones] == [401, 401]


def test_a_change_by_hand_becomes_a_fact_when_it_is_met(
    app: Flask, lived_in: World, database: Database
) -> None:
    """A link that was ended, and made anew, without the services: the next reading ends it."""
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    hand_over(phone, grant, write(phone))
    both = (CareLink.patient_id == lived_in.patient.id) & (
        CareLink.therapist_id == lived_in.therapist.id
    )
    with database.session(writing=True) as opened:
        opened.execute(update(CareLink).where(both).values(ended_at=NOW))
        late = NOW.replace(hour=13)
        factories.link(opened, lived_in.clinic, lived_in.patient.id, lived_in.therapist.id, at=late)
    assert said(read_page(desk, lived_in.patient)) == []
    states = {one["id"]: one["state"] for one in phone.get("/api/grants").json}
    assert states[grant] == "ended"
