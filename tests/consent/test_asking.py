"""A therapist may ask once, and learns nothing from what becomes of it."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from journal.db import Database
from journal.sharing import leaving
from tests import factories
from tests.acts import give, read_page, signed_in, told
from tests.factories import NOW, new_id
from tests.worlds import MovableTime, World


def ask(desk: FlaskClient, world: World) -> str:
    answer = desk.post(f"/api/patients/{world.patient.id}/ask")
    assert answer.status_code == 200
    return str(answer.json["asked_at"])


def waiting(phone: FlaskClient) -> list[str]:
    return [one["therapist"]["name"] for one in phone.get("/api/asks").json]


def set_aside(phone: FlaskClient) -> None:
    for one in phone.get("/api/asks").json:
        assert phone.post(f"/api/asks/{one['id']}/set-aside").status_code == 204


def give_and_withdraw(phone: FlaskClient, world: World) -> None:
    phone.post(f"/api/grants/{give(phone, world.therapist)}/withdraw")


def test_the_patient_is_asked_by_name_and_gives_or_lets_it_lie(app: Flask, lived_in: World) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    assert waiting(phone) == []
    ask(desk, lived_in)
    [one] = phone.get("/api/asks").json
    assert one["therapist"] == {"id": str(lived_in.therapist.id), "name": "Dr Ana Reyes"}
    assert one["asked_at"] == "2026-03-10T12:00:00+00:00"
    assert waiting(signed_in(app, lived_in.other_patient)) == []
    give(phone, lived_in.therapist)
    assert waiting(phone) == []


def test_asking_again_changes_nothing(app: Flask, lived_in: World, time: MovableTime) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    first = ask(desk, lived_in)
    set_aside(phone)
    time.move(timedelta(hours=6))
    assert ask(desk, lived_in) == first
    assert waiting(phone) == []


@pytest.mark.parametrize("what", ["not opened", "opened", "set aside", "given", "withdrawn"])
def test_the_one_who_asked_cannot_tell_what_became_of_it(
    app: Flask, lived_in: World, what: str
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    ask(desk, lived_in)
    paths = (
        f"/api/patients/{lived_in.patient.id}/ask",
        f"/api/patients/{lived_in.patient.id}/page",
        f"/api/patients/{lived_in.patient.id}/new",
        "/api/today",
    )
    before = [told(desk.get(path)) for path in paths]
    if what == "opened":
        waiting(phone)
    elif what == "set aside":
        set_aside(phone)
    elif what == "given":
        give(phone, lived_in.therapist)
    elif what == "withdrawn":
        give_and_withdraw(phone, lived_in)
    assert [told(desk.get(path)) for path in paths] == before
    assert desk.post(paths[0]).json == {"asked_at": "2026-03-10T12:00:00+00:00"}


def test_ending_consent_is_an_answer_and_brings_no_old_ask_back(
    app: Flask, lived_in: World, time: MovableTime
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    grant = give(phone, lived_in.therapist)
    ask(desk, lived_in)
    assert waiting(phone) == []
    time.move(timedelta(hours=1))
    phone.post(f"/api/grants/{grant}/withdraw")
    assert waiting(phone) == []


def test_a_consent_that_ended_before_is_no_answer(
    app: Flask, lived_in: World, time: MovableTime
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    give_and_withdraw(phone, lived_in)
    time.move(timedelta(seconds=1))
    ask(desk, lived_in)
    assert waiting(phone) == ["Dr Ana Reyes"]


def test_a_consent_whose_end_was_reached_before_is_no_answer_either(
    app: Flask, lived_in: World, time: MovableTime
) -> None:
    """Whether or not somebody looked meanwhile, which makes the end a fact with a later time."""
    phone = signed_in(app, lived_in.patient)
    give(phone, lived_in.therapist, ends_on="2026-03-10")
    time.move(timedelta(days=1))
    desk = signed_in(app, lived_in.therapist, at=time.at)
    ask(desk, lived_in)
    assert waiting(phone) == ["Dr Ana Reyes"]
    time.move(timedelta(hours=1))
    read_page(desk, lived_in.patient)
    assert phone.get("/api/grants").json[0]["ended_at"] is not None
    assert waiting(phone) == ["Dr Ana Reyes"]


def test_nobody_is_asked_anything_on_the_day_of_a_dose(
    app: Flask, lived_in: World, time: MovableTime, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    with database.session(writing=True) as opened:
        dose = factories.make_dose(opened, lived_in.clinic, lived_in.patient.id, started_at=NOW)
    ask(desk, lived_in)
    assert waiting(phone) == []
    time.at = dose.clear_at
    assert waiting(phone) == ["Dr Ana Reyes"]


def test_an_ask_goes_with_the_one_who_asked_and_does_not_come_back(
    app: Flask, lived_in: World, time: MovableTime, database: Database
) -> None:
    phone, desk = signed_in(app, lived_in.patient), signed_in(app, lived_in.therapist)
    ask(desk, lived_in)
    with database.session(writing=True) as opened:
        leaving.reassign(opened, lived_in.patient.id, lived_in.therapist.id, at=NOW)
    assert waiting(phone) == []
    absent = told(desk.get(f"/api/patients/{new_id()}/ask"))
    assert told(desk.get(f"/api/patients/{lived_in.patient.id}/ask")) == absent
    with database.session(writing=True) as opened:
        factories.link(opened, lived_in.clinic, lived_in.patient.id, lived_in.therapist.id, at=NOW)
    assert waiting(phone) == []
    ask(desk, lived_in)
    assert waiting(phone) == ["Dr Ana Reyes"]


def test_whose_patient_it_is_not_may_not_ask(app: Flask, lived_in: World) -> None:
    desk = signed_in(app, lived_in.foreign_therapist)
    absent = told(desk.post(f"/api/patients/{new_id()}/ask"))
    assert absent[0] == 404
    assert told(desk.post(f"/api/patients/{lived_in.patient.id}/ask")) == absent
    assert read_page(desk, lived_in.patient).status_code == 404


def test_somebody_elses_ask_is_not_there(app: Flask, lived_in: World) -> None:
    phone, other = signed_in(app, lived_in.patient), signed_in(app, lived_in.other_patient)
    ask(signed_in(app, lived_in.therapist), lived_in)
    [one] = phone.get("/api/asks").json
    absent = told(other.post(f"/api/asks/{new_id()}/set-aside"))
    assert absent[0] == 404
    assert told(other.post(f"/api/asks/{one['id']}/set-aside")) == absent
    assert waiting(phone) == ["Dr Ana Reyes"]
