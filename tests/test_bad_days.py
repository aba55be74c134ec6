"""Bad days: the server is killed, a session ends elsewhere, a page of another site writes."""

import http.client
import itertools
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from journal.config import Settings
from journal.db import Database
from tests.acts import save, signed_in, told, words, write
from tests.entering import browser_of
from tests.factories import new_id
from tests.serving import Browser, Server
from tests.worlds import World

WRITERS, KILLS, FEWEST = 4, 20, 4
END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
ENOUGH = 15  # seconds of killing; starting a server takes longer on a busy machine


@pytest.fixture
def server(settings: Settings, lived_in: World, tmp_path: Path) -> Iterator[Server]:
    server = Server(settings, tmp_path)
    server.start()
    yield server
    server.kill()


def until_answered(browser: Browser, *request: Any, **more: Any) -> tuple[int, Any]:
    """Send it, and send it again, until the server answers."""
    until = time.monotonic() + 90
    while True:
        try:
            return browser.send(*request, **more)
        except (OSError, http.client.HTTPException):
            assert time.monotonic() < until, "the server did not come back"
            time.sleep(0.02)


def write_on(browser: Browser, name: str, stop: threading.Event) -> dict[str, list[str]]:
    """Create, edit, create, edit…; return the texts that were acknowledged, by entry."""
    acknowledged: dict[str, list[str]] = {}
    for turn in itertools.count():
        if stop.is_set():
            return acknowledged
        id, parent = str(new_id()), None
        for text in (f"{name} {turn}", f"{name} {turn} again"):
            body = words(text)
            headers = {"If-Match": f'"{parent}"'} if parent else {"If-None-Match": "*"}
            path = f"/api/entries/{id}"
            status, answer = until_answered(browser, "PUT", path, body, headers)
            assert status in {200, 201}, answer
            assert answer["revision"] == body["revision"]
            acknowledged.setdefault(id, []).append(text)
            parent = body["revision"]
    raise AssertionError


@pytest.mark.timeout(300)
def test_whatever_was_acknowledged_survives_kill_9_once(server: Server, lived_in: World) -> None:
    phones = [browser_of(server, lived_in.patient.id) for _ in range(WRITERS)]
    stop, pauses = threading.Event(), random.Random(1)  # noqa: S311 - pauses, not secrets
    with ThreadPoolExecutor(WRITERS) as pool:
        writing = [pool.submit(write_on, phone, f"w{n}", stop) for n, phone in enumerate(phones)]
        try:
            began = time.monotonic()
            for kills in range(KILLS):
                if kills >= FEWEST and time.monotonic() > began + ENOUGH:
                    break
                time.sleep(pauses.uniform(0.05, 0.4))
                server.kill()
                server.start()
        finally:
            stop.set()
        acknowledged = {id: texts for one in writing for id, texts in one.result(120).items()}
    assert len(acknowledged) > FEWEST
    items, cursor, more = [], "", True
    while more:
        _, page = phones[0].send("GET", f"/api/changes?limit=200&cursor={cursor}")
        items, cursor, more = items + page["items"], page["cursor"], page["more"]
    mine = {item["id"]: item for item in items if item["id"] in acknowledged}
    assert len(mine) == len(acknowledged) == len(items) - 1  # and a bystander's
    assert int(cursor.partition(".")[2]) == 1 + sum(map(len, acknowledged.values()))
    for id, texts in acknowledged.items():
        assert mine[id]["conflicts"] == []
        assert mine[id]["answers"]["refl-01"]["text"] == texts[-1]
        _, kept = phones[0].send("GET", f"/api/entries/{id}/revisions")
        assert [one["answers"]["refl-01"]["text"] for one in reversed(kept)] == texts
    assert "w0 " not in server.output.read_text()


def test_a_session_that_was_signed_out_elsewhere_loses_nothing(app: Flask, lived_in: World) -> None:
    phone, laptop = signed_in(app, lived_in.patient), signed_in(app, lived_in.patient)
    first = write(phone, "before")
    assert laptop.delete("/api/sessions").status_code == 204
    edit, fresh, id = words("written meanwhile"), words("a new one"), str(new_id())
    requests = [
        lambda client: save(client, first.id, edit, parent=first.revision),
        lambda client: save(client, id, fresh),
        lambda client: client.post("/api/sync", json={"items": []}),
        lambda client: client.get("/api/changes"),
    ]
    for request in requests:
        answer = request(phone)
        assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")
        assert answer.json["title"] == "Please sign in"
    again = signed_in(app, lived_in.patient)
    assert again.get(f"/api/entries/{first.id}").json["revision"] == first.revision
    assert [requests[0](again).status_code, requests[1](again).status_code] == [200, 201]
    assert again.get(f"/api/entries/{id}").json["answers"] == fresh["answers"]


@pytest.fixture
def shut(
    app: Flask, database: Database, request: pytest.FixtureRequest
) -> Iterator[Callable[[bool], None]]:
    """Close the database to everybody, or open it again, while the application runs."""
    name = str(database.engine.url.database)
    file, aside = Path(name), Path(f"{name}.aside")

    def turn(closed: bool) -> None:
        if database.engine.dialect.name == "postgresql":
            server = request.getfixturevalue("postgresql")
            server.administer(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {not closed}")
            server.administer(f"{END} WHERE datname = '{name}' AND {closed}")
        elif closed:
            app.extensions["journal.database"].dispose()
            database.dispose()
            file.rename(aside)
            file.mkdir()
        elif aside.exists():
            file.rmdir()
            aside.rename(file)

    yield turn
    turn(closed=False)


def test_while_the_database_is_away_nothing_is_acknowledged_and_nothing_lost(
    app: Flask, lived_in: World, shut: Callable[[bool], None], caplog: pytest.LogCaptureFixture
) -> None:
    phone = signed_in(app, lived_in.patient)
    first = write(phone, "before")
    edit, id = words("the river again"), str(new_id())
    requests = [
        lambda: phone.get("/api/changes"),
        lambda: save(phone, first.id, edit, parent=first.revision),
        lambda: save(phone, id, words("another")),
        lambda: phone.post("/api/withdraw-everything"),
    ]
    shut(True)
    for request in requests:
        answer = request()
        assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
        assert 0 < int(answer.headers["Retry-After"]) <= 2
        assert answer.json["title"] == "Cannot be done at this moment"
    assert "river" not in caplog.text
    shut(False)
    assert phone.get(f"/api/entries/{first.id}").json["revision"] == first.revision
    assert phone.get(f"/api/entries/{id}").status_code == 404
    assert [request().status_code for request in requests] == [200, 200, 201, 204]


def test_a_page_of_another_site_cannot_write(app: Flask, lived_in: World) -> None:
    phone = signed_in(app, lived_in.patient)
    first = write(phone)
    before = told(phone.get("/api/changes"))
    foreign = ["http://evil.example", "http://localhost:8001", "https://localhost:8000", "null", ""]
    for origin in [*foreign, None]:
        phone.environ_base.pop("HTTP_ORIGIN", None)
        if origin is not None:
            phone.environ_base["HTTP_ORIGIN"] = origin
        for answer in (
            save(phone, str(new_id()), words()),
            save(phone, first.id, words(), parent=first.revision),
            phone.delete(f"/api/entries/{first.id}"),
            phone.post("/api/withdraw-everything"),
            phone.post("/api/sync", json={"items": []}),
            phone.delete("/api/sessions"),
        ):
            assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")
        assert told(phone.get("/api/changes")) == before
    assert phone.get("/api/grants").json[0]["state"] == "in_force"
