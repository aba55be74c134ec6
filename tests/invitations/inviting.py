"""An admin invites, and a person joins: one call for each."""

from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.acts import signed_in
from tests.factories import NOW, ZONE, new_id
from tests.worlds import ORIGIN, World

PASSWORD = "seven quiet herons by the weir"
HOURS = timedelta(hours=1)


def desk_of(app: Flask, world: World) -> FlaskClient:
    """The browser of the clinic's admin."""
    return signed_in(app, world.admin, at=NOW)


def stranger(app: Flask) -> FlaskClient:
    """A browser that nobody is signed in on."""
    client = app.test_client()
    client.environ_base["HTTP_ORIGIN"] = ORIGIN["Origin"]
    return client


def invite(desk: FlaskClient, role: str = "patient", **more: Any) -> tuple[str, str]:
    """The id and the token of a fresh invitation."""
    sent = {"id": str(new_id()), "role": role, "name": "Noor", **more}
    answer = desk.post("/api/invitations", json=sent)
    assert answer.status_code == 201, answer.json
    return sent["id"], answer.json["link"].partition("#")[2]


def look(client: FlaskClient, token: str) -> TestResponse:
    return client.post("/api/invitations/look", json={"token": token})


def join(client: FlaskClient, token: str, **more: Any) -> TestResponse:
    """Accept with a password, the shortest way."""
    sent = {"token": token, "zone": ZONE, "password": PASSWORD, **more}
    return client.post("/api/invitations/accept", json=sent)


def states(desk: FlaskClient) -> dict[str, str]:
    """What the admin sees became of each invitation."""
    found = desk.get("/api/invitations").json["invitations"]
    return {one["id"]: one["state"] for one in found}
