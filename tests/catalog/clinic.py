"""An admin at work: what they are shown, and one call for each thing they change."""

from copy import deepcopy
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from journal.accounts.models import Account
from journal.accounts.principals import Role
from journal.care.models import Clinic
from journal.db import Database
from tests import factories
from tests.acts import signed_in
from tests.worlds import World

PLAN = {
    "who": "The nurse on duty",
    "days": "Monday to Friday",
    "within": "two working days",
    "what": "She rings you",
    "backup": "Dr Okafor",
}
OWN_ID = "c-0123456789ab"


def desk_of(app: Flask, world: World) -> FlaskClient:
    """The browser of the clinic's admin."""
    return signed_in(app, world.admin)


def another_admin(
    database: Database, clinic: Clinic, email: str = "second_admin@example.org"
) -> Account:
    """One more admin, of whichever clinic."""
    with database.session(writing=True) as opened:
        return make_admin(opened, clinic, email)


def make_admin(session: Session, clinic: Clinic, email: str) -> Account:
    return factories.make_account(session, clinic, role=Role.ADMIN, name="Kim", email=email)


def guide(client: FlaskClient, id: str) -> dict[str, Any]:
    """A guide as the editors have it."""
    every = client.get("/api/clinic/content").json["guides"]
    return next(one for one in every if one["id"] == id)


def skill(client: FlaskClient, id: str) -> dict[str, Any]:
    every = client.get("/api/clinic/content").json["skills"]
    return next(one for one in every if one["id"] == id)


def texts(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/clinic/content").json["texts"]
    return found


def reworded(found: dict[str, Any], text: str, place: int = 0) -> dict[str, Any]:
    """The same guide with other words in one question."""
    changed = deepcopy(found)
    changed["items"][place]["text"] = text
    return changed


def put(
    client: FlaskClient, kind: str, body: dict[str, Any], *, edited_from: int | None = None
) -> TestResponse:
    """Save what an editor holds; by default it was edited from the edition it says."""
    number = body["edition"] if edited_from is None else edited_from
    sent = {name: one for name, one in body.items() if name not in {"editable", "origin"}}
    sent.pop("edition", None)
    id = body.get("id", "clinic")
    return client.put(f"/api/clinic/{kind}/{id}", json=sent, headers={"If-Match": f'"{number}"'})


def new_item(id: str = "x-0123456789ab", **changes: Any) -> dict[str, Any]:
    """A question of the clinic's own."""
    return {
        "id": id,
        "text": "What helped you rest?",
        "help": None,
        "tier": "core",
        "share": "ask",
        "category": None,
        "nothing": None,
        "source": "The clinic",
        "shows": None,
        "notes": [],
        "parts": [part("text", lines="short", max=2000)],
        **changes,
    }


def part(kind: str, **changes: Any) -> dict[str, Any]:
    empty = {"label": None, "lines": None, "max": None, "low": None, "high": None}
    return {
        "name": kind, "kind": kind, "options": [], "other": False, "windows": [], **empty, **changes
    }  # fmt: skip


def new_guide(id: str = OWN_ID, **changes: Any) -> dict[str, Any]:
    """A guide of the clinic's own, as its editor starts it."""
    return {
        "id": id,
        "edition": 0,
        "kind": "extra",
        "title": "Rest",
        "about": "One question.",
        "intro": "Skip it if you like.",
        "closing": "You can stop here.",
        "stage": None,
        "category": "reflections",
        "licence": "The clinic's own",
        "source": None,
        "ask": None,
        "measure": None,
        "items": [new_item()],
        **changes,
    }
