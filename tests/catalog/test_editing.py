"""A clinic edits: a new edition each time, and nothing that was asked is rewritten."""

from datetime import timedelta

import pytest

from journal.accounts.principals import Admin
from journal.catalog import editing, forms
from journal.catalog.models import ContentEdition
from journal.content.library import load
from journal.errors import NotFound
from tests.acts import signed_in
from tests.catalog.clinic import (
    another_admin,
    desk_of,
    guide,
    new_guide,
    new_item,
    put,
    reworded,
)
from tests.factories import NOW


@pytest.fixture
def desk(app, lived_in):
    return desk_of(app, lived_in)


def rows(database):
    with database.session(writing=False) as session:
        return [(row.kind.value, row.id, row.edition) for row in session.query(ContentEdition)]


def test_an_admin_sees_everything_and_what_can_be_edited(desk):
    found = desk.get("/api/clinic/content").json
    assert {one["id"] for one in found["guides"]} == {one.id for one in load().guides}
    fixed = {one["id"] for one in found["guides"] if not one["editable"]}
    measures = {one.id for one in load().guides if one.measure}
    assert fixed == measures | {"addition", "capture", "free", "concern"}
    assert {one["origin"] for one in [*found["guides"], *found["skills"]]} == {"product"}
    assert all(one["editable"] for one in found["skills"])
    assert found["texts"]["edition"] == 0
    assert found["texts"]["after_dose"] == list(load().notes.after_dose)
    assert found["texts"]["response_plan"] is None
    assert found["texts"]["numbers"][0]["label"] == "Reception"


def test_a_change_is_a_new_edition_above_those_of_the_product(desk, database):
    answer = put(desk, "guides", reworded(guide(desk, "refl"), "Tell it here."))
    assert answer.status_code == 201
    assert answer.json == {"id": "refl", "edition": 1001, "advice": []}
    assert answer.headers["ETag"] == '"1001"'
    found = guide(desk, "refl")
    assert (found["edition"], found["origin"], found["editable"]) == (1001, "clinic", True)
    assert found["items"][0]["text"] == "Tell it here."
    assert put(desk, "guides", reworded(found, "Tell it now.")).json["edition"] == 1002
    assert rows(database) == [("guide", "refl", 1001), ("guide", "refl", 1002)]
    assert max(edition for _, edition in load().guide_editions.every) < 1001


def test_every_guide_that_can_be_edited_can_be_saved_with_other_words(desk):
    for one in desk.get("/api/clinic/content").json["guides"]:
        if one["editable"]:
            answer = put(desk, "guides", one | {"closing": "You can stop here now."})
            assert answer.status_code == 201, (one["id"], answer.json)


def test_saving_twice_makes_one_edition(desk, database):
    changed = reworded(guide(desk, "refl"), "Tell it here.")
    first, second = put(desk, "guides", changed), put(desk, "guides", changed)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json == second.json
    on_top = put(desk, "guides", changed, edited_from=1001)
    assert (on_top.status_code, on_top.json["edition"]) == (200, 1001)
    assert len(rows(database)) == 1


def test_saving_what_the_product_says_makes_nothing(desk, database):
    answer = put(desk, "guides", guide(desk, "refl"))
    assert (answer.status_code, answer.json["edition"]) == (200, 1)
    assert rows(database) == []


def test_the_later_of_two_admins_is_told_and_changes_nothing(app, lived_in, desk, database):
    other = signed_in(app, another_admin(database, lived_in.clinic))
    mine, theirs = guide(desk, "refl"), guide(other, "refl")
    assert put(desk, "guides", reworded(mine, "Tell it here.")).status_code == 201
    answer = put(other, "guides", reworded(theirs, "Say it here."))
    assert answer.status_code == 409
    assert answer.mimetype == "application/problem+json"
    assert answer.json["edition"] == 1001
    assert guide(other, "refl")["items"][0]["text"] == "Tell it here."
    assert put(other, "guides", reworded(theirs, "Say it here."), edited_from=1001).json == {
        "id": "refl", "edition": 1002, "advice": []
    }  # fmt: skip


