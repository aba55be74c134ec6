"""A network that cuts, waits and resets: every operation arrives exactly once, and the screen
says what is true in the end.
"""

import os
import random
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import BrowserContext, Request, expect

from tests.e2e.conftest import PHONE
from tests.e2e.engine import LONG, SEED, Device, lay_beside
from tests.e2e.live import Live
from tests.e2e.people import entries, revisions, sign_in
from tests.e2e.proxy import Proxy

HOW_MANY = int(os.environ.get("JOURNAL_OPERATIONS", "2000" if LONG else "150"))
ANYTHING = pytest.mark.console_errors(".")  # a bad network fills the console


@pytest.fixture(scope="module")
def proxy() -> Iterator[Proxy]:
    proxy = Proxy(SEED)
    yield proxy
    proxy.stop()


@pytest.fixture(scope="module")
def live(demo_clinic: Live, proxy: Proxy, tmp_path_factory, engine) -> Iterator[Live]:
    """The server of this file stands behind the proxy."""
    server = demo_clinic.copied_to(tmp_path_factory.mktemp("live"), front=proxy.port).start()
    lay_beside(engine, server)
    proxy.start(server.port)
    yield server
    server.stop()


class InFlight:
    """How many batches are on their way at once, from all tabs and the worker."""

    def __init__(self, context: BrowserContext) -> None:
        """:param context: the phone."""
        self.now: set[Request] = set()
        self.most = self.all = 0
        context.on("request", self._begun)
        context.on("requestfinished", self._ended)
        context.on("requestfailed", self._ended)

    def _begun(self, request: Request) -> None:
        if request.url.endswith("/api/sync"):
            self.now.add(request)
            self.all += 1
            self.most = max(self.most, len(self.now))

    def _ended(self, request: Request) -> None:
        self.now.discard(request)


class Writer:
    """Does one thing after another, and knows what must come of it."""

    def __init__(self, device: Device) -> None:
        """:param device: the page without screens, beside the app."""
        self.device = device
        self.dice = random.Random(SEED)  # noqa: S311 - repeatable, not secret
        self.texts: dict[str, str] = {}
        self.gone: set[str] = set()

    def act(self, number: int) -> None:
        """Begin an entry, go on with one, or delete one."""
        word, dice = f"op{number}", self.dice.random()
        if dice < 0.3 or not self.texts:
            [id] = self.device.begin("free", [{"free-01": word}], send=dice < 0.27)
            self.texts[id] = word
        elif dice < 0.97:
            id = self.dice.choice(list(self.texts))
            assert self.device.write(id, {"free-01": word}, send=dice < 0.9)
            self.texts[id] += f" {word}"
        else:
            id = self.dice.choice(list(self.texts))
            self.device.do("journal.entries.deleteEntry(given[0])", id)
            del self.texts[id]
            self.gone.add(id)


@ANYTHING
@pytest.mark.timeout(3600 if LONG else 300)
def test_every_operation_arrives_exactly_once(open_page, api, proxy):
    """Replay: JOURNAL_SEED=<the seed> JOURNAL_OPERATIONS=<how many>."""
    app = open_page(PHONE)
    flying = InFlight(app.context)
    sign_in(app, "owen")
    for tab in (app, app.context.new_page()):
        tab.goto("/journal")
    server = api("owen")
    before = {one["id"] for one in entries(server)}
    writer = Writer(Device(app.context, "beside the app"))
    proxy.calm = False
    for number in range(HOW_MANY):
        writer.act(number)
        if writer.dice.random() < 0.2:
            app.wait_for_timeout(writer.dice.randint(20, 400))
    proxy.calm = True
    app.evaluate("() => dispatchEvent(new Event('online'))")
    writer.device.until_sent()
    print(f"seed {SEED}: {HOW_MANY} operations, {flying.all} batches, fates {dict(proxy.fates)}")

    there = {one["id"]: one for one in entries(server)}
    assert there.keys() - before == writer.texts.keys(), f"seed {SEED}"
    for id, text in writer.texts.items():
        assert there[id]["answers"] == {"free-01": {"text": text}}, f"seed {SEED}"
        assert there[id]["conflicts"] == []
        kept = [one["answers"]["free-01"]["text"] for one in reversed(revisions(server, id))]
        # Each is the text before it and something more: none came twice, none out of turn.
        assert all(b.startswith(a + " ") for a, b in pairwise(kept)), kept
        assert kept[-1] == text
    for id in writer.gone:
        assert server.get(f"/api/entries/{id}").status == 404
    assert flying.most == 1
    _looks_true(app, writer)


def _looks_true(app, writer: Writer) -> None:
    """The journal shows each entry once, as saved."""
    app.reload()
    rows = app.locator("a[href^='/entry/']")
    older = app.get_by_role("button", name="Show older ones")
    expect(rows.first).to_be_visible()
    while older.count():
        app.keyboard.press("End")  # more come as the end comes near
        app.wait_for_timeout(100)
    shown = rows.all_text_contents()  # inner texts leave out what is not in sight yet
    assert not [row for row in shown if "Saved" not in row]
    for text in writer.texts.values():
        begins = text[:40]
        assert len([row for row in shown if begins in row]) == 1
    expect(app.get_by_text("on this phone alone")).to_have_count(0)
