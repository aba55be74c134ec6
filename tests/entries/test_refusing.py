"""What does not fit is refused, each field by its JSON pointer, and nothing of it is kept."""

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.acts import save, signed_in, words, write
from tests.factories import new_id
from tests.worlds import World

LONE = "\ud83d"

MISFITS: list[tuple[dict[str, Any], str]] = [
    # fields of the body
    ({"revision": "1"}, "/revision"),
    ({"revision": None}, "/revision"),
    ({"guide": "nobody-knows"}, "/edition"),
    ({"edition": 99}, "/edition"),
    ({"edition": "1"}, "/edition"),
    ({"edition": 1.5}, "/edition"),
    ({"edition": True}, "/edition"),
    ({"edition": 10**30}, "/edition"),
    ({"guide": "ref\x00l"}, "/guide"),
    ({"occurred_at": "2026-03-10T11:00:00"}, "/occurred_at"),
    ({"occurred_at": "yesterday"}, "/occurred_at"),
    ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "/occurred_at"),
    ({"occurred_at": "9999-12-31T23:59:59-14:00"}, "/occurred_at"),
    ({"zone": "Mars/Olympus"}, "/zone"),
    ({"answers": []}, "/answers"),
    ({"answers": None}, "/answers"),
    ({"resolves": "all"}, "/resolves"),
    ({"resolves": ["x"]}, "/resolves/0"),
    ({"mood": 3}, "/mood"),
    ({"id": "00000000-0000-7000-8000-000000000000"}, "/id"),
    # answers against the guide's items
    ({"answers": {"refl-99": {"text": "x"}}}, "/answers/refl-99"),
    ({"answers": {"a/b~c": {"text": "x"}}}, "/answers/a~1b~0c"),
    ({"answers": {"refl-01": "x"}}, "/answers/refl-01"),
    ({"answers": {"refl-01": {"tone": "x"}}}, "/answers/refl-01/tone"),
    ({"answers": {"refl-01": {"text": 7}}}, "/answers/refl-01/text"),
    ({"answers": {"refl-01": {"text": ["x"]}}}, "/answers/refl-01/text"),
    ({"answers": {"refl-01": {"text": "x" * 200_001}}}, "/answers/refl-01/text"),
    ({"answers": {"refl-01": {"text": "a\x00b"}}}, "/answers/refl-01/text"),
    ({"answers": {"refl-01": {"state": "bored"}}}, "/answers/refl-01/state"),
    ({"answers": {"refl-01": {"state": "nothing"}}}, "/answers/refl-01/state"),
    ({"answers": {"refl-01": {"state": "skipped", "text": "x"}}}, "/answers/refl-01/state"),
    ({"answers": {"refl-01": {"state": ["skipped"]}}}, "/answers/refl-01/state"),
    ({"answers": {"refl-03": {"then": "calm"}}}, "/answers/refl-03/then"),
    ({"answers": {"refl-03": {"then": [["calm"]]}}}, "/answers/refl-03/then"),
    ({"answers": {"refl-05": {"choice": "no-such-option"}}}, "/answers/refl-05/choice"),
    ({"answers": {"refl-05": {"choice": {}}}}, "/answers/refl-05/choice"),
    ({"answers": {"refl-08": {"places": [{"place": "tail"}]}}}, "/answers/refl-08/places"),
    ({"answers": {"refl-09": {"scale": 11}}}, "/answers/refl-09/scale"),
    ({"answers": {"refl-09": {"scale": "5"}}}, "/answers/refl-09/scale"),
    ({"answers": {"refl-09": {"scale": True}}}, "/answers/refl-09/scale"),
]


def sent_raw(phone: FlaskClient, id: str, body: bytes, kind: str = "application/json"):  # type: ignore[no-untyped-def]
    return phone.put(
        f"/api/entries/{id}", data=body, content_type=kind, headers={"If-None-Match": "*"}
    )


