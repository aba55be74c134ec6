"""What somebody does to get in, and what they have to show, over HTTP."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from werkzeug.test import TestResponse

from journal.accounts import codes, recovery_codes
from journal.accounts.models import Account, Kind, Notice
from journal.accounts.proof_models import Passkey
from journal.db import Database
from tests.authenticator import ORIGIN, Authenticator
from tests.entering import by_passkey
from tests.factories import NOW, PASSWORD


@dataclass
class Person:
    """Somebody with all there is to show, and a browser in hand."""

    app: Flask
    database: Database
    id: UUID
    email: str
    made_at: datetime = NOW
    secret: str = ""
    recovery_code: str = ""
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = browser(self.app)
        with self.database.session(writing=True) as session:
            self.secret, _ = codes.offer(session, self.id, at=self.made_at)
            codes.confirm(session, self.id, self.code(self.made_at), at=self.made_at)
            self.recovery_code = recovery_codes.make(session, self.id, at=self.made_at)

    def code(self, at: datetime) -> str:
        """What their app shows then."""
        return pyotp.TOTP(self.secret).at(at)

    def password(self, client: FlaskClient | None = None, **more: Any) -> TestResponse:
        """Sign in with the password and what else is said."""
        sent = {"email": self.email, "password": PASSWORD, **more}
        return (client or self.client).post("/api/session", json=sent)

    def passkey(self, client: FlaskClient | None = None) -> TestResponse:
        """Sign in with the passkey."""
        return by_passkey(client or self.client, self.id)

    def knows(self) -> FlaskClient:
        """A browser that is known, and signed out."""
        client = browser(self.app)
        assert by_passkey(client, self.id).status_code == 200
        assert client.delete("/api/session").status_code == 204
        return client

    def without(self, *, passkeys: bool = False, code: bool = False, paper: bool = False) -> None:
        """Have some of it no more."""
        with self.database.session(writing=True) as session:
            if passkeys:
                session.execute(delete(Passkey).where(Passkey.account_id == self.id))
            if code:
                codes.remove(session, self.id)
            if paper:
                account = session.get_one(Account, self.id)
                recovery_codes.use(session, account.id, self.recovery_code, at=NOW)

    def told(self) -> list[Kind]:
        """What they were told, in order."""
        mine = select(Notice.kind).where(Notice.account_id == self.id)
        with self.database.session(writing=False) as session:
            return list(session.scalars(mine.order_by(Notice.at, Notice.kind)))


def browser(app: Flask) -> FlaskClient:
    """A browser that nobody has used."""
    client = app.test_client()
    client.environ_base["HTTP_ORIGIN"] = ORIGIN
    return client


def new_passkey(
    client: FlaskClient, device: Authenticator, *, name: str = "Tablet"
) -> TestResponse:
    """Add a passkey to whoever is signed in."""
    asked = client.post("/api/passkeys/new", json={})
    assert asked.status_code == 200, asked.json
    made = device.create(asked.json["publicKey"])
    body = {"id": asked.json["id"], "credential": made, "name": name}
    return client.post("/api/passkeys", json=body)


def use(
    client: FlaskClient, device: Authenticator, path: str = "/api/session/passkey"
) -> TestResponse:
    """Use a passkey."""
    asked = client.post("/api/passkeys/ask", json={}).json
    body = {"id": asked["id"], "credential": device.get(asked["publicKey"])}
    return client.post(path, json=body)
