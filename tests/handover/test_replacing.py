"""A newer copy in the place of one that is out: in one step, and nothing comes out again by it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from journal.db import Database
from journal.handover import replacing
from journal.sharing import service as sharing
from tests import factories
from tests.acts import Written, give, handing, read_page, said, save, signed_in, told, words, write
from tests.factories import NOW, new_id
from tests.sharing.test_renewing import renewal
from tests.worlds import MovableTime, World

BOTH = {
    "week-01": {"text": "what I hope for"},
    "week-03": {"step": {"what": "walk to the corner"}},
}


@pytest.fixture
def phone(app: Flask, lived_in: World) -> FlaskClient:
    return signed_in(app, lived_in.patient)


@pytest.fixture
def desk(app: Flask, lived_in: World) -> FlaskClient:
    return signed_in(app, lived_in.therapist)


def first(phone: FlaskClient, grant: str, written: Written) -> dict[str, Any]:
    sent = handing(grant, written)
    assert phone.post("/api/handovers", json=sent).status_code == 201
    return sent


def edited(phone: FlaskClient, written: Written, text: str = "as it is now") -> Written:
    edit = words(text)
    save(phone, written.id, edit, parent=written.revision)
    return Written(written.id, edit["revision"])


def out(phone: FlaskClient) -> set[str]:
    return {one["handover_id"] for one in phone.get("/api/excerpts").json}


def test_the_newer_takes_the_place_of_the_older(
    phone: FlaskClient, desk: FlaskClient, lived_in: World, database: Database
) -> None:
    grant = give(phone, lived_in.therapist)
    beside = first(phone, grant, write(phone, "beside it"))
    written = write(phone, "as it was")
    old = first(phone, grant, written)
    sent = handing(grant, edited(phone, written)) | {"replaces": old["id"]}
    answers = [phone.post("/api/handovers", json=sent) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {201}
    assert answers[0].data == answers[1].data
    assert sorted(said(read_page(desk, lived_in.patient))) == ["as it is now", "beside it"]
    assert {beside["id"], sent["id"]} <= out(phone)
    assert old["id"] not in out(phone)
    with database.session(writing=False) as opened:
        was = sharing.of_handover(opened, lived_in.patient, UUID(old["id"]))
        now = sharing.of_handover(opened, lived_in.patient, UUID(sent["id"]))
        assert [row.body for row in was] == [None]
        assert replacing.successors(was, now) == {was[0].id: now[0].id}


def test_what_is_absent_anothers_or_out_to_somebody_else_cannot_be_replaced(
    app: Flask, phone: FlaskClient, desk: FlaskClient, lived_in: World
) -> None:
    stranger = signed_in(app, lived_in.other_patient)
    [theirs] = {one["handover_id"] for one in stranger.get("/api/excerpts").json}
    [other] = [one["id"] for one in phone.get("/api/grants").json]
    grant = give(phone, lived_in.therapist)
    written = write(phone, "as it was")
    elsewhere = first(phone, other, written)
    absent = [
        phone.post("/api/handovers", json=handing(grant, written) | {"replaces": id})
        for id in (str(new_id()), theirs)
    ]
    assert [answer.status_code for answer in absent] == [404, 404]
    assert told(absent[0]) == told(absent[1])
    answer = phone.post(
        "/api/handovers", json=handing(grant, written) | {"replaces": elsewhere["id"]}
    )
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json["errors"]] == ["/replaces"]
    assert said(read_page(desk, lived_in.patient)) == []
    assert elsewhere["id"] in out(phone)
    assert theirs in out(stranger)


def test_what_was_taken_back_is_not_brought_out_again(
    phone: FlaskClient, desk: FlaskClient, lived_in: World
) -> None:
    grant = give(phone, lived_in.therapist)
    written = write(phone)
    old = first(phone, grant, written)
    for one in phone.get("/api/excerpts").json:
        if one["handover_id"] == old["id"]:
            phone.delete(f"/api/excerpts/{one['id']}")
    sent = handing(grant, edited(phone, written)) | {"replaces": old["id"]}
    assert phone.post("/api/handovers", json=sent).status_code == 409
    assert said(read_page(desk, lived_in.patient)) == []


def test_a_kind_that_was_taken_back_stays_back_however_often(
    phone: FlaskClient, desk: FlaskClient, lived_in: World
) -> None:
    grant = give(phone, lived_in.therapist, categories=["reflections", "small-steps"])
    written = write(phone, guide="week", answers=BOTH)
    sent = handing(grant, written)
    made = phone.post("/api/handovers", json=sent).json["excerpts"]
    assert {one["category"] for one in made} == {"reflections", "small-steps"}
    [plan] = [one["id"] for one in made if one["category"] == "small-steps"]
    phone.delete(f"/api/excerpts/{plan}")
    for _ in range(3):
        again = handing(grant, written) | {"replaces": sent["id"]}
        answer = phone.post("/api/handovers", json=again)
        assert [one["category"] for one in answer.json["excerpts"]] == ["reflections"]
        sent = again
    page = read_page(desk, lived_in.patient)
    assert said(page) == ["what I hope for"]
    phone.post(f"/api/grants/{grant}/narrow", json={"categories": ["reflections"]})
    again = handing(grant, written) | {"replaces": sent["id"]}
    assert phone.post("/api/handovers", json=again).status_code == 201


def test_a_refused_one_takes_nothing_back(
    phone: FlaskClient, desk: FlaskClient, lived_in: World
) -> None:
    grant = give(phone, lived_in.therapist)
    written = write(phone, "as it was")
    old = first(phone, grant, written)
    edited(phone, written)
    stale = handing(grant, written) | {"replaces": old["id"]}
    assert phone.post("/api/handovers", json=stale).status_code == 409
    assert said(read_page(desk, lived_in.patient)) == ["as it was"]


def test_on_the_day_of_a_dose_the_older_goes_and_the_newer_waits(
    phone: FlaskClient,
    desk: FlaskClient,
    lived_in: World,
    database: Database,
    time: MovableTime,
) -> None:
    grant = give(phone, lived_in.therapist, release_in_morning=True)
    written = write(phone, "as it was")
    old = first(phone, grant, written)
    with database.session(writing=True) as opened:
        dose = factories.make_dose(opened, lived_in.clinic, lived_in.patient.id, started_at=NOW)
    time.move(timedelta(minutes=1))
    sent = handing(grant, edited(phone, written)) | {"replaces": old["id"]}
    made = phone.post("/api/handovers", json=sent).json["excerpts"]
    assert [one["state"] for one in made] == ["held"]
    assert said(read_page(desk, lived_in.patient)) == []
    time.at = dose.clear_at
    desk = signed_in(desk.application, lived_in.therapist, at=time.at)
    assert said(read_page(desk, lived_in.patient)) == ["as it is now"]


def test_it_is_found_again_after_the_grant_was_renewed(
    phone: FlaskClient, desk: FlaskClient, lived_in: World
) -> None:
    grant = give(phone, lived_in.therapist)
    written = write(phone, "as it was")
    old = first(phone, grant, written)
    new = phone.post(f"/api/grants/{grant}/renew", json=renewal(lived_in)).json["id"]
    sent = handing(new, edited(phone, written)) | {"replaces": old["id"]}
    assert phone.post("/api/handovers", json=sent).status_code == 201
    assert said(read_page(desk, lived_in.patient)) == ["as it is now"]


@pytest.mark.parametrize("renewed", [False, True])
def test_words_that_were_cut_come_back_only_when_the_patient_says_so(
    phone: FlaskClient, desk: FlaskClient, lived_in: World, *, renewed: bool
) -> None:
    grant = give(phone, lived_in.therapist)
    written = write(phone, "the river and its name")
    old = first(phone, grant, written)
    [row] = [one for one in phone.get("/api/excerpts").json if one["handover_id"] == old["id"]]
    which = {"item": 0, "line": 0, "start": 9, "end": 22, "quote": " and its name"}
    cut = phone.post(f"/api/excerpts/{row['id']}/cut", json=which | {"id": str(new_id())})
    assert cut.status_code == 200
    if renewed:
        grant = phone.post(f"/api/grants/{grant}/renew", json=renewal(lived_in)).json["id"]
    sent = handing(grant, written) | {"replaces": old["id"]}
    for asked in (sent, sent | {"uncut": False}):
        answer = phone.post("/api/handovers", json=asked)
        assert (answer.status_code, answer.json["cut"]) == (409, [row["id"]])
        assert said(read_page(desk, lived_in.patient)) == ["the river"]
    assert phone.post("/api/handovers", json=sent | {"uncut": "yes"}).status_code == 422
    answers = [phone.post("/api/handovers", json=sent | {"uncut": True}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert said(read_page(desk, lived_in.patient)) == ["the river and its name"]
    # What is out now was not cut, so that there is nothing to ask about.
    again = handing(grant, written) | {"replaces": sent["id"]}
    assert phone.post("/api/handovers", json=again).status_code == 201


def test_a_refusal_for_another_reason_does_not_speak_of_cuts(
    phone: FlaskClient, lived_in: World
) -> None:
    grant = give(phone, lived_in.therapist)
    written = write(phone, "as it was")
    old = first(phone, grant, written)
    edited(phone, written)
    answer = phone.post("/api/handovers", json=handing(grant, written) | {"replaces": old["id"]})
    assert answer.status_code == 409
    assert "cut" not in answer.json