def test_what_does_not_fit_is_named_and_nothing_is_kept(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    before = phone.get("/api/changes").data
    for change, pointer in MISFITS:
        answer = save(phone, str(new_id()), words(**change))
        assert answer.status_code == 422, change
        assert answer.mimetype == "application/problem+json"
        assert [error["pointer"] for error in answer.json["errors"]] == [pointer], change
        assert answer.headers["X-Request-ID"]
    assert phone.get("/api/changes").data == before


def test_every_field_that_does_not_fit_is_named_at_once(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    answers = {"refl-01": {"text": 7}, "refl-09": {"scale": 11, "mood": 1}}
    named = save(phone, str(new_id()), words(answers=answers)).json["errors"]
    assert sorted(error["pointer"] for error in named) == [
        "/answers/refl-01/text",
        "/answers/refl-09/mood",
        "/answers/refl-09/scale",
    ]


@pytest.mark.parametrize("missing", ["revision", "guide", "edition", "occurred_at", "answers"])
def test_a_missing_field_is_named(app: Flask, lived_in: World, missing: str) -> None:
    phone, body = signed_in(app, lived_in.patient), words()
    del body[missing]
    answer = save(phone, str(new_id()), body)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [f"/{missing}"]


def test_names_that_no_database_can_hold_are_refused_and_not_a_crash(
    app: Flask, lived_in: World
) -> None:
    phone = signed_in(app, lived_in.patient)
    for body in (
        words(**{LONE: 1}),
        words(answers={LONE: {}}),
        words(answers={"refl-01": {LONE: 1}}),
    ):
        answer = sent_raw(phone, str(new_id()), json.dumps(body).encode())
        assert answer.status_code in {400, 422}
        assert answer.mimetype == "application/problem+json"


def test_bodies_that_cannot_be_read_are_refused_clearly(app: Flask, lived_in: World) -> None:
    phone, id = signed_in(app, lived_in.patient), str(new_id())
    whole = json.dumps(words()).encode()
    bodies = {
        "cut off": whole[:-1],
        "not UTF-8": whole.replace(b"river", b"r\xffver"),
        "surrogates in UTF-8": whole.replace(b"river", b"r\xed\xa0\xbdver"),
        "a name twice": whole[:-1] + b',"zone":"UTC"}',
        "not a number": whole.replace(b'"edition": 1', b'"edition": NaN'),
        "too deep": b'{"answers":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "a very long number": b'{"edition":' + b"9" * 10_000 + b"}",
    }
    for name, body in bodies.items():
        answer = sent_raw(phone, id, body)
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json"), name
    for body in (b"", b"null", b"[]", b'"text"', b"7"):
        assert sent_raw(phone, id, body).status_code in {400, 415, 422}, body
    assert sent_raw(phone, id, whole, "text/plain").status_code == 415
    assert sent_raw(phone, id, whole, "multipart/form-data; boundary=x").status_code == 415
    assert phone.get(f"/api/entries/{id}").status_code == 404


def test_ten_megabytes_are_refused_and_the_next_save_is_not(app: Flask, lived_in: World) -> None:
    phone, id = signed_in(app, lived_in.patient), str(new_id())
    body = words(answers={"refl-01": {"text": "x" * 10_000_000}})
    answer = save(phone, id, body)
    assert (answer.status_code, answer.mimetype) == (413, "application/problem+json")
    assert save(phone, id, words("x" * 200_000)).status_code == 201


def test_addresses_that_are_no_ids_are_not_found(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    absent = phone.get(f"/api/entries/{new_id()}").data
    for id in ("x", "1", "%00", "..%2f", str(new_id())[:-1], "é"):
        assert phone.get(f"/api/entries/{id}").data == absent
        assert save(phone, id, words()).status_code in {404, 405}


def test_a_refused_edit_leaves_the_entry_as_it_was(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first = write(phone, "kept")
    before = phone.get(f"/api/entries/{first.id}").data
    bad = words(answers={"refl-01": {"text": 1}})
    assert save(phone, first.id, bad, parent=first.revision).status_code == 422
    assert phone.get(f"/api/entries/{first.id}").data == before
