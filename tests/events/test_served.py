"""Streams of a real server: what is taken away shows within seconds, and nobody waits for them."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from journal.accounts.principals import Role
from journal.accounts.service import disable
from journal.care import links
from journal.config import Settings
from journal.db import Database
from journal.web.server import STOP_SECONDS
from journal.web.streams import MOST_OF_ONE
from tests import factories
from tests.acts import Written, handing, offer, words
from tests.entering import browser_of
from tests.events.listening import LONG, Screen
from tests.factories import NOW, new_id
from tests.serving import Browser, Server
from tests.worlds import World


@pytest.fixture
def server(settings: Settings, lived_in: World, tmp_path: Path) -> Iterator[Server]:
    server = Server(settings, tmp_path)
    server.start()
    yield server
    server.kill()
    assert "Traceback" not in server.output.read_text()


@pytest.fixture
def desk(server: Server, lived_in: World) -> Browser:
    return browser_of(server, lived_in.therapist.id)


@pytest.fixture
def phone(server: Server, lived_in: World) -> Browser:
    return browser_of(server, lived_in.patient.id)


def shared(phone: Browser, world: World) -> tuple[str, str]:
    """Consent, and one thing handed over: their ids."""
    status, grant = phone.send("POST", "/api/grants", offer(world.therapist))
    assert status == 201, grant
    body, id = words(), str(new_id())
    assert phone.send("PUT", f"/api/entries/{id}", body, {"If-None-Match": "*"})[0] == 201
    sent = handing(grant["id"], Written(id, body["revision"]))
    status, handed = phone.send("POST", "/api/handovers", sent)
    assert status == 201, handed
    return grant["id"], handed["excerpts"][0]["id"]


def test_withdrawing_shows_on_every_open_screen(
    server: Server, desk: Browser, phone: Browser, lived_in: World
) -> None:
    grant, _ = shared(phone, lived_in)
    other = browser_of(server, lived_in.other_therapist.id)
    again = browser_of(server, lived_in.therapist.id)
    with Screen(desk) as one, Screen(again) as two, Screen(other) as none:
        assert one.answer.status == 200
        assert one.answer.headers["Content-Type"].startswith("text/event-stream")
        assert one.answer.headers["Cache-Control"] == "no-store"
        assert one.answer.headers["Content-Length"] is None
        assert one.changes == 0
        before = one.mark
        assert phone.send("POST", f"/api/grants/{grant}/withdraw")[0] == 200
        assert one.changed(1)
        assert two.changed(1)
        assert one.mark == two.mark != before
        assert none.changes == 0
        # Who was away meanwhile is told at once, who was not is not.
        with Screen(desk, last=before) as back, Screen(desk, last=one.mark) as calm:
            assert back.changed(1)
            assert calm.changes == 0


def test_one_after_the_other(desk: Browser, phone: Browser, lived_in: World) -> None:
    with Screen(desk) as screen:
        grant, excerpt = shared(phone, lived_in)
        assert screen.changed(1)
        assert phone.send("POST", f"/api/grants/{grant}/pause")[0] == 200
        assert screen.changed(2)
        _, [now, *_] = phone.send("GET", "/api/grants")
        resumed = {"pause": now["pause"]}
        assert phone.send("POST", f"/api/grants/{grant}/resume", resumed)[0] == 200
        assert screen.changed(3)
        assert phone.send("DELETE", f"/api/excerpts/{excerpt}")[0] == 204
        assert screen.changed(4)


def test_a_stream_ends_with_its_session(
    server: Server, desk: Browser, database: Database, lived_in: World
) -> None:
    stays, leaves, gone = (
        browser_of(server, who.id)
        for who in (lived_in.therapist, lived_in.other_therapist, lived_in.foreign_therapist)
    )
    with Screen(desk) as out, Screen(stays) as on, Screen(leaves) as left, Screen(gone) as ended:
        assert desk.send("DELETE", "/api/session")[0] == 204
        with database.session(writing=True) as session:
            disable(session, lived_in.foreign_therapist.id, at=NOW)
            who = lived_in.other_therapist.id
            links.end_membership(session, who, lived_in.clinic.id, at=NOW)
        assert out.ended()
        assert ended.ended()
        assert left.changed(1)
        assert on.changes == out.changes == ended.changes == 0


def test_beyond_its_most_an_account_is_refused_until_a_stream_ends(
    server: Server, desk: Browser, lived_in: World
) -> None:
    """Each process counts for itself: on PostgreSQL there is one for each core."""
    most = MOST_OF_ONE * (os.cpu_count() or 1)
    with ExitStack() as open_ones:
        screens: list[Screen] = []
        for _ in range(most + 1):
            tried = Screen(desk)
            if tried.answer.status != 200:
                break
            screens.append(open_ones.enter_context(tried))
        assert MOST_OF_ONE <= len(screens) <= most
        assert tried.answer.status == 503
        assert int(tried.answer.headers["Retry-After"]) > 0
        assert tried.answer.headers["Content-Type"] == "application/problem+json"
        tried.close()
        with Screen(browser_of(server, lived_in.other_therapist.id)) as other:
            assert other.answer.status == 200
        for one in screens:
            one.close()
        assert comes_in(desk)


def comes_in(desk: Browser) -> bool:
    """Whether a stream opens before long: a server needs a moment to see that a client went."""
    until = time.monotonic() + LONG
    while time.monotonic() < until:
        again = Screen(desk)
        again.close()
        if again.answer.status == 200:
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def many(server: Server, database: Database, lived_in: World) -> list[Browser]:
    """Fifteen more therapists of the clinic, signed in."""
    with database.session(writing=True) as session:
        people = [
            factories.make_account(session, lived_in.clinic, role=Role.THERAPIST, name="Kim")
            for _ in range(15)
        ]
    return [browser_of(server, one.id) for one in people]


def test_sixty_streams_that_nobody_reads_keep_nobody_waiting(
    server: Server, desk: Browser, phone: Browser, many: list[Browser], lived_in: World
) -> None:
    """More than there are threads, and none of their clients takes what is sent."""
    grant, _ = shared(phone, lived_in)
    hung = [Screen(browser) for browser in many for _ in range(MOST_OF_ONE)]
    try:
        assert {one.answer.status for one in hung} == {200}
        with Screen(desk) as screen, ThreadPoolExecutor(16) as pool:
            asked = [pool.submit(phone.send, "GET", "/api/changes") for _ in range(64)]
            assert {one.result(LONG)[0] for one in asked} == {200}
            assert phone.send("POST", f"/api/grants/{grant}/withdraw")[0] == 200
            assert screen.changed(1)
    finally:
        for one in hung:
            one.close()


def test_the_server_stops_with_streams_open(server: Server, desk: Browser) -> None:
    """It says goodbye: nobody has to kill it after its fifteen seconds."""
    assert server.process is not None
    with Screen(desk) as one, Screen(desk) as two:
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert one.ended()
        assert two.ended()
        server.process.wait(LONG)
        assert time.monotonic() - began < STOP_SECONDS
    server.process = None
