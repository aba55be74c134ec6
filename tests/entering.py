"""Signing in over HTTP with a passkey: whole at any fixed clock, as often as it is wanted."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from journal.accounts.models import Account
from journal.accounts.service import email_index
from journal.db import Database
from tests.authenticator import ORIGIN, Authenticator
from tests.serving import Browser, Server

SECRET = "s" * 40

Post = Callable[[str, dict[str, Any]], tuple[int, Any]]
"""Sends JSON to a path; gives the status and the JSON that comes back."""


def enter(post: Post, account_id: UUID, *, origin: str = ORIGIN) -> dict[str, Any]:
    """Sign in as somebody `factories.make_account` made; return who that is."""
    status, asked = post("/api/passkeys/ask", {})
    assert status == 200, asked
    credential = Authenticator.of(account_id, origin=origin).get(asked["publicKey"])
    status, me = post("/api/session/passkey", {"id": asked["id"], "credential": credential})
    assert status == 200, me
    return dict(me)


def id_of(database: Database, who: str) -> UUID:
    """The id of the account with `<who>@example.org`."""
    index = email_index(SECRET, f"{who}@example.org")
    with database.session(writing=False) as session:
        return session.scalars(select(Account.id).where(Account.email_index == index)).one()


def by_passkey(client: FlaskClient, account_id: UUID, *, origin: str = ORIGIN) -> TestResponse:
    """The answer that signs somebody in."""
    sent = {"base_url": origin, "headers": {"Origin": origin}}
    asked = client.post("/api/passkeys/ask", json={}, **sent).get_json()
    credential = Authenticator.of(account_id, origin=origin).get(asked["publicKey"])
    body = {"id": asked["id"], "credential": credential}
    return client.post("/api/session/passkey", json=body, **sent)


def posting(client: FlaskClient) -> Post:
    """How a browser of the test client posts."""

    def post(path: str, body: dict[str, Any]) -> tuple[int, Any]:
        answer = client.post(path, json=body)
        return answer.status_code, answer.get_json()

    return post


def browser_of(server: Server, account_id: UUID) -> Browser:
    """A browser at a server in its own process, signed in."""
    browser = Browser(server)
    enter(lambda *sent: browser.send("POST", *sent), account_id, origin=server.origin)
    return browser
