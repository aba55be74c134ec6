"""Take a picture of every screen at both sizes, light, dark and soft: `make screenshots`.

The pictures go to `build/screenshots/<look>/<size>/`; two of them are copied to `docs/` for the
README. Everything is read from a fresh demo clinic, so the same words are on them every time.

`python -m tests.screenshots manifest` takes only the pictures that a browser shows before the app
is put on a home screen, and the icon for Apple: `frontend/public/screenshots/`.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.conftest import DESK, FLAGS, PHONE
from tests.e2e.live import ROOT, Live
from tests.e2e.people import show_who
from tools import chromium

OUT = ROOT / "build" / "screenshots"
PUBLIC = ROOT / "frontend" / "public"
SIZES = {"phone": PHONE, "desk": DESK}
LOOKS = ("light", "dark", "soft")
README = {
    "light/phone/desmond-home": "docs/patient.png",
    "light/desk/reyes-page": "docs/therapist.png",
}

Visit = tuple[str, Callable[[Page], None]]


def main(only: str = "") -> None:
    """Start a demo clinic and visit every screen of everybody; `only` limits the looks."""
    with _demo() as (browser, url):
        if only == "manifest":
            return _for_the_manifest(browser, url)
        for look in LOOKS:
            for size in SIZES:
                if only in look:
                    _everybody(browser, url, look, size)
    for taken, kept in README.items():
        if (OUT / f"{taken}.png").exists():
            shutil.copy(OUT / f"{taken}.png", ROOT / kept)
    return None


@contextmanager
def _demo() -> Iterator[tuple[Browser, str]]:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        clinic = Live(Path(folder))
        shutil.copytree(ROOT / "journal" / "static", clinic.folder / "static")
        for command in ("init", "upgrade", "demo"):
            clinic.journal(command)
        clinic.start()
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        try:
            yield browser, clinic.url
        finally:
            browser.close()
            clinic.stop()


def _for_the_manifest(browser: Browser, url: str) -> None:
    """A page with nothing on it that says whose it is or what for; and the icon for Apple."""
    for name, viewport, scale in (("narrow", PHONE, 2), ("wide", DESK, 1)):
        context = browser.new_context(
            base_url=url, viewport=viewport, device_scale_factor=scale, reduced_motion="reduce"
        )
        page = context.new_page()
        _sign_in(page, "owen")
        page.goto("/write")
        page.get_by_role("textbox").fill("Rain on the roof. Slept well, for once.")
        page.wait_for_timeout(3000)
        page.get_by_role("heading", level=1).click()
        page.screenshot(path=PUBLIC / "screenshots" / f"{name}.png")
        context.close()
    page = browser.new_page(viewport={"width": 180, "height": 180})
    # Apple rounds the corners itself.
    drawn = (PUBLIC / "icon.svg").read_text("utf-8").replace(' rx="112"', "")
    page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{drawn}")
    page.screenshot(path=PUBLIC / "icon-180.png")


def _everybody(browser: Browser, url: str, look: str, size: str) -> None:
    for who, visits in {
        "anyone": _anyone,
        "maya": _maya,
        "desmond": _desmond,
        "hannah": _hannah,
        "leo": _leo,
        "owen": _owen,
        "reyes": _reyes,
        "okafor": _okafor,
    }.items():
        context = browser.new_context(
            base_url=url,
            viewport=SIZES[size],
            color_scheme="dark" if look == "dark" else "light",
            device_scale_factor=2 if size == "phone" else 1,
            reduced_motion="reduce",
        )
        page = context.new_page()
        if who != "anyone":
            _sign_in(page, who)
            if look == "soft" and who not in {"reyes", "okafor"}:
                _soft(page)
        for name, visit in visits(page):
            visit(page)
            _take(page, f"{look}/{size}/{who}-{name}")
        context.close()


def _sign_in(page: Page, who: str) -> None:
    page.goto("/sign-in")
    show_who(page, f"{who}@example.org")
    page.wait_for_function("() => !location.pathname.startsWith('/sign-in')")
    page.wait_for_timeout(1500)


def _soft(page: Page) -> None:
    page.goto("/look")
    page.get_by_text("Calm", exact=False).first.click()
    page.wait_for_timeout(300)


def _take(page: Page, name: str) -> None:
    page.wait_for_timeout(700)
    path = OUT / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)
    print(path.relative_to(ROOT))


def _to(path: str) -> Callable[[Page], None]:
    return lambda page: page.goto(path) and None


def _link(text: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_text(text, exact=False).first.click()


def _first_entry(page: Page) -> None:
    page.goto("/journal")
    page.locator("a[href^='/entry/']").first.click()


def _under_entry(step: str) -> Callable[[Page], None]:
    def visit(page: Page) -> None:
        _first_entry(page)
        page.wait_for_timeout(500)
        page.goto(page.evaluate("() => location.pathname") + step)

    return visit


def _anyone(page: Page) -> Iterator[Visit]:
    yield "sign-in", _to("/sign-in")
    yield "help", _to("/help")


def _maya(page: Page) -> Iterator[Visit]:
    yield "home", _to("/")
    yield "capture", _to("/capture")
    yield "question", _to("/guide/day")
    yield "sharing", _to("/sharing")
    yield "hand-over", _under_entry("/hand-over")


def _desmond(page: Page) -> Iterator[Visit]:
    yield "home", _to("/")
    yield "question", _to("/guide/refl")
    yield "journal", _to("/journal")
    yield "month", _month
    yield "session", _link_to("/session/")
    yield "search", _search
    yield "before", _to("/before")
    yield "install", _to("/install")
    yield "sharing", _to("/sharing")


def _link_to(path: str) -> Callable[[Page], None]:
    def visit(page: Page) -> None:
        page.goto("/journal")
        page.locator(f"a[href^='{path}']").first.click()

    return visit


def _month(page: Page) -> None:
    page.goto("/month")
    page.locator("button.date:has(.written)").first.click()


def _search(page: Page) -> None:
    page.goto("/search")
    page.get_by_role("searchbox").fill("kettle")


def _hannah(page: Page) -> Iterator[Visit]:
    yield "journal", _to("/journal")
    yield "entry", _first_entry
    yield "two-versions", _two_versions


def _two_versions(page: Page) -> None:
    page.goto("/journal")
    page.get_by_text("See both").first.click()


def _leo(page: Page) -> Iterator[Visit]:
    yield "home", _to("/")
    yield "entry", _first_entry
    yield "earlier", _under_entry("/earlier")
    yield "edit", _under_entry("/edit")
    yield "hand-over", _under_entry("/hand-over")
    yield "sharing", _to("/sharing")
    yield "sees", _sees
    yield "receipts", _to("/receipts")
    yield "write", _to("/write")
    yield "skills", _to("/skills")
    yield "skill-suggested", _to("/skills?need=anxiety")
    yield "skill", _to("/skills/gr-room")
    yield "skill-step", _to("/skills/gr-room?at=1")
    yield "skills-helped", _to("/skills/helped")
    yield "skills-own", _to("/skills/own")
    yield "look", _to("/look")


def _sees(page: Page) -> None:
    page.goto("/sharing")
    page.locator("a[href$='/sees']").first.click()


def _owen(page: Page) -> Iterator[Visit]:
    yield "home", _to("/")
    yield "question", _to("/guide/prep")
    yield "questions", _to("/questions")


def _reyes(page: Page) -> Iterator[Visit]:
    yield "today", _to("/desk")
    yield "page", _brief
    yield "page-table", lambda page: page.get_by_role("button", name="As a table").click()
    yield "page-all", lambda page: page.locator("article > details > summary").click()
    yield "search", _find


def _brief(page: Page) -> None:
    page.get_by_role("button", name="Leo").click()
    page.get_by_role("button", name="Close these notes").click()
    page.evaluate("() => scrollTo(0, 0)")


def _find(page: Page) -> None:
    page.goto("/desk")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("searchbox").fill("listen")
    page.keyboard.press("Enter")


def _okafor(page: Page) -> Iterator[Visit]:
    yield "nothing", _link("Kasia")


if __name__ == "__main__":
    main(*sys.argv[1:])
