"""The library for anybody: the product's, with one's own clinic's editions over it."""

import pytest
from sqlalchemy import delete

from journal.app import create_app
from journal.care.models import CareLink, Clinic, Membership
from journal.content.library import load
from tests.acts import signed_in
from tests.catalog.clinic import PLAN, desk_of, guide, new_guide, put, reworded, texts


def library(client):
    return client.get("/api/library").json


def ids(client):
    return [one["id"] for one in library(client)["guides"]]


def first_words(client, id="refl"):
    return next(one for one in library(client)["guides"] if one["id"] == id)["items"][0]["text"]


def test_anyone_reads_the_library_and_asks_again_whether_it_changed(client_of):
    client = client_of("anyone")
    answer = client.get("/api/library")
    assert answer.status_code == 200
    cached = {part.strip() for part in answer.headers["Cache-Control"].split(",")}
    assert cached == {"private", "no-cache"}
    assert "Cookie" in answer.headers["Vary"]
    body = answer.json
    assert {"guides", "skills", "agreement", "phrases", "conduct", "response_plan"} <= set(body)
    assert body["response_plan"] is None
    assert body["agreement"]["sha256"] == load().agreement.sha256
    again = client.get("/api/library", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == answer.headers["ETag"]


def test_measures_that_need_something_wait_until_it_is_there(client_of):
    offered = ids(client_of("patient"))
    needs = {one.id: one.measure.needs for one in load().guides if one.measure}
    assert {id for id, need in needs.items() if need} == {"phq9", "pcl5"}
    assert set(offered) == {one.id for one in load().guides} - {"phq9", "pcl5"}


def test_a_response_plan_brings_the_phq9_and_says_itself(app, lived_in):
    desk, phone = desk_of(app, lived_in), signed_in(app, lived_in.patient)
    stranger = signed_in(app, lived_in.foreign_patient)
    before = library(stranger)
    assert put(desk, "texts", texts(desk) | {"response_plan": PLAN}).status_code == 201
    assert "phq9" in ids(phone)
    assert "pcl5" not in ids(phone)
    assert library(phone)["response_plan"] == PLAN
    assert library(stranger) == before
    assert put(desk, "texts", texts(desk) | {"response_plan": None}).status_code == 201
    assert "phq9" not in ids(phone)


def test_one_edition_of_a_guide_is_read(client_of):
    client = client_of("anyone")
    body = client.get("/api/guides/prep/1").json
    assert body == library(client)["guides"][0]


@pytest.mark.parametrize(
    "path", ["prep/2", "prep/1001", "x/1", "prep/0", "prep/99999999999", "%00/1001", "x/1000000"]
)
def test_an_edition_that_is_not_there_is_not_found(client_of, path):
    answer = client_of("anyone").get(f"/api/guides/{path}")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_a_clinic_s_people_get_its_edition_and_nobody_else_does(app, lived_in):
    desk = desk_of(app, lived_in)
    people = {
        who: signed_in(app, getattr(lived_in, who))
        for who in ("patient", "therapist", "foreign_patient", "foreign_therapist")
    }
    theirs = {who: client.get("/api/library") for who, client in people.items()}
    old = first_words(desk)
    assert put(desk, "guides", reworded(guide(desk, "refl"), "Tell it here.")).status_code == 201
    assert put(desk, "guides", new_guide()).status_code == 201
    for who in ("patient", "therapist"):
        assert first_words(people[who]) == "Tell it here."
        assert new_guide()["id"] in ids(people[who])
        assert people[who].get("/api/library").headers["ETag"] != theirs[who].headers["ETag"]
    for who in ("foreign_patient", "foreign_therapist"):
        again = people[who].get("/api/library")
        assert again.data == theirs[who].data
        assert again.headers["ETag"] == theirs[who].headers["ETag"]
    # Of two clinics a stranger gets neither.
    assert first_words(app.test_client()) == old


def test_the_ladder_keeps_its_order(app, lived_in):
    desk = desk_of(app, lived_in)
    before = [one["id"] for one in library(desk)["guides"] if one["stage"]]
    for id in ("week", "prep"):
        assert put(desk, "guides", reworded(guide(desk, id), "A few words.")).status_code == 201
    assert [one["id"] for one in library(desk)["guides"] if one["stage"]] == before


def test_anybody_gets_the_editions_of_the_only_clinic(app, database, lived_in):
    desk = desk_of(app, lived_in)
    put(desk, "guides", reworded(guide(desk, "refl"), "Tell it here."))
    assert first_words(app.test_client()) != "Tell it here."
    with database.session(writing=True) as session:
        other = lived_in.other_clinic.id
        for table in (CareLink, Membership):
            session.execute(delete(table).where(table.clinic_id == other))
        session.delete(session.get_one(Clinic, other))
    assert first_words(app.test_client()) == "Tell it here."


def test_a_page_of_another_account_is_not_given_this_one_s_library(app, lived_in):
    phone = signed_in(app, lived_in.patient)
    meant = {"X-Journal-Account": str(lived_in.foreign_patient.id)}
    assert phone.get("/api/library", headers=meant).status_code == 401
    own = {"X-Journal-Account": str(lived_in.patient.id)}
    assert phone.get("/api/library", headers=own).status_code == 200
    # Nor, when the session has ended, what a stranger would get.
    assert app.test_client().get("/api/library", headers=own).status_code == 401
    assert phone.get("/api/library", headers={"X-Journal-Account": ""}).status_code == 200


def test_two_servers_of_one_database_say_the_same(app, settings, lived_in, time):
    elsewhere = create_app(settings, now=time)
    try:
        phone = signed_in(elsewhere, lived_in.patient)
        old = first_words(phone)
        desk = desk_of(app, lived_in)
        put(desk, "guides", reworded(guide(desk, "refl"), "Tell it here."))
        assert (old, first_words(phone)) == (load().guide("refl").items[0].text, "Tell it here.")
    finally:
        elsewhere.extensions["journal.database"].dispose()
