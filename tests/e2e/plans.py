"""What the tests of the safety screens share: a plan, and ways to look at both sides."""

import re
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import APIRequestContext, Locator, Page, expect

from tests.e2e.live import ROOT
from tests.e2e.people import sign_in
from tests.factories import new_id

PLAN: dict[str, Any] = {
    "plan-01": {"list": ["I stop answering messages."]},
    "plan-02": {
        "list": ["Walk to the sea wall and back."],
        "skills": [{"skill": "gr-room", "title": "Room roll call"}],
    },
    "plan-03": {"list": ["The library, upstairs."]},
    "plan-04": {"contacts": [{"name": "Nadia", "phone": "07700 900123"}]},
    "plan-05": {"contacts": [{"name": "The surgery", "phone": "020 7946 0538"}]},
    "plan-06": {"text": "Nadia keeps the key.", "held": "Nadia"},
    "plan-07": {"list": ["The choir in spring."]},
}

ICON = (ROOT / "frontend" / "public" / "icon-192.png").read_bytes()
PICTURED = PLAN | {"plan-08": {"picture": {"type": "image/png", "data": b64encode(ICON).decode()}}}


def written(
    device: APIRequestContext, guide: str, answers: dict[str, Any], *, days_ago: int = 0
) -> str:
    """Write an entry, now or as of days ago, from another device of this person; return its id."""
    id = str(new_id())
    body = {
        "revision": str(new_id()),
        "guide": guide,
        "edition": 1,
        "occurred_at": (datetime.now(UTC) - timedelta(days=days_ago)).isoformat(),
        "zone": "Europe/London",
        "answers": answers,
    }
    saved = device.put(f"/api/entries/{id}", data=body, headers={"If-None-Match": "*"})
    assert saved.status == 201, saved.text()
    return id


def open_at(page: Page, path: str, heading: str | re.Pattern[str]) -> None:
    """Go there and wait until its heading stands."""
    page.goto(path)
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()


def here_too(page: Page, entry: str) -> None:
    """Wait until this phone has heard of what another device wrote."""
    page.goto("/")
    page.goto(f"/entry/{entry}")
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()


def card(page: Page) -> Locator:
    """The card with help."""
    return page.get_by_role("region", name="Help, if you want it")


def page_of(therapist: APIRequestContext, name: str) -> tuple[int, bytes]:
    """What this therapist gets of a patient's page, but for the moment of asking."""
    people = [row["patient"] for row in therapist.get("/api/today").json()["patients"]]
    [patient] = [each["id"] for each in people if name in each["name"]]
    answer = therapist.get(f"/api/patients/{patient}/page")
    return answer.status, b"{" + answer.body().partition(b",")[2]


def begun(page: Page, device: APIRequestContext, who: str) -> str:
    """Sign in with the questions before a visit begun elsewhere; return the entry's id."""
    here = written(device, "pre", {"pre-01": {"text": "My sleep."}})
    sign_in(page, who)
    here_too(page, here)
    return here


def asked(page: Page, entry: str) -> None:
    """Open the question about thoughts of dying."""
    open_at(page, f"/entry/{entry}/edit?at=pre-07", re.compile("have you thought about dying"))
