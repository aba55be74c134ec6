"""The door, on both sides, and the way back in for whoever cannot open it."""

import json
from datetime import UTC, datetime, timedelta

import pyotp
from playwright.sync_api import Page
from sqlalchemy import select

from journal.accounts.models import Throttle
from journal.app import open_database
from journal.demo.people import PASSWORD
from tests.e2e.doors import clinic_link, comes_back, passes
from tests.screenshots.stage import Stage, fill, press

A_DAY = timedelta(hours=24, minutes=1)
NEW_PASSWORD = "harbour-kettle-window-seven"
NOBODY = "nobody@example.org"
TRIES = 5
NAME = "E-mail or sign-in name"


def sign_in(stage: Stage) -> None:
    page = stage.page()
    page.goto("/sign-in")
    stage.take(page, "sign-in", whole=True)
    press(page, "Sign in")
    stage.take(page, "sign-in-empty", whole=True)
    _type(page, "owen@example.org", "another password")
    stage.take(page, "sign-in-wrong", whole=True)
    _type(page, "owen@example.org", PASSWORD)
    stage.take(page, "sign-in-code", whole=True)
    fill(page, "The six digits from your code app", "000000")
    press(page, "Sign in")
    stage.take(page, "sign-in-code-wrong", whole=True)
    page.goto("/sign-in")
    for _ in range(TRIES):
        _type(page, NOBODY, PASSWORD)
    _waits(stage, timedelta(minutes=8))
    _type(page, NOBODY, PASSWORD)
    stage.take(page, "sign-in-too-often", whole=True)
    stage.api("desmond").post("/api/recovery-code", data={})
    page.goto("/sign-in")
    _type(page, "desmond@example.org", PASSWORD)
    press(page, "Use my recovery code")
    stage.take(page, "sign-in-recovery-code", whole=True)
    page.context.set_offline(True)
    fill(page, "Your recovery code", "7K2M")
    press(page, "Sign in")
    stage.take(page, "sign-in-offline", whole=True)
    page = stage.page("owen")
    page.context.clear_cookies()
    page.goto("/sign-in")
    stage.take(page, "sign-in-known", whole=True)


def desk_door(stage: Stage) -> None:
    page = stage.page()
    page.goto("/desk")
    stage.take(page, "desk-sign-in", whole=True)
    _type(page, "reyes@example.org", PASSWORD)
    stage.take(page, "desk-sign-in-code", whole=True)


def recover(stage: Stage) -> None:
    """Ruth has her card and her clinic's link, waits a day, and chooses a password."""
    page = stage.page()
    page.goto("/recover")
    stage.take(page, "recover", whole=True)
    press(page, "Begin")
    stage.take(page, "recover-name", whole=True)
    press(page, "Next")
    stage.take(page, "recover-name-empty", whole=True)
    fill(page, "Your e-mail or sign-in name", "ruth@example.org")
    press(page, "Next")
    stage.take(page, "recover-code", whole=True)
    press(page, "I do not have it")
    stage.take(page, "recover-link", whole=True)

    card = stage.api("ruth").post("/api/recovery-code", data={}).json()["code"]
    page = stage.page()
    page.goto(clinic_link(stage.api("sam"), "Ruth"))
    stage.take(page, "recover-with-link", whole=True)
    fill(page, "Your e-mail or sign-in name", "ruth@example.org")
    press(page, "Next")
    fill(page, "Recovery code", card)
    press(page, "Next")
    page.get_by_role("heading", name="Now please wait").wait_for()
    stage.take(page, "recover-waiting", whole=True)

    passes(stage.live, A_DAY)
    comes_back(page, A_DAY)
    stage.take(page, "recover-again", whole=True)
    _chooses(stage, page, "7K2M-0000", seen=True)
    page.get_by_text("That does not fit.").wait_for()
    stage.take(page, "recover-again-wrong", whole=True)
    _chooses(stage, page, card)
    secret = page.locator(".secret").inner_text().replace(" ", "")
    stage.take(page, "recover-code-app", whole=True)
    fill(page, "Then type the six digits it shows", pyotp.TOTP(secret).now())
    press(page, "Use this app")
    page.get_by_role("heading", name="You can sign in now.").wait_for()
    stage.take(page, "recover-done", whole=True)
    _refused(stage)


def _chooses(stage: Stage, page: Page, card: str, *, seen: bool = False) -> None:
    """Show the card again, and choose a password; with pictures of the steps when not `seen`."""

    def take(name: str) -> None:
        if seen:
            stage.take(page, name, whole=True)

    fill(page, "Recovery code", card)
    press(page, "Next")
    take("recover-lost")
    press(page, "Yes, stop the old ways to sign in")
    take("recover-choose")
    press(page, "With a password")
    take("recover-password")
    fill(page, "Password", NEW_PASSWORD)
    press(page, "Keep this password")
    page.wait_for_timeout(1500)


def _refused(stage: Stage) -> None:
    """What lies in this browser is nothing the server knows of, or knows of no more."""
    page = stage.page()
    page.goto("/recover")
    kept = json.dumps({"token": "0" * 43, "opens_at": "2026-01-01T00:00:00Z"})
    page.evaluate("(kept) => localStorage.setItem('journal.recovery', kept)", kept)
    page.reload()
    fill(page, "Recovery code", "7K2M-0000")
    press(page, "Next")
    press(page, "No, leave them")
    press(page, "With a passkey")
    page.get_by_text("It did not work.").wait_for()
    stage.take(page, "recover-refused", whole=True)


def _waits(stage: Stage, wait: timedelta) -> None:
    """Whoever has tried too often waits this long."""
    database = open_database(stage.live.settings)
    with database.session(writing=True) as session:
        for row in session.scalars(select(Throttle)):
            row.waits_until = datetime.now(UTC) + wait
    database.dispose()


def _type(page: Page, name: str, password: str) -> None:
    fill(page, NAME, name)
    fill(page, "Password", password)
    press(page, "Sign in")
    page.wait_for_timeout(1000)
