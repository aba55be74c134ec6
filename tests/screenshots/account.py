"""Signing in and devices: the page and all that opens on it, and what is asked over others."""

import re
from datetime import timedelta

from playwright.sync_api import Page

from tests.e2e.doors import add_passkey, clinic_link, passes, security
from tests.e2e.locks import own_unlock
from tests.screenshots.stage import Stage, fill, press

ALONE = timedelta(minutes=6)


def security_page(stage: Stage) -> None:
    page = _with_own_unlock(stage, "leo")
    stage.api("leo")  # another device
    page.goto("/")
    stage.take(page, "security-told-at-home", whole=True)
    security(page)
    stage.take(page, "security", whole=True)
    press(page, "Add a passkey")
    stage.take(page, "security-add-passkey", whole=True)
    press(page, "Not now")
    add_passkey(page)
    stage.take(page, "security-passkey-added", whole=True)
    press(page, "Remove My own phone")
    stage.take(page, "security-remove-passkey")
    press(page, "Keep it")
    press(page, "Stop using the code app")
    stage.take(page, "security-remove-code")
    press(page, "Keep it")
    press(page, "Sign out everywhere")
    stage.take(page, "security-everywhere")
    page.keyboard.press("Escape")
    _steps(stage, page)
    _under_way(stage, page)


def _steps(stage: Stage, page: Page) -> None:
    press(page, "Change the password")
    stage.take(page, "security-password", whole=True)
    fill(page, "Password", "too short")
    press(page, "Keep this password")
    stage.take(page, "security-password-short", whole=True)
    press(page, "Suggest one")
    stage.take(page, "security-password-drawn", whole=True)
    press(page, "Not now")
    press(page, "Set up another code app")
    page.get_by_role("img", name="QR code").wait_for()
    stage.take(page, "security-code", whole=True)
    fill(page, "Then type the six digits it shows", "000000")
    press(page, "Use this app")
    page.get_by_text("These digits do not fit.").wait_for()
    stage.take(page, "security-code-wrong", whole=True)
    press(page, "Not now")
    press(page, re.compile("^Make a (new )?recovery code$"))
    stage.take(page, "security-recovery", whole=True)
    press(page, "Show it to me")
    page.locator(".code").wait_for()
    press(page, "Copy it")
    stage.take(page, "security-recovery-card", whole=True)
    page.emulate_media(media="print")
    stage.take(page, "security-recovery-printed")
    page.emulate_media(media="screen")
    press(page, "I have kept it")


def _under_way(stage: Stage, page: Page) -> None:
    link = clinic_link(stage.api("sam"), "Leo").partition("#")[2]
    security(page)
    stage.take(page, "security-link-is-out", whole=True)
    card = stage.api("leo").post("/api/recovery-code", data={}).json()["code"]
    asked = {"email": "leo@example.org", "recovery_code": card, "link": link}
    stage.page().request.post("/api/recovery", data=asked, headers={"Origin": stage.live.url})
    security(page)
    stage.take(page, "security-asked-for", whole=True)
    press(page, "Stop it")
    stage.take(page, "security-stopped", whole=True)


def asked(stage: Stage) -> None:
    """What is asked over a screen: who it is, and whether somebody is still there."""
    page = _with_own_unlock(stage, "kasia")
    security(page)
    add_passkey(page)
    therapist = stage.api("okafor").get("/api/session").json()["id"]
    page.goto(f"/sharing/give/{therapist}")
    page.get_by_role("checkbox").first.check()
    passes(stage.live, ALONE)
    page.get_by_role("button", name=re.compile("^Share with ")).click()
    page.get_by_role("button", name="Use a passkey").wait_for()
    stage.take(page, "step-up-passkey")
    press(page, "Use the password")
    stage.take(page, "step-up-password")
    fill(page, "Password", "another one")
    fill(page, "The six digits from your code app", "000000")
    press(page, "Go on")
    page.get_by_text("That did not fit.").wait_for()
    stage.take(page, "step-up-wrong")

    page = stage.page()
    page.clock.install()
    stage.sign_in(page, "owen")
    page.clock.fast_forward("28:30")
    stage.take(page, "staying")


def desk_account(stage: Stage) -> None:
    page = stage.page()
    own_unlock(page, prf=False)
    page.clock.install()
    stage.sign_in(page, "reyes", at="/desk")
    stage.api("reyes")  # another device
    page.reload()
    page.wait_for_timeout(1500)
    stage.take(page, "desk-told")
    security(page, at="/desk/account")
    stage.take(page, "desk-account", whole=True)
    press(page, "Add a passkey")
    stage.take(page, "desk-account-add-passkey")
    press(page, "Not now")
    page.clock.fast_forward("02:30")
    stage.take(page, "desk-covered")
    page.clock.fast_forward("11:00")
    stage.take(page, "desk-staying")


def _with_own_unlock(stage: Stage, who: str) -> Page:
    page = stage.page()
    own_unlock(page, prf=True)
    stage.sign_in(page, who)
    return page
