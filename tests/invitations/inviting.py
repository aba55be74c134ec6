"""An admin invites, and a person joins: one call for each."""

from datetime import datetime, timedelta
from typing import Any

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.acts import signed_in
from tests.authenticator import Authenticator
from tests.factories import NOW, ZONE, new_id
from tests.worlds import ORIGIN, World

PASSWORD = "seven quiet herons by the weir"
HOURS = timedelta(hours=1)


def desk_of(app: Flask, world: World) -> FlaskClient:
    """The browser of the clinic's admin."""
    return signed_in(app, world.admin, at=NOW)


def stranger(app: Flask, address: str = "127.0.0.1") -> FlaskClient:
    """A browser that nobody is signed in on, somewhere."""
    client = app.test_client()
    client.environ_base["HTTP_ORIGIN"] = ORIGIN["Origin"]
    client.environ_base["REMOTE_ADDR"] = address
    return client


def invite(desk: FlaskClient, role: str = "patient", **more: Any) -> tuple[str, str]:
    """The id and the token of a fresh invitation."""
    sent = {"id": str(new_id()), "role": role, "name": "Noor", **more}
    answer = desk.post("/api/invitations", json=sent)
    assert answer.status_code == 201, answer.json
    return sent["id"], answer.json["link"].partition("#")[2]


def look(client: FlaskClient, token: str) -> TestResponse:
    return client.post("/api/invitations/look", json={"token": token})


def passkey(client: FlaskClient, token: str) -> dict[str, Any]:
    """A passkey made for this invitation, as it is sent."""
    asked = client.post("/api/invitations/passkey", json={"token": token})
    assert asked.status_code == 200, asked.json
    made = Authenticator().create(asked.json["publicKey"])
    return {"id": asked.json["id"], "credential": made}


def join(client: FlaskClient, token: str, **more: Any) -> TestResponse:
    """Accept; with a password, unless it is said to be None."""
    sent = {"token": token, "zone": ZONE, "password": PASSWORD, **more}
    sent = {name: value for name, value in sent.items() if value is not None}
    return client.post("/api/invitations/accept", json=sent)


def code_of(secret: str, at: datetime) -> str:
    """What a code app with this secret shows."""
    return pyotp.TOTP(secret).at(at)


def states(desk: FlaskClient) -> dict[str, str]:
    """What the admin sees became of each invitation."""
    found = desk.get("/api/invitations").json["invitations"]
    return {one["id"]: one["state"] for one in found}
