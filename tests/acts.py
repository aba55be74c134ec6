"""What people do over HTTP, one call each, and a way in that hashes no password."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Thread
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from journal.accounts.principals import Patient, Therapist
from journal.accounts.sessions import start_session
from journal.content import library
from tests.factories import NOW, ZONE, new_id
from tests.worlds import browser

JSON = "application/json"
WHOLE = {"kind": "whole"}


@dataclass(frozen=True)
class Written:
    """One entry as its device knows it."""

    id: str
    revision: str


def signed_in(app: Flask, person: Patient | Therapist, *, at: datetime = NOW) -> FlaskClient:
    """A browser that is signed in: a real session, without the slow hashing of a password."""
    with app.extensions["journal.database"].session(writing=True) as opened:
        caller = start_session(opened, person.id, at=at)
    client = browser(app, moment=at)
    with client.session_transaction() as cookie:
        cookie["_user_id"] = caller.get_id()
        cookie["_fresh"] = True
    return client


def words(text: str = "The river again.", **changes: Any) -> dict[str, Any]:
    """The body of a save."""
    return {
        "revision": str(new_id()),
        "guide": "refl",
        "edition": 1,
        "occurred_at": "2026-03-10T11:00:00+00:00",
        "zone": ZONE,
        "answers": {"refl-01": {"text": text}},
        **changes,
    }


def save(
    client: FlaskClient, id: str, body: dict[str, Any], *, parent: str | None = None
) -> TestResponse:
    """Create an entry, or edit the revision `parent`."""
    saying = {"If-Match": f'"{parent}"'} if parent else {"If-None-Match": "*"}
    # Not the app's own encoder: tests also send what it would refuse to write.
    return client.put(
        f"/api/entries/{id}", data=json.dumps(body), headers=saying, content_type=JSON
    )


def write(client: FlaskClient, text: str = "The river again.", **changes: Any) -> Written:
    """Write a new entry."""
    id, body = str(new_id()), words(text, **changes)
    assert save(client, id, body).status_code == 201
    return Written(id, body["revision"])


def offer(therapist: Therapist, **changes: Any) -> dict[str, Any]:
    """The body that gives consent."""
    shown = library.load().agreement
    return {
        "id": str(new_id()),
        "therapist_id": str(therapist.id),
        "agreement": {"id": shown.id, "edition": shown.edition, "sha256": shown.sha256},
        "categories": ["reflections"],
        "release_in_morning": False,
        **changes,
    }


def give(client: FlaskClient, therapist: Therapist, **changes: Any) -> str:
    """Give consent; return the grant's id."""
    answer = client.post("/api/grants", json=offer(therapist, **changes))
    assert answer.status_code == 201, answer.json
    return str(answer.json["id"])


def handing(grant: str, written: Written, what: dict[str, Any] = WHOLE) -> dict[str, Any]:
    """The body that hands something over."""
    return {
        "id": str(new_id()),
        "grant_id": grant,
        "entry_id": written.id,
        "revision": written.revision,
        "what": what,
    }


def hand_over(
    client: FlaskClient, grant: str, written: Written, what: dict[str, Any] = WHOLE
) -> str:
    """Hand something over; return the id of the first excerpt that made."""
    answer = client.post("/api/handovers", json=handing(grant, written, what))
    assert answer.status_code == 201, answer.json
    return str(answer.json["excerpts"][0]["id"])


def read_page(client: FlaskClient, patient: Patient | UUID) -> TestResponse:
    """Open a patient's page at the therapist's desk."""
    id = patient.id if isinstance(patient, Patient) else patient
    return client.get(f"/api/patients/{id}/page")


def said(answer: TestResponse) -> list[str]:
    """Every line of every excerpt on a page."""
    return [
        line["value"]
        for excerpt in answer.json["excerpts"]
        for item in excerpt["content"]["items"]
        for line in item["answer"]["lines"]
    ]


def told(answer: TestResponse) -> tuple[int, bytes, list[Any]]:
    """Everything an answer says, but for the request's own id."""
    own = {"X-Request-ID", "Date"}
    headers = sorted((name, value) for name, value in answer.headers if name not in own)
    return answer.status_code, answer.data, headers


def in_time(act: Callable[[], object]) -> bool:
    """Whether something can be done now, while the caller is in the middle of something else.

    The limit is for what would wait for the caller, and so for ever.
    """
    done: list[bool] = []

    def run() -> None:
        act()
        done.append(True)

    trying = Thread(target=run, daemon=True)
    trying.start()
    trying.join(20)
    return bool(done)
