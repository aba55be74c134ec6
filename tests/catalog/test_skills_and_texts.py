"""A clinic's skills, its texts, and what the wording rules notice in them."""

import pytest

from journal.catalog import forms
from journal.catalog.rules import skill_faults
from journal.content.library import load
from journal.content.schemas import SkillSchema
from tests.catalog.clinic import desk_of, guide, put, reworded, skill, texts


@pytest.fixture
def desk(app, lived_in):
    return desk_of(app, lived_in)


def test_a_skill_is_edited_and_one_is_added(desk, client_of):
    found = skill(desk, "gr-room")
    answer = put(desk, "skills", found | {"title": "Look around"})
    assert (answer.status_code, answer.json["edition"]) == (201, 1001)
    own = {**found, "id": "c-0123456789ab", "title": "Ours", "from_help": False, "edition": 0}
    assert put(desk, "skills", own).status_code == 201
    offered = {one["id"]: one for one in client_of("patient").get("/api/library").json["skills"]}
    assert offered["gr-room"]["title"] == "Look around"
    assert offered["c-0123456789ab"]["title"] == "Ours"
    there = client_of("foreign_patient").get("/api/library").json["skills"]
    assert [one["id"] for one in there] == [one.id for one in load().skills]


def test_the_tools_of_help_stay_its_tools(desk):
    tool = skill(desk, "gr-room")
    assert tool["from_help"]
    answer = put(desk, "skills", tool | {"from_help": False})
    assert [one["pointer"] for one in answer.json["errors"]] == ["/from_help"]
    own = {**tool, "id": "c-0123456789ab", "edition": 0}
    assert put(desk, "skills", own).status_code == 422


def test_numbers_are_on_help_and_in_care_at_once(desk, client_of):
    numbers = [{"label": "Night line", "phone": "+44 20 7946 0999", "hours": "All night"}]
    regions = client_of("patient").get("/api/help").json["regions"]
    answer = put(desk, "texts", texts(desk) | {"numbers": numbers, "after_dose": ["Rest."]})
    assert (answer.status_code, answer.json) == (
        201, {"id": "clinic", "edition": 1001, "advice": []}
    )  # fmt: skip
    phone = client_of("patient")
    assert phone.get("/api/care").json["clinic"]["numbers"] == numbers
    helped = phone.get("/api/help").json
    assert helped["clinic"]["numbers"] == numbers
    assert helped["regions"] == regions
    assert phone.get("/api/library").json["after_dose"] == ["Rest."]
    there = client_of("foreign_patient")
    assert there.get("/api/help").json["clinic"]["numbers"] != numbers
    assert there.get("/api/library").json["after_dose"] == list(load().notes.after_dose)
    assert put(desk, "texts", texts(desk)).status_code == 200
    loud = put(desk, "texts", texts(desk) | {"numbers": [], "after_dose": ["Never drive. Go!"]})
    assert loud.json == {
        "id": "clinic",
        "edition": 1002,
        "advice": [{"where": "after_dose", "text": "Never drive. Go!", "rule": "the word '!'"}],
    }
    assert client_of("patient").get("/api/help").json["clinic"]["numbers"] == []


def test_advice_is_given_and_blocks_nothing(desk):
    found = reworded(guide(desk, "refl"), "Why did you fix it?")
    looked = desk.post("/api/clinic/check", json={"guide": found})
    assert looked.status_code == 200
    rules = {(one["where"], one["rule"]) for one in looked.json["advice"]}
    assert rules >= {("refl-01", "the word 'Why'"), ("refl-01", "the word 'fix'")}
    saved = put(desk, "guides", found)
    assert (saved.status_code, saved.json["advice"]) == (201, looked.json["advice"])
    calm = desk.post("/api/clinic/check", json={"skill": skill(desk, "gr-room")})
    assert calm.json == {"advice": []}
    loud = desk.post("/api/clinic/check", json={"skill": skill(desk, "gr-room") | {"when": "Go!"}})
    assert [one["text"] for one in loud.json["advice"]] == ["Go!"]


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"title": "Look", "when": "Now.", "caution": "Stop.", "minutes": 9}, []),
        ({"need": "Another need", "dose_day": False}, []),
        ({"level": 3}, ["/level"]),
        ({"from_help": False}, ["/from_help"]),
    ],
)
def test_what_may_change_in_a_skill(change, refused):
    old = next(one for one in load().skills if one.from_help and one.level < 3)
    sent = {**SkillSchema(exclude=("edition",)).dump(old), **change}
    assert [pointer for pointer, _ in skill_faults(old, forms.skill(sent, old.id))] == refused


def test_a_skill_a_clinic_adds_has_an_id_of_its_own():
    sent = SkillSchema(exclude=("edition",)).dump(load().skills[0]) | {"from_help": False}
    for id, refused in (("c-0123456789ab", []), ("mine", ["/id"]), ("gr-room2", ["/id"])):
        made = forms.skill({**sent, "id": id}, id)
        assert [pointer for pointer, _ in skill_faults(None, made)] == refused


@pytest.mark.parametrize("plan", [[], {}, "", 0, False])
def test_a_plan_that_is_none_is_a_fault_and_null_is_no_plan(desk, plan):
    answer = put(desk, "texts", texts(desk) | {"response_plan": plan})
    assert answer.status_code == 422
    assert all(one["pointer"].startswith("/response_plan") for one in answer.json["errors"])
    assert texts(desk)["edition"] == 0
    assert put(desk, "texts", texts(desk) | {"response_plan": None}).status_code == 200
