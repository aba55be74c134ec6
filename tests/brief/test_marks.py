"""Marks: on what is readable now and nothing else; the one who wrote it sees them."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from journal.db import Database
from journal.sharing.models import Mark
from tests import factories
from tests.acts import give, hand_over, read_page, signed_in, told, write
from tests.factories import NOW, new_id
from tests.worlds import MovableTime, World

MINUTE = timedelta(minutes=1)
NONE = {"read": None, "talked": None, "carry": None}


@pytest.fixture
def phone(app: Flask, lived_in: World) -> FlaskClient:
    return signed_in(app, lived_in.patient)


@pytest.fixture
def desk(app: Flask, lived_in: World) -> FlaskClient:
    return signed_in(app, lived_in.therapist)


@pytest.fixture
def grant(phone: FlaskClient, lived_in: World) -> str:
    return give(phone, lived_in.therapist)


def path(world: World, excerpt: str, mark: str = "read") -> str:
    return f"/api/patients/{world.patient.id}/excerpts/{excerpt}/marks/{mark}"


def shown_to_both(phone: FlaskClient, desk: FlaskClient, world: World, excerpt: str) -> dict:  # type: ignore[type-arg]
    """The marks of one excerpt: the same on the page of both and in the author's list."""
    page = read_page(desk, world.patient)
    assert phone.get(f"/api/therapists/{world.therapist.id}/page").data == page.data
    [marks] = [one["marks"] for one in page.json["excerpts"] if one["id"] == excerpt]
    listed = {one["id"]: one["marks"] for one in phone.get("/api/excerpts").json}
    assert listed[excerpt] == marks
    return marks


@pytest.mark.parametrize("mark", ["read", "talked", "carry"])
def test_a_mark_is_put_on_kept_and_taken_off(phone, desk, grant, lived_in, time, mark) -> None:
    one, other = (hand_over(phone, grant, write(phone, word)) for word in "ab")
    assert shown_to_both(phone, desk, lived_in, one) == NONE
    for _ in range(2):  # sent again, it keeps its time
        assert desk.put(path(lived_in, one, mark)).status_code == 204
        assert shown_to_both(phone, desk, lived_in, one) == NONE | {mark: NOW.isoformat()}
        time.move(MINUTE)
    assert shown_to_both(phone, desk, lived_in, other) == NONE
    for _ in range(2):
        assert desk.delete(path(lived_in, one, mark)).status_code == 204
        assert shown_to_both(phone, desk, lived_in, one) == NONE


def test_what_is_carried_comes_first_until_it_was_talked_about(
    phone, desk, grant, lived_in, time: MovableTime
) -> None:
    one, two = (hand_over(phone, grant, write(phone, word)) for word in "ab")

    def carried() -> list[str]:
        found: list[str] = read_page(desk, lived_in.patient).json["carried"]
        return found

    for mark, expected in (
        ("carry", [one]),
        ("talked", []),
        ("talked", []),
        ("carry", [one]),
        ("carry", [one]),
    ):
        time.move(MINUTE)
        desk.put(path(lived_in, one, mark))
        assert carried() == expected
    desk.put(path(lived_in, two, "carry"))
    assert carried() == [one, two]
    desk.delete(path(lived_in, one, "carry"))
    assert carried() == [two]
    phone.delete(f"/api/excerpts/{two}")
    assert carried() == []


def test_only_what_is_readable_now_can_be_marked_and_all_else_is_one_answer(
    app, phone, desk, grant, lived_in, database: Database
) -> None:
    absent = told(desk.put(path(lived_in, str(new_id()))))
    assert absent[0] == 404
    out = hand_over(phone, grant, write(phone, "out"))
    gone = hand_over(phone, grant, write(phone, "gone"))
    assert desk.put(path(lived_in, gone)).status_code == 204
    phone.delete(f"/api/excerpts/{gone}")
    with database.session(writing=True) as opened:
        factories.make_dose(opened, lived_in.clinic, lived_in.patient.id, started_at=NOW)
    held = hand_over(phone, grant, write(phone, "held"))
    [elsewhere] = [
        one["id"]
        for one in phone.get("/api/excerpts").json
        if one["therapist"]["id"] == str(lived_in.other_therapist.id)
    ]

    def answers(client: FlaskClient, excerpt: str) -> list[object]:
        sent = (client.put(path(lived_in, excerpt)), client.delete(path(lived_in, excerpt)))
        return [told(one) for one in sent]

    for excerpt in (gone, held, elsewhere):
        assert answers(desk, excerpt) == [absent, absent]
    for stranger in (lived_in.other_therapist, lived_in.foreign_therapist):
        assert answers(signed_in(app, stranger), out) == [absent, absent]
    assert told(desk.put(path(lived_in, out, "starred"))) == absent
    theirs = path(lived_in, out).replace(str(lived_in.patient.id), str(lived_in.other_patient.id))
    assert told(desk.put(theirs)) == absent
    assert desk.put(path(lived_in, out)).status_code == 204
    phone.post("/api/withdraw-everything")
    assert answers(desk, out) == [absent, absent]
    with database.session(writing=False) as opened:
        assert opened.scalar(select(func.count()).select_from(Mark)) == 0


def test_a_pause_closes_marks_and_going_on_shows_them_again(phone, desk, grant, lived_in) -> None:
    out = hand_over(phone, grant, write(phone, "out"))
    desk.put(path(lived_in, out, "carry"))
    pause = phone.post(f"/api/grants/{grant}/pause").json
    assert desk.put(path(lived_in, out)).status_code == 404
    assert read_page(desk, lived_in.patient).json["carried"] == []
    number = pause["pause"] if "pause" in pause else pause["paused"]["n"]
    phone.post(f"/api/grants/{grant}/resume", json={"pause": number})
    assert read_page(desk, lived_in.patient).json["carried"] == [out]


def test_one_tap_marks_what_was_opened_and_says_when_they_meet(
    phone, desk, grant, lived_in, time: MovableTime, database: Database
) -> None:
    tap = f"/api/patients/{lived_in.patient.id}/read"
    assert desk.post(tap).json == {"next_appointment": None}
    with database.session(writing=True) as opened:
        people = lived_in.patient.id, lived_in.therapist.id
        factories.make_appointment(opened, *people, starts_at=NOW + timedelta(days=2))
    seen = hand_over(phone, grant, write(phone, "seen"))
    read_page(desk, lived_in.patient)
    unseen = hand_over(phone, grant, write(phone, "handed over a moment later"))
    for _ in range(2):
        answer = desk.post(tap)
        assert (answer.status_code, answer.json) == (
            200,
            {"next_appointment": "2026-03-12T12:00:00+00:00"},
        )
        listed = {one["id"]: one["marks"]["read"] for one in phone.get("/api/excerpts").json}
        assert (listed[seen], listed[unseen]) == (NOW.isoformat(), None)
        time.move(MINUTE)
    read_page(desk, lived_in.patient)
    desk.post(tap)
    listed = {one["id"]: one["marks"]["read"] for one in phone.get("/api/excerpts").json}
    assert (listed[seen], listed[unseen]) == (NOW.isoformat(), time.at.isoformat())


def test_one_tap_of_a_stranger_is_not_found(app, desk, lived_in) -> None:
    absent = told(desk.post(f"/api/patients/{new_id()}/read"))
    assert absent[0] == 404
    stranger = signed_in(app, lived_in.foreign_therapist)
    assert told(stranger.post(f"/api/patients/{lived_in.patient.id}/read")) == absent
