"""An app that is too old is told so where words travel, and nowhere else."""

from dataclasses import replace

import pytest

from journal.app import create_app
from tests.worlds import ORIGIN

OLD, NEW = {"X-Journal-App": "1"}, {"X-Journal-App": "2"}


@pytest.fixture
def app(settings, lived_in, time):
    app = create_app(replace(settings, minimum_app=2), now=time)
    yield app
    app.extensions["journal.database"].dispose()


def test_an_old_app_keeps_its_words_until_it_is_newer(client_of):
    client = client_of("patient")
    for call in (client.post, client.get):
        for path in ("/api/sync", "/api/changes", "/api/handovers", "/api/entries/x"):
            answer = call(path, headers=OLD, **({"json": {}} if call == client.post else {}))
            assert answer.status_code == 426
            assert answer.mimetype == "application/problem+json"
            assert answer.json["least"] == 2
            assert answer.json["title"] == "A newer app is needed"


def test_the_newer_app_and_whoever_names_no_edition_are_answered(client_of):
    client = client_of("patient")
    for headers in (NEW, {"X-Journal-App": "30"}, {}):
        assert client.get("/api/changes", headers=headers).status_code == 200
        assert client.post("/api/sync", json={}, headers=headers).status_code == 422


@pytest.mark.parametrize("sent", ["", "x", "-1", "²", "9" * 9, "1.5"])
def test_what_is_no_edition_is_too_old(client_of, sent):
    answer = client_of("patient").get("/api/changes", headers={"X-Journal-App": sent})
    assert answer.status_code == 426


def test_what_narrows_and_help_are_for_every_edition(client_of):
    client = client_of("patient")
    assert client.post("/api/withdraw-everything", headers=OLD).status_code == 204
    assert client.get("/api/help", headers=OLD).status_code == 200
    assert client.get("/api/session", headers=OLD).status_code == 200
    absent = "/api/entries/00000000-0000-0000-0000-000000000000"
    assert client.delete(absent, headers=OLD).status_code == 404
    assert client.delete("/api/session", headers=OLD).status_code == 204


def test_by_default_every_edition_is_taken(settings, lived_in, time):
    app = create_app(settings, now=time)
    try:
        client = app.test_client()
        answer = client.get("/api/changes", headers={**OLD, **ORIGIN})
        assert answer.status_code == 401
    finally:
        app.extensions["journal.database"].dispose()
