"""A patient's phone, a therapist's desk, and what was handed over between them."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from journal.config import Settings
from tests.acts import signed_in
from tests.along.carried import BOTH, Fragment, fragment, hand, media_of, shared
from tests.sharing.test_renewing import renewal
from tests.worlds import World


@pytest.fixture
def phone(app: Flask, lived_in: World) -> FlaskClient:
    return signed_in(app, lived_in.patient)


@pytest.fixture
def desk(app: Flask, lived_in: World) -> FlaskClient:
    return signed_in(app, lived_in.therapist)


@pytest.fixture
def folder(settings: Settings) -> Path:
    return Path(settings.media.store)


@pytest.fixture
def theirs(app: Flask, lived_in: World) -> dict[str, Any]:
    """What another patient handed to the same therapist: no test of the phone may touch it."""
    stranger = signed_in(app, lived_in.other_patient)
    grant = next(one["id"] for one in stranger.get("/api/grants").json)
    wider = renewal(lived_in, categories=BOTH)
    made = stranger.post(f"/api/grants/{grant}/renew", json=wider)
    answer = hand(stranger, made.json["id"], fragment(stranger, text="", caption=""))
    assert answer.status_code == 201, answer.json
    return media_of(answer.json["excerpts"])


@pytest.fixture
def one(phone: FlaskClient, theirs: dict[str, Any]) -> Fragment:
    return fragment(phone)


@pytest.fixture
def grant(phone: FlaskClient, lived_in: World) -> str:
    return shared(phone, lived_in.therapist)
