"""The data and sync layer of the app in a real browser, without its screens.

`frontend/tests/harness` is built apart from the product, into the pages of the test's own server,
and opened beside the app: same origin, same databases. Thousands of things can be done with it in
the time a screen needs for ten.
"""

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Route

from journal.demo.people import CODE, PASSWORD
from tests.e2e.live import ROOT, Live
from tools import node

PAGE = "/desk-engine.html"
LONG = bool(os.environ.get("JOURNAL_LONG"))
SEED = int(os.environ.get("JOURNAL_SEED", "20261128"))


def build(folder: Path) -> Path:
    """Build the page into this folder."""
    build = ["npx", "vite", "build", "--config", "tests/harness/vite.harness.ts"]
    done = subprocess.run(
        [*build, "--outDir", str(folder), "--logLevel", "warn"],
        cwd=ROOT / "frontend",
        env=node.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def lay_beside(engine: Path, live: Live) -> None:
    """Put the page among those of a server."""
    shutil.copytree(engine, live.folder / "static", dirs_exist_ok=True)


class Device:
    """One browser profile of one person, driven without screens."""

    def __init__(self, context: BrowserContext, name: str = "phone") -> None:
        """:param context: a profile whose `base_url` is a server that has the page."""
        self.context, self.name = context, name
        self.offline = self.pocketed = False
        self.page = self._opened()

    @classmethod
    def on_board(cls, context: BrowserContext, engine: Path) -> "Device":
        """A device that needs no network to open the page: it has it in its pocket."""

        def answer(route: Route) -> None:
            route.fulfill(path=engine / urlsplit(route.request.url).path.lstrip("/"))

        context.route("**/desk-engine**", answer)
        context.route("**/desk-engine/**", answer)
        device = cls(context)
        device.pocketed = True
        return device

    @classmethod
    def of(cls, browser: Browser, url: str, who: str, name: str = "phone") -> "Device":
        """A new profile, signed in."""
        device = cls(browser.new_context(base_url=url, timezone_id="Europe/London"), name)
        device.sign_in(who)
        return device

    def sign_in(self, who: str) -> None:
        """Sign in as this person of the demo clinic."""
        way = {"email": f"{who}@example.org", "password": PASSWORD, "code": CODE}
        self.do("journal.account.signIn(given[0])", way)

    def do(self, what: str, *given: Any) -> Any:
        """Evaluate an expression of the page; `given` are its arguments."""
        return self.page.evaluate(f"async (given) => {what}", list(given))

    def network(self, *, on: bool) -> None:
        """Pull the plug, or put it back."""
        self.offline = not on
        self.context.set_offline(not on)

    def sync(self) -> str:
        """One run of the engine to its end: "done", "offline", "later" or "signed-out"."""
        return self.do("journal.sync()")

    def begin(self, guide: str, texts: list[dict[str, str]], *, send: bool = True) -> list[str]:
        """Begin entries; return their ids."""
        return self.do("journal.begin(given[0], 1, given[1], given[2])", guide, texts, send)

    def write(
        self, id: str, added: dict[str, str], *, fresh: bool = True, send: bool = True
    ) -> bool:
        """Write a word at the end of an answer; False when the entry is not here."""
        how = {"fresh": fresh, "send": send}
        return self.do("journal.write(given[0], given[1], given[2])", id, added, how)

    def look(self, *ids: str) -> list[dict[str, Any] | None]:
        """The entries as they stand here; None for what is not."""
        return self.do("journal.look(given)", *ids)

    def rows(self, store: str) -> list[dict[str, Any]]:
        """What lies in a store, raw."""
        return self.do("journal.rows(given[0])", store)

    def until_sent(self, seconds: float = 60) -> None:
        """Wait until the server has acknowledged everything."""
        deadline = time.monotonic() + seconds
        while waiting := self.do("journal.waiting()"):
            assert time.monotonic() < deadline, f"{waiting} are still unsent"
            time.sleep(0.1)

    def kill(self) -> None:
        """End the page in the middle of whatever it does, and open it anew."""
        before = self.page
        if self.offline and not self.pocketed:
            self.context.set_offline(False)
        self.page = self._opened()
        before.close()
        if self.offline:
            self.context.set_offline(True)

    def _opened(self) -> Page:
        page = self.context.new_page()
        page.goto(PAGE)
        page.wait_for_function("() => 'journal' in globalThis")
        return page
