"""A therapist suggests; the patient takes it up or lets it lie, and nobody else learns which."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from journal.care import links
from journal.catalog.models import Assignment, ContentEdition
from journal.db import Database
from tests import factories
from tests.acts import signed_in, told
from tests.catalog.clinic import desk_of, put
from tests.catalog.clinic import skill as skill_of
from tests.factories import NOW, new_id
from tests.worlds import MovableTime, World

TEXT = "What would you tell the river?"
SKILL, GUIDE, MEASURE = "gr-room", "refl", "pcl5"


def wish(kind: str = "skill", ref: str | None = SKILL, **changes: Any) -> dict[str, Any]:
    empty = {"text": None, "before_appointment": False}
    return {"id": str(new_id()), "kind": kind, "ref": ref, **empty, **changes}


def question(text: str = TEXT, **changes: Any) -> dict[str, Any]:
    return wish("question", None, text=text, **changes)


def path(world: World, id: str = "") -> str:
    return f"/api/patients/{world.patient.id}/suggestions" + (f"/{id}" if id else "")


def suggest(desk: FlaskClient, world: World, sent: dict[str, Any]) -> TestResponse:
    return desk.post(path(world), json=sent)


@pytest.fixture
def desk(app: Flask, lived_in: World) -> FlaskClient:
    return signed_in(app, lived_in.therapist)


@pytest.fixture
def phone(app: Flask, lived_in: World) -> FlaskClient:
    return signed_in(app, lived_in.patient)


def test_all_kinds_are_suggested_and_found(
    desk: FlaskClient, phone: FlaskClient, lived_in: World, time: MovableTime
) -> None:
    sent = [wish("guide", GUIDE), wish("guide", MEASURE), wish(), question()]
    titles = []
    for one in sent:
        answer = suggest(desk, lived_in, one)
        assert answer.status_code == 200, answer.json
        said = answer.json
        assert (said["id"], said["kind"], said["ref"]) == (one["id"], one["kind"], one["ref"])
        assert said["ended_at"] is None
        titles.append(said["title"])
        time.move(timedelta(minutes=1))
    assert titles[3] == TEXT
    assert [one["title"] for one in desk.get(path(lived_in)).json] == titles[::-1]
    given = phone.get("/api/assigned").json
    assert [one["id"] for one in given["guides"][:2]] == [GUIDE, MEASURE]
    assert given["guides"][2]["items"][0]["text"] == TEXT
    assert given["skills"] == [
        {
            "id": sent[2]["id"],
            "skill": SKILL,
            "therapist": "Dr Ana Reyes",
            "made_at": "2026-03-10T12:02:00+00:00",
        }
    ]


def test_nobody_else_finds_any_of_it(app: Flask, desk: FlaskClient, lived_in: World) -> None:
    id = suggest(desk, lived_in, wish()).json["id"]
    suggest(desk, lived_in, question())
    for who in (lived_in.other_patient, lived_in.foreign_patient):
        client = signed_in(app, who)
        assert client.get("/api/assigned").json == {"guides": [], "skills": []}
        mine, absent = (client.post(f"/api/suggestions/{one}/set-aside") for one in (id, new_id()))
        assert (mine.status_code, told(mine)) == (404, told(absent))
    other = signed_in(app, lived_in.other_therapist)
    assert other.get(path(lived_in)).json == []
    assert other.delete(path(lived_in, id)).status_code == 404
    assert signed_in(app, lived_in.foreign_therapist).get(path(lived_in)).status_code == 404


@pytest.mark.parametrize("what", ["skill", "guide", "question"])
def test_set_aside_is_for_good_and_nobody_is_told(
    desk: FlaskClient, phone: FlaskClient, lived_in: World, what: str
) -> None:
    sent = {"skill": wish(), "guide": wish("guide", GUIDE), "question": question()}[what]
    suggest(desk, lived_in, sent)
    before = told(desk.get(path(lived_in)))
    for _ in range(2):
        assert phone.post(f"/api/suggestions/{sent['id']}/set-aside").status_code == 204
    assert phone.get("/api/assigned").json == {"guides": [], "skills": []}
    assert told(desk.get(path(lived_in))) == before
    assert suggest(desk, lived_in, sent).status_code == 200
    assert told(desk.get(path(lived_in))) == before
    assert phone.get("/api/assigned").json == {"guides": [], "skills": []}


def test_what_is_suggested_no_longer_is_gone_for_the_patient_alone(
    desk: FlaskClient, phone: FlaskClient, lived_in: World, time: MovableTime
) -> None:
    ids = [suggest(desk, lived_in, one).json["id"] for one in (wish(), question())]
    time.move(timedelta(hours=1))
    for id in [*ids, *ids]:
        assert desk.delete(path(lived_in, id)).status_code == 204
        time.move(timedelta(hours=1))
    assert phone.get("/api/assigned").json == {"guides": [], "skills": []}
    ended = {one["id"]: one["ended_at"] for one in desk.get(path(lived_in)).json}
    assert ended == {ids[0]: "2026-03-10T13:00:00+00:00", ids[1]: "2026-03-10T14:00:00+00:00"}


def test_sent_again_it_is_one_suggestion(
    desk: FlaskClient, lived_in: World, database: Database
) -> None:
    for sent in (wish(), question()):
        first, again = (suggest(desk, lived_in, sent) for _ in range(2))
        assert first.json == again.json
    with database.session(writing=False) as session:
        assert session.query(Assignment).count() == 2
        assert session.query(ContentEdition).count() == 1


def test_an_id_stands_for_one_thing(app: Flask, desk: FlaskClient, lived_in: World) -> None:
    for first in (wish(), question()):
        id = first["id"]
        suggest(desk, lived_in, first)
        for other in (wish("guide", GUIDE, id=id), question("Another?", id=id)):
            assert suggest(desk, lived_in, other).status_code == 409
        theirs = signed_in(app, lived_in.other_therapist)
        assert suggest(theirs, lived_in, first).status_code == 404
        elsewhere = f"/api/patients/{lived_in.other_patient.id}/suggestions"
        assert desk.post(elsewhere, json=first).status_code in {404, 409}
        assert desk.delete(f"{elsewhere}/{id}").status_code == 404
    assert len(desk.get(path(lived_in)).json) == 2


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        (wish(ref="nowhere"), "/ref"),
        (wish(ref=None), "/ref"),
        (wish(ref=GUIDE), "/ref"),
        (wish("guide", SKILL), "/ref"),
        (wish("guide", "q-00"), "/ref"),
        (wish(text=TEXT), "/text"),
        (question("two\nlines"), "/text"),
        (question("x" * 2_001), "/text"),
        (wish("question", None), "/text"),
        (wish("question", GUIDE, text=TEXT), "/ref"),
        (wish("praise"), "/kind"),
    ],
)
def test_what_does_not_fit_is_named(
    desk: FlaskClient, phone: FlaskClient, lived_in: World, sent: dict[str, Any], pointer: str
) -> None:
    answer = suggest(desk, lived_in, sent)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]
    assert desk.get(path(lived_in)).json == []


def test_after_the_two_part_the_patient_keeps_it(
    desk: FlaskClient, phone: FlaskClient, lived_in: World, database: Database
) -> None:
    id = suggest(desk, lived_in, wish()).json["id"]
    suggest(desk, lived_in, question())
    with database.session(writing=True) as session:
        links.end_link(session, lived_in.patient.id, lived_in.therapist.id, at=NOW)
    absent = told(desk.get(f"/api/patients/{lived_in.foreign_patient.id}/suggestions"))
    assert absent[0] == 404
    asked = [
        desk.get(path(lived_in)),
        desk.delete(path(lived_in, id)),
        suggest(desk, lived_in, wish()),
    ]
    assert [told(answer) for answer in asked] == [absent] * 3
    given = phone.get("/api/assigned").json
    assert (len(given["guides"]), len(given["skills"])) == (1, 1)


def test_a_clinic_s_own_skill_is_suggested_in_the_clinic_s_words(
    app: Flask, desk: FlaskClient, lived_in: World
) -> None:
    editor = desk_of(app, lived_in)
    put(editor, "skills", skill_of(editor, SKILL) | {"title": "Your own room"})
    assert suggest(desk, lived_in, wish()).json["title"] == "Your own room"


@pytest.mark.parametrize("planned", [True, False])
def test_before_the_next_appointment(
    desk: FlaskClient, lived_in: World, database: Database, planned: bool
) -> None:
    ids = []
    with database.session(writing=True) as session:
        for days in (-2, 2, 9) if planned else (-2,):
            when = NOW + timedelta(days=days)
            visit = factories.make_appointment(
                session, lived_in.patient.id, lived_in.therapist.id, starts_at=when
            )
            ids.append(visit.id)
    sent = [wish(before_appointment=True), question(before_appointment=True), wish()]
    for one in sent:
        assert suggest(desk, lived_in, one).status_code == 200
    with database.session(writing=False) as session:
        kept = {str(row.id): row.before_appointment_id for row in session.query(Assignment)}
    wanted = ids[1] if planned else None
    assert [kept[one["id"]] for one in sent] == [wanted, wanted, None]
