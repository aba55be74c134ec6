"""A clinic's settings: one edition after the other, for its own admin alone."""

import pytest

from journal.care.models import Clinic
from tests.acts import signed_in
from tests.catalog.clinic import PLAN, another_admin, put, texts


def sent(found, **changes):
    """What a form sends of the settings it was given."""
    aside = {"edition", "numbers", "response_plan", "regions"}
    return {name: value for name, value in found.items() if name not in aside} | changes


def save(desk, found, *, edition=None, **changes):
    tag = found["edition"] if edition is None else edition
    return desk.put(
        "/api/clinic/settings", json=sent(found, **changes), headers={"If-Match": f'"{tag}"'}
    )


def test_they_are_changed_and_help_says_it(desk, app, lived_in):
    found = desk.get("/api/clinic/settings").json
    assert (found["name"], found["edition"], found["response_plan"]) == ("Harbour Clinic", 1, False)
    assert found["numbers"][0]["phone"] == "+44 20 7946 0018"
    answer = save(
        desk,
        found,
        name="Harbour House",
        zone="Europe/Dublin",
        region="IE",
        clear_time="08:30",
        out_of_hours="At night, ring 112.",
        course_sessions=6,
        numbers_checked_on="2026-03-10",
    )
    assert answer.status_code == 200, answer.json
    assert answer.headers["ETag"] == '"2"'
    assert desk.get("/api/clinic/settings").json == answer.json
    assert answer.json["course_sessions"] == 6
    phone = signed_in(app, lived_in.patient)
    clinic = phone.get("/api/help").json["clinic"]
    assert clinic["out_of_hours"] == "At night, ring 112."
    assert (clinic["name"], clinic["region"]) == ("Harbour House", "IE")
    assert phone.get("/api/care").json["clinic"]["clear_time"] == "08:30"


def test_what_is_set_elsewhere_is_shown_and_not_doubled(desk):
    put(desk, "texts", {**texts(desk), "response_plan": PLAN})
    assert desk.get("/api/clinic/settings").json["response_plan"] is True
    found = desk.get("/api/clinic/settings").json
    body = sent(found) | {"numbers": []}
    answer = desk.put("/api/clinic/settings", json=body, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/numbers")


def test_an_older_edition_writes_over_nothing(desk, app, database, lived_in):
    second = signed_in(app, another_admin(database, lived_in.clinic))
    found = second.get("/api/clinic/settings").json
    save(desk, found, name="Harbour House")
    answer = save(second, found, name="Harbour Hall")
    assert (answer.status_code, answer.json["edition"]) == (409, 2)
    assert desk.get("/api/clinic/settings").json["name"] == "Harbour House"
    assert save(second, found, name="Harbour House").status_code == 200, "the same is no conflict"
    assert desk.get("/api/clinic/settings").json["edition"] == 2


@pytest.mark.parametrize("tag", [None, "*", '"one"', '"-1"', '"1234567890"'])
def test_without_an_edition_nothing_is_saved(desk, tag):
    found = desk.get("/api/clinic/settings").json
    headers = {"If-Match": tag} if tag else {}
    answer = desk.put("/api/clinic/settings", json=sent(found, name="X"), headers=headers)
    assert answer.status_code == 428
    assert desk.get("/api/clinic/settings").json == found


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"name": "  "}, "/name"),
        ({"name": ""}, "/name"),
        ({"region": "ZZ"}, "/region"),
        ({"zone": "Mars/Base"}, "/zone"),
        ({"zone": "../../etc/passwd"}, "/zone"),
        ({"zone": "Factory"}, "/zone"),  # no browser could show a time of it
        ({"zone": "localtime"}, "/zone"),
        ({"clear_time": "25:00"}, "/clear_time"),
        ({"clear_time": "9:00"}, "/clear_time"),
        ({"course_sessions": 0}, "/course_sessions"),
        ({"course_sessions": "6"}, "/course_sessions"),
        ({"numbers_checked_on": "2026-03-11"}, "/numbers_checked_on"),
        ({"out_of_hours": "x" * 401}, "/out_of_hours"),
    ],
)
def test_what_does_not_fit_is_named(desk, changes, pointer):
    found = desk.get("/api/clinic/settings").json
    answer = save(desk, found, **changes)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]
    assert desk.get("/api/clinic/settings").json == found


def test_another_clinic_is_not_touched(desk, other_desk, database, lived_in):
    save(desk, desk.get("/api/clinic/settings").json, name="Harbour House", clear_time="06:00")
    assert other_desk.get("/api/clinic/settings").json["name"] == "Hill Clinic"
    with database.session(writing=False) as session:
        assert session.get_one(Clinic, lived_in.other_clinic.id).clear_time == "09:00"
