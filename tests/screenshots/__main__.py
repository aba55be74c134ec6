"""Take a picture of every screen at both sizes, light, dark and soft: `make screenshots`.

The pictures go to `build/screenshots/<look>/<size>/`; two of them are copied to `docs/` for the
README. Everything is read from a fresh demo clinic for each look and size, so the same words are
on them every time. `ARGS="light phone doors"` takes only some: looks, sizes, scenes.

`ARGS=manifest` takes only the pictures that a browser shows before the app is put on a home
screen, and the icon for Apple: `frontend/public/screenshots/`.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from tests.e2e.conftest import FLAGS, make_demo_clinic
from tests.e2e.live import ROOT, Live
from tests.screenshots import account, clinic, doors, joining, journal, reception
from tests.screenshots.stage import LOOKS, OUT, SIZES, Stage
from tools import chromium

PUBLIC = ROOT / "frontend" / "public"
README = {
    "light/phone/desmond-home": "docs/patient.png",
    "light/desk/reyes-page": "docs/therapist.png",
}
SCENES: dict[str, Callable[[Stage], None]] = {
    scene.__name__: scene
    for scene in (
        journal.anyone,
        journal.maya,
        journal.desmond,
        journal.hannah,
        journal.leo,
        journal.owen,
        journal.reyes,
        journal.okafor,
        doors.sign_in,
        doors.desk_door,
        doors.recover,
        account.security_page,
        account.asked,
        account.desk_account,
        joining.patient,
        joining.staff,
        joining.closed,
        clinic.invitations,
        clinic.people,
        clinic.server,
        reception.calendar,
        reception.files,
        reception.settings,
    )
}
OF_STAFF = {"reyes", "okafor", "desk_door", "desk_account", "staff", "invitations", "people"}
OF_STAFF |= {"server", "calendar", "files", "settings"}
"""The desk has no calm look."""


def main(*words: str) -> None:
    """Take all pictures, or those of the looks, sizes and scenes that are named."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo = Live(make_demo_clinic(Path(folder) / "demo"))
        if "manifest" in words:
            return _for_the_manifest(_open(playwright, demo, Path(folder), "light", "phone"))
        for look in _some(LOOKS, words):
            for size in _some(SIZES, words):
                _all(_open(playwright, demo, Path(folder), look, size), _some(SCENES, words))
    for taken, kept in README.items():
        if (OUT / f"{taken}.png").exists():
            shutil.copy(OUT / f"{taken}.png", ROOT / kept)
    return None


def _some(every: Iterable[str], words: tuple[str, ...]) -> list[str]:
    names = list(every)
    return [name for name in names if name in words] or names


def _open(playwright: Playwright, demo: Live, folder: Path, look: str, size: str) -> Stage:
    live = demo.copied_to(folder / f"{look}-{size}").start()
    browser = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
    return Stage(playwright, browser, live, look, size)


def _all(stage: Stage, scenes: list[str]) -> None:
    try:
        for name in scenes:
            if stage.look != "soft" or name not in OF_STAFF:
                SCENES[name](stage)
                stage.close()
    finally:
        _end(stage)


def _end(stage: Stage) -> None:
    stage.close()
    with suppress(Exception):
        stage.browser.close()
    stage.live.stop()


def _for_the_manifest(stage: Stage) -> None:
    """A page with nothing on it that says whose it is or what for; and the icon for Apple."""
    try:
        for name, size in (("narrow", "phone"), ("wide", "desk")):
            stage.size = size
            page = stage.page("owen")
            page.goto("/write")
            page.get_by_role("textbox").fill("Rain on the roof. Slept well, for once.")
            page.wait_for_timeout(3000)
            page.get_by_role("heading", level=1).click()
            page.screenshot(path=PUBLIC / "screenshots" / f"{name}.png")
        page = stage.browser.new_page(viewport={"width": 180, "height": 180})
        # Apple rounds the corners itself.
        drawn = (PUBLIC / "icon.svg").read_text("utf-8").replace(' rx="112"', "")
        page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{drawn}")
        page.screenshot(path=PUBLIC / "icon-180.png")
    finally:
        _end(stage)


if __name__ == "__main__":
    main(*sys.argv[1:])
