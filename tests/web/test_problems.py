"""Every error has one shape, names its field, repeats no word and tells nothing apart it hides."""

import logging

import pytest
from marshmallow import ValidationError

from journal import errors
from journal.accounts.sessions import WrongSignIn
from journal.care import service as care
from journal.entries.feed import CursorGone
from journal.web import problems
from journal.web.body import UnreadableBody
from journal.web.endpoint import NotForYourRole, SignInNeeded
from journal.web.shield import ForeignOrigin, NotJSON

CANARY = "the river again"

KINDS = {
    errors.JournalError: 500,
    UnreadableBody: 400,
    SignInNeeded: 401,
    WrongSignIn: 401,
    ForeignOrigin: 403,
    NotForYourRole: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.Gone: 410,
    CursorGone: 410,
    NotJSON: 415,
    errors.Invalid: 422,
    errors.PreconditionRequired: 428,
    errors.Unavailable: 503,
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_error_is_a_problem(kind):
    answer = problems.of(kind())
    assert answer.status_code == KINDS[kind]
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json() == {
        "type": "about:blank",
        "title": kind.title,
        "status": KINDS[kind],
    }


def test_details_fields_and_facts_are_carried():
    answer = problems.of(errors.Conflict("Later.", errors=[{"pointer": "/a"}], clear_at="x"))
    said = answer.get_json()
    assert (said["detail"], said["errors"], said["clear_at"]) == (
        "Later.",
        [{"pointer": "/a"}],
        "x",
    )


@pytest.mark.parametrize(
    ("messages", "found"),
    [
        ({"a": ["x", "y"]}, [("/a", "x"), ("/a", "y")]),
        ({"a": {0: {"b": ["x"]}}}, [("/a/0/b", "x")]),
        ({"_schema": ["x"]}, [("", "x")]),
        ({"a": {"_schema": ["x"]}}, [("/a", "x")]),
        ({"a/b": {"c~d": ["x"]}}, [("/a~1b/c~0d", "x")]),
        (["x"], [("", "x")]),
        ({}, []),
    ],
)
def test_messages_become_json_pointers(messages, found):
    made = [(one["pointer"], one["detail"]) for one in problems.pointers(messages)]
    assert made == found


def test_pointers_read_what_marshmallow_raises():
    fault = ValidationError({"items": {3: {"zone": ["Not a known time zone."]}}})
    assert next(problems.pointers(fault.messages))["pointer"] == "/items/3/zone"


def test_a_field_is_named_over_http(client_of):
    sent = {"items": [], "more": CANARY}
    answer = client_of("patient").post("/api/sync", json=sent)
    assert answer.status_code == 422
    assert {error["pointer"] for error in answer.get_json()["errors"]} == {"/items", "/more"}
    assert CANARY not in answer.get_data(as_text=True)


def test_a_wrong_method_says_which_are_right(client_of):
    answer = client_of("patient").put("/api/session")
    assert answer.status_code == 405
    assert {"GET", "POST", "DELETE"} <= set(answer.headers["Allow"].split(", "))
    assert answer.mimetype == "application/problem+json"


def test_an_unexpected_error_says_nothing_of_what_it_held(client_of, monkeypatch, caplog):
    def broken(*_: object) -> None:
        raise ValueError(CANARY)

    client = client_of("patient")
    monkeypatch.setattr(care, "clinic_of", broken)
    with caplog.at_level(logging.DEBUG):
        answer = client.get("/api/care")
    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json() == {
        "type": "about:blank",
        "title": "Something went wrong",
        "status": 500,
    }
    assert CANARY not in caplog.text
    assert "unexpected ValueError at" in caplog.text
    assert "test_problems.py" in caplog.text
