"""Saving one entry: create, edit, send again."""

import pytest
from flask import Flask

from tests.acts import save, signed_in, words, write
from tests.factories import new_id
from tests.worlds import World


def test_a_new_entry_is_answered_with_its_number_and_its_revision_as_etag(
    app: Flask, lived_in: World
) -> None:
    phone, id, body = signed_in(app, lived_in.patient), str(new_id()), words()
    answer = save(phone, id, body)
    assert answer.status_code == 201
    assert answer.json.items() >= {"id": id, "revision": body["revision"], "conflicts": []}.items()
    assert answer.headers["ETag"] == f'"{body["revision"]}"'
    kept = phone.get(f"/api/entries/{id}")
    assert kept.headers["ETag"] == answer.headers["ETag"]
    assert kept.json["answers"] == body["answers"]
    assert kept.json["zone"] == body["zone"]
    assert kept.json["occurred_at"] == body["occurred_at"]


def test_a_hundred_replays_make_one_row_and_one_answer(app: Flask, lived_in: World) -> None:
    phone, id, body = signed_in(app, lived_in.patient), str(new_id()), words()
    first = save(phone, id, body)
    again = [save(phone, id, body) for _ in range(100)]
    assert {answer.status_code for answer in again} == {200}
    assert {answer.data for answer in again} == {first.data}
    assert {answer.headers["ETag"] for answer in again} == {first.headers["ETag"]}
    assert len(phone.get(f"/api/entries/{id}/revisions").json) == 1
    assert len(phone.get("/api/changes").json["items"]) == 2  # the other is a bystander


def test_an_edit_moves_the_head_and_keeps_the_earlier_text(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first = write(phone, "first")
    body = words("second", zone="Asia/Tokyo", occurred_at="2026-03-10T11:30:00+00:00")
    answer = save(phone, first.id, body, parent=first.revision)
    assert answer.status_code == 200
    assert answer.json["revision"] == body["revision"]
    entry = phone.get(f"/api/entries/{first.id}").json
    assert entry["answers"] == {"refl-01": {"text": "second"}}
    assert (entry["zone"], entry["occurred_at"]) == (body["zone"], body["occurred_at"])
    kept = phone.get(f"/api/entries/{first.id}/revisions").json
    assert [(one["kind"], one["answers"]["refl-01"]["text"]) for one in kept] == [
        ("head", "second"),
        ("earlier", "first"),
    ]


def test_an_earlier_save_sent_again_answers_with_the_present_head(
    app: Flask, lived_in: World
) -> None:
    phone, id, body = signed_in(app, lived_in.patient), str(new_id()), words("first")
    save(phone, id, body)
    edit = words("second")
    save(phone, id, edit, parent=body["revision"])
    late = save(phone, id, body)
    assert (late.status_code, late.json["revision"]) == (200, edit["revision"])
    assert phone.get(f"/api/entries/{id}").json["answers"] == edit["answers"]


@pytest.mark.parametrize(
    "headers", [{}, {"If-None-Match": '"x"'}, {"If-Match": "*"}, {"If-Match": '"not-a-revision"'}]
)
def test_a_write_says_whether_it_creates_or_what_it_edits(
    app: Flask, lived_in: World, headers: dict[str, str]
) -> None:
    phone, id = signed_in(app, lived_in.patient), str(new_id())
    answer = phone.put(f"/api/entries/{id}", json=words(), headers=headers)
    assert answer.status_code == 428
    assert answer.mimetype == "application/problem+json"
    assert phone.get(f"/api/entries/{id}").status_code == 404


def test_a_revision_belongs_to_one_entry(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first, other = write(phone, "mine"), str(new_id())
    answer = save(phone, other, words("another text", revision=first.revision))
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == ["/revision"]
    assert phone.get(f"/api/entries/{other}").status_code == 404


def test_an_entry_keeps_its_guide(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first = write(phone)
    free = words(guide="free", answers={"free-01": {"text": "x"}})
    answer = save(phone, first.id, free, parent=first.revision)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == ["/guide"]
    assert phone.get(f"/api/entries/{first.id}").json["revision"] == first.revision


def test_an_edit_of_an_entry_the_server_has_lost_brings_it_back(
    app: Flask, lived_in: World
) -> None:
    phone, id, body = signed_in(app, lived_in.patient), str(new_id()), words()
    assert save(phone, id, body, parent=str(new_id())).status_code == 201
    assert phone.get(f"/api/entries/{id}").json["answers"] == body["answers"]


def test_two_patients_may_use_the_same_ids_and_neither_learns_of_the_other(
    app: Flask, lived_in: World
) -> None:
    mine, theirs = signed_in(app, lived_in.patient), signed_in(app, lived_in.other_patient)
    id, revision = str(new_id()), str(new_id())
    assert save(mine, id, words("mine", revision=revision)).status_code == 201
    absent = theirs.get(f"/api/entries/{new_id()}")
    for path in (f"/api/entries/{id}", f"/api/entries/{id}/revisions"):
        foreign = theirs.get(path)
        assert (foreign.status_code, foreign.data) == (404, absent.data)
    assert theirs.delete(f"/api/entries/{id}").data == absent.data
    assert save(theirs, id, words("theirs", revision=revision)).status_code == 201
    assert mine.get(f"/api/entries/{id}").json["answers"]["refl-01"]["text"] == "mine"
    assert theirs.get(f"/api/entries/{id}").json["answers"]["refl-01"]["text"] == "theirs"


def test_a_new_text_with_an_old_stamp_is_not_taken_for_a_replay_of_another_patients(
    app: Flask, lived_in: World
) -> None:
    mine, theirs = signed_in(app, lived_in.patient), signed_in(app, lived_in.other_patient)
    first = write(mine, "mine")
    other = str(new_id())
    assert save(theirs, other, words("theirs", revision=first.revision)).status_code == 201
