"""What a patient puts first: on the page at once, for one therapist, gone with what it names."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from journal.db import Database
from tests import factories
from tests.acts import give, hand_over, offer, read_page, signed_in, told, write
from tests.factories import NOW, new_id
from tests.worlds import MovableTime, World

DAY = timedelta(days=1)
AGENDA = {"agenda-talk": {"one": "the door", "two": "sleep"}, "agenda-start": {"text": "the door"}}
NOTHING = {"agenda": None, "bring": [], "first": 0}


@pytest.fixture
def phone(app: Flask, lived_in: World) -> FlaskClient:
    return signed_in(app, lived_in.patient)


@pytest.fixture
def desk(app: Flask, lived_in: World) -> FlaskClient:
    return signed_in(app, lived_in.therapist)


@pytest.fixture
def put(phone: FlaskClient, lived_in: World) -> Any:
    def send(agenda: str | None = None, *bring: str, first: int = 0) -> TestResponse:
        order = {"agenda": agenda, "bring": list(bring), "first": first}
        return phone.put(f"/api/therapists/{lived_in.therapist.id}/brief", json=order)

    return send


def agenda(phone: FlaskClient, grant: str) -> str:
    return hand_over(phone, grant, write(phone, guide="agenda", answers=AGENDA))


def test_a_release_heads_the_page_of_both(phone, desk, put, lived_in, time) -> None:
    grant = give(phone, lived_in.therapist)
    one, two, three = (hand_over(phone, grant, write(phone, word)) for word in "abc")
    head = agenda(phone, grant)
    plain = read_page(desk, lived_in.patient).json
    assert (plain["released_at"], plain["agenda"], plain["bring"], plain["first"]) == (
        None,
        None,
        [],
        [],
    )
    answer = put(head, three, one, two, first=2)
    assert answer.status_code == 200
    assert answer.json == {
        "released_at": NOW.isoformat(),
        "agenda": head,
        "bring": [three, one, two],
        "first": 2,
    }
    page = read_page(desk, lived_in.patient)
    assert page.data == phone.get(f"/api/therapists/{lived_in.therapist.id}/page").data
    assert page.json["released_at"] == NOW.isoformat()
    assert page.json["agenda"] == head
    assert page.json["bring"] == [three, one, two]
    assert page.json["first"] == [three, one]
    rows = {row["patient"]["id"]: row for row in desk.get("/api/today").json["patients"]}
    row = rows[str(lived_in.patient.id)]
    assert (row["released_at"], row["minutes"]) == (NOW.isoformat(), page.json["minutes"])
    phone.delete(f"/api/excerpts/{three}")
    phone.delete(f"/api/excerpts/{head}")
    page = read_page(desk, lived_in.patient)
    there = (page.json["agenda"], page.json["bring"], page.json["first"])
    assert there == (None, [one, two], [one])
    assert three.encode() not in page.data
    for _ in range(2):
        taken = phone.delete(f"/api/therapists/{lived_in.therapist.id}/brief")
        assert taken.status_code == 204
        assert read_page(desk, lived_in.patient).json["released_at"] is None


def test_sent_again_it_changes_nothing_until_they_have_met(
    phone, put, lived_in, time: MovableTime, database: Database
) -> None:
    grant = give(phone, lived_in.therapist)
    one, two = (hand_over(phone, grant, write(phone, word)) for word in "ab")
    first = put(None, one, two, first=1).data
    time.move(timedelta(minutes=5))
    assert put(None, one, two, first=1).data == first
    changed = put(None, two, one, first=1).json
    assert changed["released_at"] == time.at.isoformat()
    with database.session(writing=True) as opened:
        people = lived_in.patient.id, lived_in.therapist.id
        factories.make_appointment(opened, *people, starts_at=time.at + DAY)
    time.move(2 * DAY)
    assert put(None, two, one, first=1).json["released_at"] == time.at.isoformat()


def test_only_ones_own_that_are_out_to_that_therapist_can_be_put_there(
    app, phone, put, lived_in
) -> None:
    grant = give(phone, lived_in.therapist)
    mine, gone, head = (hand_over(phone, grant, write(phone, word)) for word in "abc")
    phone.delete(f"/api/excerpts/{gone}")
    [elsewhere] = [
        one["id"]
        for one in phone.get("/api/excerpts").json
        if one["therapist"]["id"] == str(lived_in.other_therapist.id)
    ]
    other = signed_in(app, lived_in.other_patient)
    [theirs] = [one["id"] for one in other.get("/api/excerpts").json]
    for stranger in (gone, elsewhere, theirs, str(new_id())):
        answer = put(None, mine, stranger)
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/bring/1")
    assert put(None, mine, mine).json["errors"][0]["pointer"] == "/bring/1"
    assert put(head).json["errors"][0]["pointer"] == "/agenda"  # a reflection is no agenda
    assert put(None, mine, first=4).status_code == 422
    assert put(None, *[mine] * 21).status_code == 422
    absent = phone.put(f"/api/therapists/{new_id()}/brief", json=NOTHING)
    for stranger in (lived_in.foreign_therapist.id, lived_in.other_patient.id):
        path = f"/api/therapists/{stranger}/brief"
        assert told(phone.put(path, json=NOTHING)) == told(absent)
        assert told(phone.delete(path)) == told(absent)
    assert put(None, mine).status_code == 200


def test_without_sharing_there_is_nothing_to_put_in_order(phone, put, lived_in) -> None:
    assert put().status_code == 409
    grant = give(phone, lived_in.therapist)
    assert put().status_code == 200
    phone.post(f"/api/grants/{grant}/withdraw")
    assert put().status_code == 409


def test_on_the_day_of_a_dose_it_widens_nothing(
    app, phone, desk, put, lived_in, time: MovableTime, database: Database
) -> None:
    grant = give(phone, lived_in.therapist, release_in_morning=True)
    out = hand_over(phone, grant, write(phone, "out"))
    with database.session(writing=True) as opened:
        dose = factories.make_dose(opened, lived_in.clinic, lived_in.patient.id, started_at=NOW)
    held = hand_over(phone, grant, write(phone, "held"))
    answer = put(None, held, out, first=2)
    assert (answer.status_code, answer.json["bring"]) == (200, [held, out])
    page = read_page(desk, lived_in.patient)
    assert (page.json["bring"], page.json["first"]) == ([out], [out])
    assert held.encode() not in page.data
    time.at = dose.clear_at
    desk = signed_in(app, lived_in.therapist, at=time.at)
    assert read_page(desk, lived_in.patient).json["first"] == [held, out]


def test_it_goes_with_its_consent_and_does_not_come_back(phone, desk, put, lived_in) -> None:
    never = told(read_page(desk, lived_in.patient))
    grant = give(phone, lived_in.therapist)
    out = hand_over(phone, grant, write(phone, "one"))
    put(None, out, first=1)
    phone.post(f"/api/grants/{grant}/withdraw")
    assert told(read_page(desk, lived_in.patient)) == never
    again = give(phone, lived_in.therapist)
    new = hand_over(phone, again, write(phone, "two"))
    page = read_page(desk, lived_in.patient).json
    assert [one["id"] for one in page["excerpts"]] == [new]
    assert (page["released_at"], page["first"]) == (None, [])


def test_a_renewal_takes_it_along(phone, desk, put, lived_in) -> None:
    grant = give(phone, lived_in.therapist)
    out = hand_over(phone, grant, write(phone, "one"))
    put(None, out, first=1)
    before = read_page(desk, lived_in.patient).json
    renewal = offer(lived_in.therapist, pause=None)
    del renewal["therapist_id"]
    answer = phone.post(f"/api/grants/{grant}/renew", json=renewal)
    assert answer.status_code == 201, answer.json
    page = read_page(desk, lived_in.patient).json
    assert (page["released_at"], page["first"]) == (before["released_at"], [out])


def test_a_release_with_everything_taken_back_hints_at_nothing(phone, desk, put, lived_in) -> None:
    grant = give(phone, lived_in.therapist)
    never = told(read_page(desk, lived_in.patient))
    day = told(desk.get("/api/today"))
    out = hand_over(phone, grant, write(phone, "one"))
    put(None, out, first=1)
    phone.delete(f"/api/excerpts/{out}")
    assert told(read_page(desk, lived_in.patient)) == never
    assert told(desk.get("/api/today")) == day


def test_another_therapist_sees_nothing_of_it(app, phone, put, lived_in) -> None:
    other = signed_in(app, lived_in.other_therapist)
    before = told(read_page(other, lived_in.patient))
    grant = give(phone, lived_in.therapist)
    put(None, hand_over(phone, grant, write(phone, "one")), first=1)
    assert told(read_page(other, lived_in.patient)) == before
