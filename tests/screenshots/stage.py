"""One look at one size: browsers at a fresh demo clinic, and the camera."""

import re
from contextlib import suppress
from dataclasses import dataclass, field

from playwright.sync_api import APIRequestContext, Browser, BrowserContext, Page, Playwright

from journal.demo.people import CODE, PASSWORD
from tests.e2e.conftest import DESK, HERE, PHONE
from tests.e2e.live import ROOT, Live
from tests.e2e.people import show_who

OUT = ROOT / "build" / "screenshots"
SIZES = {"phone": PHONE, "desk": DESK}
LOOKS = ("light", "dark", "soft")
STAFF = {"reyes", "okafor", "sam"}
CHOSEN = "try { localStorage.setItem('journal.look', '{\"chosen\": \"soft\"}') } catch {}"

LOADED = "() => !/^(Opening…|One moment\\.)$/m.test(document.body.innerText)"


@dataclass
class Stage:
    """Everything that a scene needs to come to its screens and to take their pictures."""

    playwright: Playwright
    browser: Browser
    live: Live
    look: str
    size: str
    _opened: list[BrowserContext] = field(default_factory=list)
    _devices: list[APIRequestContext] = field(default_factory=list)

    def page(self, who: str = "", *, at: str = "/sign-in") -> Page:
        """Open a page in a browser of its own; signed in as somebody of the demo, or nobody."""
        context = self.browser.new_context(
            base_url=self.live.url,
            viewport=SIZES[self.size],
            has_touch=self.size == "phone",
            is_mobile=self.size == "phone",
            color_scheme="dark" if self.look == "dark" else "light",
            device_scale_factor=2 if self.size == "phone" else 1,
            reduced_motion="reduce",
            **HERE,
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        self._opened.append(context)
        # The desk has no calm look: it is the patients' own.
        if self.look == "soft" and who not in STAFF:
            context.add_init_script(CHOSEN)
        page = context.new_page()
        if who:
            self.sign_in(page, who, at=at)
        return page

    def sign_in(self, page: Page, who: str, *, at: str = "/sign-in") -> None:
        """Show who it is, and wait until the first screen stands."""
        page.goto(at)
        show_who(page, f"{who}@example.org")
        page.wait_for_function("() => !location.pathname.startsWith('/sign-in')")
        page.wait_for_timeout(1500)

    def api(self, who: str) -> APIRequestContext:
        """Another device of that person, without a screen."""
        origin = {"Origin": self.live.url}
        device = self.playwright.request.new_context(
            base_url=self.live.url, extra_http_headers=origin
        )
        self._devices.append(device)
        me = {"email": f"{who}@example.org", "password": PASSWORD, "code": CODE}
        assert device.post("/api/session", data=me).ok
        return device

    def take(self, page: Page, name: str, *, whole: bool = False) -> None:
        """Take what is seen of this page, or the whole length of it."""
        page.wait_for_function(LOADED)
        page.wait_for_timeout(700)
        view = SIZES[self.size]
        path = OUT / self.look / self.size / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        if whole:
            # Taller paper, not a stitched picture: what sticks to an edge stands where it belongs.
            page.evaluate("() => scrollTo(0, 0)")
            long = page.evaluate("() => document.documentElement.scrollHeight")
            page.set_viewport_size(SIZES[self.size] | {"height": max(long, view["height"])})
            page.wait_for_timeout(300)
        page.screenshot(path=path)
        page.set_viewport_size(view)
        print(path.relative_to(ROOT))

    def tour(self, page: Page, who: str, **rooms: str) -> None:
        """Take the pictures of somebody's screens that an address opens."""
        for name, path in rooms.items():
            page.goto(path)
            self.take(page, f"{who}-{name.replace('_', '-')}")

    def close(self) -> None:
        """Close all that was opened."""
        for each in self._devices:
            each.dispose()
        for context in self._opened:
            with suppress(Exception):
                context.close()
        self._opened, self._devices = [], []


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press the button of this whole name."""
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Follow the first link of this name."""
    page.get_by_role("link", name=name).first.click()


def fill(page: Page, label: str, words: str) -> None:
    """Fill in the field under this label."""
    page.get_by_label(label, exact=True).fill(words)
