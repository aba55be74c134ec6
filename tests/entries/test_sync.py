"""A batch: up to fifty saves in one transaction, each with its own result."""

import json
from typing import Any

from flask import Flask

from tests.acts import save, signed_in, words, write
from tests.factories import new_id
from tests.worlds import World


def item(text: str = "x", *, parent: str | None = None, **changes: Any) -> dict[str, Any]:
    return {"id": str(new_id()), "parent": parent, **words(text), **changes}


def test_results_come_in_the_order_of_the_items(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    items = [item(f"text {number}") for number in range(50)]
    answer = phone.post("/api/sync", json={"items": items})
    results = answer.json["results"]
    assert answer.status_code == 200
    assert [one["status"] for one in results] == [201] * 50
    assert [(one["id"], one["revision"]) for one in results] == [
        (one["id"], one["revision"]) for one in items
    ]
    assert [one["saved"]["n"] for one in results] == list(range(2, 52))
    again = phone.post("/api/sync", json={"items": items}).json["results"]
    assert [one["status"] for one in again] == [200] * 50
    assert [one["saved"] for one in again] == [one["saved"] for one in results]


def test_a_chain_of_edits_goes_in_order_inside_one_batch(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first = item("one")
    second = item("two", id=first["id"], parent=first["revision"])
    third = item("three", id=first["id"], parent=second["revision"])
    results = phone.post("/api/sync", json={"items": [first, second, third]}).json["results"]
    assert [one["status"] for one in results] == [201, 200, 200]
    assert phone.get(f"/api/entries/{first['id']}").json["revision"] == third["revision"]


def test_one_bad_item_spoils_no_other(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first, deleted = write(phone, "first"), write(phone, "deleted")
    phone.delete(f"/api/entries/{deleted.id}")
    save(phone, first.id, words("newer"), parent=first.revision)
    bad: list[tuple[Any, int]] = [
        (item(edition=99), 422),
        (item(answers={"refl-01": {"text": 1}}), 422),
        (item(mood=1), 422),
        (item(revision=first.revision), 422),
        (item("late", id=first.id, parent=first.revision), 409),
        (item("back", id=deleted.id, parent=None), 410),
        ({}, 422),
        (None, 422),
        ([], 422),
        ("words", 422),
        (item(id="my secret words"), 422),
        (item(revision={"a": 10**30}), 422),
    ]
    good = [item("good one"), item("good two")]
    sent = [good[0], *(one for one, _ in bad), good[1]]
    answer = phone.post(
        "/api/sync", data=json.dumps({"items": sent}), content_type="application/json"
    )
    assert answer.status_code == 200, answer.data
    results = answer.json["results"]
    assert [one["status"] for one in results] == [201, *(status for _, status in bad), 201]
    assert b"secret" not in answer.data
    conflict = results[5]["problem"]
    assert conflict["stored"] is True
    assert conflict["head"]["answers"] == words("newer")["answers"]
    assert results[2]["problem"]["errors"][0]["pointer"] == "/answers/refl-01/text"
    for one in good:
        assert phone.get(f"/api/entries/{one['id']}").status_code == 200
    numbers = [change["n"] for change in phone.get("/api/changes").json["items"]]
    assert numbers == sorted(numbers)
    assert numbers[-1] == results[-1]["saved"]["n"]


def test_refused_items_use_up_no_number(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    bad = item(revision=write(phone).revision)
    items = [bad, item(), bad, item()]
    results = phone.post("/api/sync", json={"items": items}).json["results"]
    assert [one["status"] for one in results] == [422, 201, 422, 201]
    assert [one["saved"]["n"] for one in results if "saved" in one] == [3, 4]


def test_a_batch_holds_one_to_fifty(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    for items in ([], [item()] * 51, {}, None):
        answer = phone.post("/api/sync", json={"items": items})
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json["errors"]] == ["/items"]
    assert phone.post("/api/sync", json={}).status_code == 422
    assert len(phone.get("/api/changes").json["items"]) == 1
