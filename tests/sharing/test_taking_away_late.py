"""Taking away by the id of a grant that was renewed meanwhile reaches the one that lives on."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from journal.accounts.principals import Patient
from journal.consent import ledger, pausing
from journal.consent import service as consent
from journal.db import Database
from tests import factories
from tests.acts import give, hand_over, offer, read_page, said, signed_in, write
from tests.factories import NOW
from tests.worlds import World


def renew(phone: FlaskClient, world: World, grant: str, **changes: Any) -> str:
    sent = offer(world.therapist, **{"pause": None, "categories": ["reflections", "skills"]})
    del sent["therapist_id"]
    answer = phone.post(f"/api/grants/{grant}/renew", json=sent | changes)
    assert answer.status_code == 201, answer.json
    return str(answer.json["id"])


@pytest.fixture
def phone(app: Flask, lived_in: World) -> FlaskClient:
    return signed_in(app, lived_in.patient)


@pytest.fixture
def desk(app: Flask, lived_in: World) -> FlaskClient:
    return signed_in(app, lived_in.therapist)


@pytest.fixture
def old(phone: FlaskClient, lived_in: World) -> str:
    """Something was handed over under it, then another phone renewed it twice."""
    first = give(phone, lived_in.therapist, categories=["reflections", "measures"])
    hand_over(phone, first, write(phone, "the river"))
    renew(phone, lived_in, renew(phone, lived_in, first))
    return first


ACTS: list[tuple[str, Any, str]] = [
    ("withdraw", None, "withdrawn"),
    ("pause", None, "paused"),
    ("narrow", {"categories": ["measures"]}, "in_force"),
]


@pytest.mark.parametrize(("act", "body", "state"), ACTS)
def test_it_is_as_if_the_new_id_had_been_known(
    phone: FlaskClient,
    desk: FlaskClient,
    lived_in: World,
    old: str,
    database: Database,
    act: str,
    body: Any,
    state: str,
) -> None:
    assert said(read_page(desk, lived_in.patient)) == ["the river"]
    newest = phone.get("/api/grants").json[0]["id"]
    answers = [phone.post(f"/api/grants/{old}/{act}", json=body) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].data == answers[1].data
    assert (answers[0].json["id"], answers[0].json["state"]) == (newest, state)
    assert said(read_page(desk, lived_in.patient)) == []
    with database.session(writing=False) as opened:
        assert list(ledger.verify(opened)) == []


def test_narrowing_keeps_only_what_both_allow(
    phone: FlaskClient, lived_in: World, old: str
) -> None:
    path = f"/api/grants/{old}/narrow"
    assert phone.post(path, json={"categories": ["skills"]}).status_code == 422
    answer = phone.post(path, json={"categories": ["reflections"]})
    assert (answer.status_code, answer.json["categories"]) == (200, ["reflections"])


def test_going_on_is_not_carried_over(
    phone: FlaskClient, desk: FlaskClient, lived_in: World
) -> None:
    old = give(phone, lived_in.therapist)
    hand_over(phone, old, write(phone))
    n = phone.post(f"/api/grants/{old}/pause").json["pause"]
    new = renew(phone, lived_in, old, pause=n)
    now = phone.get("/api/grants").json[0]
    assert (now["id"], now["state"]) == (new, "paused")
    for number in (n, now["pause"]):
        sent = {"pause": number}
        assert phone.post(f"/api/grants/{old}/resume", json=sent).status_code == 409
    assert said(read_page(desk, lived_in.patient)) == []


def test_what_ended_otherwise_reaches_nobody(
    phone: FlaskClient, desk: FlaskClient, lived_in: World
) -> None:
    """Consent given anew after an end is another consent: a late copy does not undo it."""
    old = give(phone, lived_in.therapist)
    phone.post(f"/api/grants/{old}/withdraw")
    new = give(phone, lived_in.therapist)
    for act in ("withdraw", "pause"):
        assert phone.post(f"/api/grants/{old}/{act}").json["id"] == old
    assert phone.get("/api/grants").json[0]["state"] == "in_force"
    assert phone.get("/api/grants").json[0]["id"] == new


def test_pausing_everything_reaches_what_came_while_it_waited(
    database: Database, lived_in: World
) -> None:
    """The time of a request is older than the lock it waited for, and than a renewal before it."""
    author = Patient(lived_in.patient.id)
    with database.session(writing=True) as opened:
        grant = factories.make_grant(opened, author, lived_in.therapist, at=NOW)
        pausing.pause_everything(opened, author, at=NOW - timedelta(seconds=1))
        assert grant.pause is not None
        assert consent.in_force(opened, author, NOW) == []
