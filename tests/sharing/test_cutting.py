"""Removing some of one's own words from what is out: exactly those, at once, without a mark."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from journal.db import Database
from journal.sharing.models import Excerpt
from tests import factories
from tests.acts import give, hand_over, read_page, said, signed_in, told, write
from tests.factories import NOW, new_id
from tests.sharing.test_renewing import renewal
from tests.worlds import MovableTime, World

TEXT = "The 👩🏽‍🚀 stood at the rívèr. It knew my name. Then it went."
OUT = " It knew my name."
ANSWERS = {
    "refl-01": {"text": TEXT},
    "refl-02": {"text": "the second answer"},
    "refl-09": {"scale": 3, "text": "why three"},
}


@pytest.fixture
def phone(app: Flask, lived_in: World) -> FlaskClient:
    return signed_in(app, lived_in.patient)


@pytest.fixture
def desk(app: Flask, lived_in: World) -> FlaskClient:
    return signed_in(app, lived_in.therapist)


@pytest.fixture
def out(phone: FlaskClient, lived_in: World) -> str:
    """What is out: three answers of one entry."""
    hand_over(phone, phone_grant(phone, lived_in), write(phone, "beside it"))
    return hand_over(phone, phone_grant(phone, lived_in), write(phone, answers=ANSWERS))


def phone_grant(phone: FlaskClient, world: World) -> str:
    mine = [one for one in phone.get("/api/grants").json if one["state"] == "in_force"]
    found = [one["id"] for one in mine if one["therapist"]["id"] == str(world.therapist.id)]
    return str(found[0]) if found else give(phone, world.therapist)


def at(quote: str, text: str = TEXT, **changes: Any) -> dict[str, Any]:
    start = text.index(quote)
    place = {"item": 0, "line": 0, "start": start, "end": start + len(quote), "quote": quote}
    return {"id": str(new_id())} | place | changes


def cut(phone: FlaskClient, out: str, which: dict[str, Any]) -> TestResponse:
    return phone.post(f"/api/excerpts/{out}/cut", json=which)


def test_exactly_these_words_go_and_no_mark_is_left(
    phone: FlaskClient, desk: FlaskClient, lived_in: World, out: str
) -> None:
    before = read_page(desk, lived_in.patient)
    which = at(OUT)
    answers = [cut(phone, out, which) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].data == answers[1].data
    page = read_page(desk, lived_in.patient)
    assert TEXT.replace(OUT, "") in said(page)
    assert page.data == before.data.replace(OUT.encode(), b"")
    [now] = [one for one in page.json["excerpts"] if one["id"] == out]
    assert answers[0].json["excerpt"]["content"] == now["content"]
    assert "beside it" in said(page)


def test_the_same_words_that_moved_up_are_not_removed_by_the_same_request(
    phone: FlaskClient, desk: FlaskClient, lived_in: World
) -> None:
    out = hand_over(phone, phone_grant(phone, lived_in), write(phone, "no no yes"))
    which = at("no ", "no no yes")
    for _ in range(3):
        assert cut(phone, out, which).status_code == 200
    assert said(read_page(desk, lived_in.patient)) == ["no yes"]
    assert cut(phone, out, at("no", "no yes")).status_code == 200
    assert said(read_page(desk, lived_in.patient)) == [" yes"]


def test_the_same_words_at_the_same_place_are_removed_by_another_request(
    phone: FlaskClient, desk: FlaskClient, lived_in: World
) -> None:
    out = hand_over(phone, phone_grant(phone, lived_in), write(phone, "no no yes"))
    for left in ("no yes", "yes"):
        which = at("no ", "no no yes")
        for _ in range(2):
            answer = cut(phone, out, which)
            [line] = answer.json["excerpt"]["content"]["items"][0]["answer"]["lines"]
            assert line["value"] == left
        assert said(read_page(desk, lived_in.patient)) == [left]


def test_a_line_and_an_item_without_words_disappear_and_the_last_words_take_it_back(
    phone: FlaskClient, desk: FlaskClient, lived_in: World, out: str, database: Database
) -> None:
    phone.delete(
        "/api/excerpts/"
        + next(
            one["id"]
            for one in phone.get("/api/excerpts").json
            if one["id"] != out
            and one["content"]["items"][0]["answer"]["lines"][0]["value"] == "beside it"
        )
    )
    first = at(TEXT)
    assert cut(phone, out, first).status_code == 200
    assert said(read_page(desk, lived_in.patient))[0] == "the second answer"
    # Sent again, it does not take the words that moved up.
    assert cut(phone, out, first).status_code == 200
    second = "the second answer"
    assert cut(phone, out, at(second, second)).status_code == 200
    why = at("why three", "why three", line=1)
    assert cut(phone, out, why).status_code == 200
    [left] = said(read_page(desk, lived_in.patient))
    assert left.startswith("3 of 10")
    assert cut(phone, out, at(left, left)).status_code == 422
    single = hand_over(phone, phone_grant(phone, lived_in), write(phone, " only this "))
    last = at("only this", " only this ")
    for _ in range(2):
        answer = cut(phone, single, last)
        assert (answer.status_code, answer.json) == (200, {"excerpt": None})
    assert single not in {one["id"] for one in phone.get("/api/excerpts").json}
    with database.session(writing=False) as opened:
        row = opened.get_one(Excerpt, (lived_in.patient.id, UUID(single)))
        assert (row.body, row.cuts, row.taken_back_at) == (None, None, NOW)


@pytest.mark.parametrize(
    ("which", "status"),
    [
        (at("rívèr", start=0, end=5), 409),
        (at(TEXT[-5:], TEXT, start=len(TEXT) + 1, end=len(TEXT) + 6), 409),
        (at("rívèr", item=1), 409),
        (at("rívèr", item=9), 409),
        (at("rívèr", line=1), 409),
        (at("rívèr", end=9_000_000), 422),
        (at("rívèr", end=TEXT.index("rívèr")), 422),
        (at("rívèr") | {"quote": ""}, 422),
        (at("rívèr", item=-1), 422),
        (at("rívèr", line=-1), 422),
        (at("rívèr", item="0"), 422),
        (at("rívèr", start=True), 422),
        (at("rívèr", id="again"), 422),
        ({name: said for name, said in at(OUT).items() if name != "id"}, 422),
        ({}, 422),
        (at("3 of 10", "3 of 10", item=2), 422),
    ],
)  # fmt: skip
def test_what_does_not_stand_there_is_not_removed(
    phone: FlaskClient, desk: FlaskClient, lived_in: World, out: str, which: Any, status: int
) -> None:
    before = said(read_page(desk, lived_in.patient))
    answer = cut(phone, out, which)
    assert answer.status_code == status
    assert "rívèr" not in answer.get_data(as_text=True)
    assert said(read_page(desk, lived_in.patient)) == before


def test_it_is_open_on_the_day_of_a_dose_while_paused_and_for_what_is_held(
    phone: FlaskClient,
    desk: FlaskClient,
    lived_in: World,
    out: str,
    database: Database,
    time: MovableTime,
) -> None:
    with database.session(writing=True) as opened:
        dose = factories.make_dose(opened, lived_in.clinic, lived_in.patient.id, started_at=NOW)
    held = hand_over(phone, phone_grant(phone, lived_in), write(phone, "held. And more."))
    phone.post(f"/api/grants/{phone_grant(phone, lived_in)}/pause")
    assert cut(phone, out, at(OUT)).status_code == 200
    answer = cut(phone, held, at("held. ", "held. And more."))
    assert answer.json["excerpt"]["state"] == "waiting"
    assert (
        answer.json["excerpt"]["content"]["items"][0]["answer"]["lines"][0]["value"] == "And more."
    )
    time.at = dose.clear_at
    [mine] = [one for one in phone.get("/api/grants").json if one["state"] == "paused"]
    phone.post(f"/api/grants/{mine['id']}/resume", json={"pause": mine["pause"]})
    phone.post(f"/api/excerpts/{held}/release")
    desk = signed_in(desk.application, lived_in.therapist, at=time.at)
    assert {"And more.", TEXT.replace(OUT, "")} <= set(said(read_page(desk, lived_in.patient)))


@pytest.mark.parametrize("how", ["absent", "anothers"])
def test_absent_and_not_ones_own_are_the_same(
    app: Flask, phone: FlaskClient, lived_in: World, out: str, how: str
) -> None:
    stranger = signed_in(app, lived_in.other_patient)
    absent = told(cut(stranger, str(new_id()), at(OUT)))
    assert absent[0] == 404
    if how == "anothers":
        assert told(cut(stranger, out, at(OUT))) == absent
    assert cut(phone, out, at(OUT)).status_code == 200


TAKES_AWAY: dict[str, Callable[[FlaskClient, str, World], Any]] = {
    "taken back": lambda phone, out, world: phone.delete(f"/api/excerpts/{out}"),
    "withdrawn": lambda phone, out, world: phone.post(
        f"/api/grants/{phone_grant(phone, world)}/withdraw"
    ),
}


@pytest.mark.parametrize("how", TAKES_AWAY)
def test_what_is_no_longer_out_has_nothing_to_remove(
    phone: FlaskClient, lived_in: World, out: str, how: str
) -> None:
    TAKES_AWAY[how](phone, out, lived_in)
    answer = cut(phone, out, at(OUT))
    assert (answer.status_code, answer.json) == (200, {"excerpt": None})


def test_a_cut_goes_along_when_the_grant_is_renewed(
    phone: FlaskClient, desk: FlaskClient, lived_in: World
) -> None:
    grant = phone_grant(phone, lived_in)
    out = hand_over(phone, grant, write(phone, "no no yes"))
    which = at("no ", "no no yes")
    cut(phone, out, which)
    assert phone.post(f"/api/grants/{grant}/renew", json=renewal(lived_in)).status_code == 201
    assert cut(phone, out, which).status_code == 200
    assert said(read_page(desk, lived_in.patient)) == ["no yes"]


def test_a_very_long_passage_can_be_removed(
    phone: FlaskClient, desk: FlaskClient, lived_in: World
) -> None:
    text = "é" * 150_000
    out = hand_over(phone, phone_grant(phone, lived_in), write(phone, "x" + text))
    assert cut(phone, out, at(text, "x" + text)).status_code == 200
    assert said(read_page(desk, lived_in.patient)) == ["x"]


def used(skill: str, title: str) -> dict[str, Any]:
    return {
        "practice-01": {"skill": [{"skill": skill, "title": title}], "need": "to be calm"},
        "practice-02": {"scale": 7},
        "practice-03": {"scale": 4},
    }


def test_the_name_of_ones_own_skill_is_cut_everywhere(
    phone: FlaskClient, desk: FlaskClient, lived_in: World
) -> None:
    grant, title = give(phone, lived_in.therapist, categories=["skills"]), "walking with Anna"
    known = used("gr-room", "Room roll call")
    theirs = hand_over(phone, grant, write(phone, guide="practice", answers=known))
    mine = used(str(new_id()), title)
    out = hand_over(phone, grant, write(phone, guide="practice", answers=mine))

    def skills() -> set[str]:
        page = read_page(desk, lived_in.patient)
        return {skill["label"] for skill in page.json["skills"]}

    assert skills() == {"Room roll call", title}
    assert cut(phone, out, at(" with Anna", title)).status_code == 200
    assert skills() == {"Room roll call", "walking"}
    assert b"Anna" not in read_page(desk, lived_in.patient).data
    assert cut(phone, theirs, at("Room", "Room roll call")).status_code == 422
    assert cut(phone, out, at("walking", "walking")).status_code == 200
    assert skills() == {"Room roll call"}
    page = read_page(desk, lived_in.patient)
    assert b"walking" not in page.data


def test_with_the_last_words_of_a_row_the_name_goes_too(
    phone: FlaskClient, desk: FlaskClient, lived_in: World
) -> None:
    grant = give(phone, lived_in.therapist, categories=["skills"])
    mine = {"skill": str(new_id()), "title": "walking"}
    answers = {"practice-01": {"skill": [mine]}, "practice-02": {"scale": 7}}
    out = hand_over(phone, grant, write(phone, guide="practice", answers=answers))
    assert cut(phone, out, at("walking", "walking")).status_code == 200
    page = read_page(desk, lived_in.patient)
    assert [line[:4] for line in said(page)] == ["7 of"]
    assert page.json["skills"] == []
    assert b"walking" not in page.data
