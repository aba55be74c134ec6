"""Passkeys, codes and the time that passes, for browser tests of signing in."""

import re
from datetime import UTC, datetime, timedelta

import pyotp
from playwright.sync_api import APIRequestContext, Page, expect
from sqlalchemy import select

from journal.accounts.models import LoginSession
from journal.accounts.proof_models import Recovery
from journal.app import open_database
from tests.e2e.live import Live


def passes(live: Live, by: timedelta) -> None:
    """Let time pass since the proofs and the recoveries the server remembers.

    Its own clock is everybody's, so it is they that are put further back.
    """
    database = open_database(live.settings)
    with database.session(writing=True) as session:
        for proved in session.scalars(select(LoginSession)):
            proved.proved_at -= by
        for asked in session.scalars(select(Recovery)):
            asked.opens_at -= by
    database.dispose()


def comes_back(page: Page, by: timedelta) -> None:
    """Open the way back in again when that time has passed.

    The page asks the server what time it is, so what it kept is put further back too.
    """
    page.evaluate(
        """(by) => {
          const kept = JSON.parse(localStorage.getItem("journal.recovery"));
          kept.opens_at = new Date(Date.parse(kept.opens_at) - by).toISOString();
          localStorage.setItem("journal.recovery", JSON.stringify(kept));
        }""",
        by / timedelta(milliseconds=1),
    )
    page.reload()


def fresh_code(secret: str) -> str:
    """A code that was not used yet: that of the next half minute is taken, too."""
    return pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30))


def clinic_link(admin: APIRequestContext, name: str) -> str:
    """Make a link back in for one of the clinic's people; return its address."""
    [person] = [one for one in admin.get("/api/clinic/people").json() if one["name"] == name]
    made = admin.post(f"/api/clinic/people/{person['id']}/recovery", data={})
    return made.json()["link"]


def security(page: Page, *, at: str = "/security") -> None:
    """Open the page about signing in and devices."""
    page.goto(at)
    expect(page.get_by_role("heading", name="Where you are signed in")).to_be_visible()


def add_passkey(page: Page) -> None:
    """Add one and come back to the list."""
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_label("What to call it")).to_have_value(re.compile(r"\w"))
    page.get_by_label("What to call it").fill("My own phone")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("button", name="Remove My own phone")).to_be_visible()


def prove(page: Page, password: str, code: str) -> None:
    """Show once more that it is you, with a password."""
    dialog = page.get_by_role("dialog", name="Please show that it is you")
    dialog.get_by_label("Password", exact=True).fill(password)
    dialog.get_by_label("The six digits from your code app").fill(code)
    dialog.get_by_role("button", name="Go on").click()
    expect(dialog).to_be_hidden()