@pytest.mark.parametrize("headers", [{}, {"If-Match": "*"}, {"If-Match": '"one"'}])
def test_a_change_says_what_it_was_edited_from(desk, database, headers):
    sent = reworded(guide(desk, "refl"), "Tell it here.")
    answer = desk.put("/api/clinic/guides/refl", json=sent, headers=headers)
    assert answer.status_code == 428
    assert rows(database) == []


@pytest.mark.parametrize("id", ["phq8", "phq9", "pcl5", "free", "capture"])
def test_what_is_fixed_cannot_be_edited(desk, database, id):
    for sent in (guide(desk, id), reworded(guide(desk, id), "In our words.")):
        answer = put(desk, "guides", sent)
        assert answer.status_code == 422
        assert answer.json["detail"] == "Its wording is fixed by its publisher."
    assert rows(database) == []


def test_a_clinic_adds_a_question_and_a_guide(desk):
    found = guide(desk, "week")
    found["items"].append(new_item())
    assert put(desk, "guides", found).status_code == 201
    answer = put(desk, "guides", new_guide(items=[new_item("x-aaaaaaaaaaaa")]))
    assert (answer.status_code, answer.json["edition"]) == (201, 1001)
    assert guide(desk, new_guide()["id"])["origin"] == "clinic"
    taken = put(desk, "guides", new_guide("c-bbbbbbbbbbbb", items=[new_item()]))
    assert taken.status_code == 422
    assert [one["pointer"] for one in taken.json["errors"]] == ["/items/0/id"]


def test_a_question_that_was_taken_out_comes_back_as_it_was(desk):
    found = guide(desk, "week")
    asked = new_item(share="never")
    put(desk, "guides", found | {"items": [*found["items"], asked]})
    assert put(desk, "guides", found, edited_from=1001).status_code == 201
    loud = found | {"items": [*found["items"], asked | {"share": "ask"}]}
    refused = put(desk, "guides", loud, edited_from=1002)
    assert refused.status_code == 422
    assert refused.json["errors"][0]["pointer"] == f"/items/{len(found['items'])}/share"
    back = found | {"items": [*found["items"], asked | {"text": "Another way to ask it."}]}
    assert put(desk, "guides", back, edited_from=1002).json["edition"] == 1003


def test_the_day_of_a_dose_asks_for_no_meaning(desk, database):
    answer = put(desk, "guides", reworded(guide(desk, "day"), "What does it mean?", place=2))
    assert answer.status_code == 422
    assert answer.json["errors"] == [
        {"pointer": "/items/2/text", "detail": "It asks for a meaning on the day."}
    ]
    assert rows(database) == []


def test_what_a_clinic_changes_is_made_at_the_time_of_the_request(desk, database, lived_in, time):
    time.move(timedelta(hours=3))
    put(desk, "guides", reworded(guide(desk, "refl"), "Tell it here."))
    with database.session(writing=False) as session:
        [row] = session.query(ContentEdition)
        assert (row.made_at, row.made_by) == (NOW + timedelta(hours=3), lived_in.admin.id)
        assert (row.clinic_id, row.patient_id) == (lived_in.clinic.id, None)
        assert b"Tell it here" not in row.body.token


def test_an_admin_of_no_clinic_changes_nothing(session, world):
    nobody = Admin(world.patient.id)
    session.connection().exec_driver_sql("DELETE FROM membership")
    skill = load().skills[0]
    with pytest.raises(NotFound):
        editing.save_skill(session, nobody, skill, edited_from=1, at=NOW)


def test_every_guide_and_skill_goes_through_the_editor_unchanged(desk):
    found = desk.get("/api/clinic/content").json
    for one in found["guides"]:
        bare = {name: value for name, value in one.items() if name not in forms.STANDING}
        assert forms.guide(bare, one["id"]).items == load().guide(one["id"]).items
    for one in found["skills"]:
        made = forms.skill(one, one["id"])
        assert made == load().skill_editions.newest[one["id"]]
