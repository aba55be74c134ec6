"""A patient pauses what somebody can read, goes on with it, renews it, and is asked to share."""

import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import DESK, PHONE
from tests.e2e.live import Live
from tests.e2e.people import IN_THE_MORNING, offline, ready_for_offline, sign_in, state
from tests.e2e.plans import here_too, page_of, written

pytestmark = pytest.mark.screens

REYES = "Dr Ana Reyes"
PAUSED = f"Paused. {REYES} can read nothing until you go on. What you handed over stays."
WORDS = b"Forty bars of rest"


def to_sharing(page: Page, who: str) -> None:
    sign_in(page, who)
    page.get_by_role("link", name="Sharing").click()
    expect(page.get_by_role("button", name="Pause", exact=True).first).to_be_visible()


def test_pausing_takes_one_tap_and_going_on_another(phone, api):
    to_sharing(phone, "leo")
    therapist = api("reyes")
    assert WORDS in page_of(therapist, "Leo")[1]
    phone.get_by_role("button", name="Pause", exact=True).tap()
    expect(phone.get_by_text(PAUSED)).to_be_visible()
    assert WORDS not in page_of(therapist, "Leo")[1]

    phone.get_by_role("link", name="Journal").click()
    phone.locator("a[href^='/entry/']").filter(has_text="Forty bars of rest").first.click()
    expect(state(phone)).to_contain_text("What you handed over is closed for now.")
    phone.get_by_role("link", name="Hand over").click()
    expect(phone.get_by_text("Nothing can be handed over until you go on.")).to_be_visible()
    phone.get_by_role("link", name="Back to sharing").click()

    phone.get_by_role("button", name="Go on", exact=True).tap()
    expect(phone.get_by_text(f"You went on. {REYES} can read")).to_be_visible()
    expect(phone.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    assert WORDS in page_of(therapist, "Leo")[1]


@pytest.mark.whole
@pytest.mark.console_errors("Failed to load resource")
def test_a_pause_made_without_a_network_is_the_first_thing_sent(phone, api):
    sign_in(phone, "ruth")
    ready_for_offline(phone)
    phone.get_by_role("link", name="Sharing").click()
    button = phone.get_by_role("button", name="Pause", exact=True)
    expect(button).to_be_visible()
    with offline(phone):
        button.focus()
        phone.keyboard.press("Enter")
        expect(phone.get_by_text("You paused. This phone tells your clinic")).to_be_visible()
        expect(phone.get_by_role("button", name="Go on")).to_have_count(0)
        assert api("ruth").get("/api/grants").json()[0]["state"] == "in_force"
        phone.get_by_role("link", name="Journal").click()
        entry = api("ruth").get("/api/excerpts").json()[0]["entry_id"]
        phone.locator(f"a[href='/entry/{entry}']").click()
        expect(state(phone)).to_contain_text("may still read it.")
        expect(phone.get_by_text("Only you can read this.")).to_have_count(0)
        phone.get_by_role("link", name="Sharing", exact=True).click()
    expect(phone.get_by_text(PAUSED)).to_be_visible()
    expect(phone.get_by_role("button", name="Go on")).to_be_visible()
    assert api("ruth").get("/api/grants").json()[0]["state"] == "paused"


@pytest.mark.console_errors("Failed to load resource")
def test_an_answer_that_was_lost_is_asked_after(phone, api):
    to_sharing(phone, "leo")
    phone.get_by_role("button", name="Pause", exact=True).tap()
    button = phone.get_by_role("button", name="Go on", exact=True)
    expect(button).to_be_visible()

    phone.route("**/resume", lambda route: route.abort("connectionreset"))
    button.tap()
    expect(phone.get_by_text("No answer came. Sharing is still paused.")).to_be_visible()
    phone.unroute("**/resume")

    phone.route("**/resume", answer_lost)
    button.tap()
    expect(phone.get_by_text(f"You went on. {REYES} can read")).to_be_visible()
    assert api("leo").get("/api/grants").json()[0]["state"] == "in_force"


@pytest.mark.console_errors("Failed to load resource")
def test_stopping_waits_for_nothing_else(phone, api):
    to_sharing(phone, "desmond")
    phone.get_by_role("button", name="Pause", exact=True).tap()
    kept: list[Route] = []
    phone.route("**/resume", lambda route: kept.append(route))
    phone.get_by_role("button", name="Go on", exact=True).tap()
    phone.get_by_role("button", name="Stop sharing").tap()
    phone.get_by_role("dialog").get_by_role("button", name="Stop sharing").tap()
    expect(
        phone.get_by_text(re.compile(r"^Stopped\. .* can read nothing of yours\.$"))
    ).to_be_visible()
    assert api("desmond").get("/api/grants").json()[0]["state"] == "withdrawn"
    assert len(kept) == 1
    kept[0].abort()


def test_where_sharing_is_paused_telling_says_so(phone, api):
    to_sharing(phone, "leo")
    phone.get_by_role("button", name="Pause", exact=True).tap()
    expect(phone.get_by_text(PAUSED)).to_be_visible()
    entry = written(api("leo"), "free", {"free-01": {"text": "A quiet week."}})
    here_too(phone, entry)
    phone.goto(f"/entry/{entry}/tell")
    expect(phone.get_by_text(f"Sharing with {REYES} is paused.")).to_be_visible()
    expect(phone.get_by_text("You do not share with a therapist now.")).to_have_count(0)
    phone.get_by_role("link", name="Look at sharing").click()
    phone.get_by_role("button", name="Go on", exact=True).tap()
    expect(phone.get_by_text(f"You went on. {REYES} can read")).to_be_visible()


def test_in_the_hours_after_a_dose_everything_can_be_paused_and_going_on_waits(phone, api):
    to_sharing(phone, "maya")
    phone.get_by_role("button", name="Pause everything").tap()
    expect(phone.get_by_text("All sharing is paused.")).to_be_visible()
    waits = re.compile(f"You can go on {IN_THE_MORNING}")
    expect(phone.get_by_text(waits)).to_have_count(2)
    expect(phone.get_by_role("button", name="Go on")).to_have_count(0)
    expect(phone.get_by_role("button", name="Stop sharing")).to_have_count(2)
    states = {grant["state"] for grant in api("maya").get("/api/grants").json()}
    assert states == {"paused"}


def test_a_therapist_asks_once_and_learns_nothing_more(open_page, api):
    api("owen").post("/api/withdraw-everything")
    phone, desk = open_page(PHONE), open_page(DESK)
    sign_in(desk, "okafor", at="/desk")
    desk.get_by_role("button", name="Owen").click()
    desk.get_by_role("button", name="Ask to share").click()
    line = desk.get_by_text(re.compile(r"^You asked on \d+ \w+\.$"))
    expect(line).to_be_focused()

    sign_in(phone, "owen")
    phone.get_by_role("link", name="Sharing").click()
    asks = phone.get_by_text("Tom Okafor would like to read what you choose to hand over.")
    expect(asks).to_be_visible()
    phone.get_by_role("link", name="Look at it").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Share with Tom Okafor")
    phone.get_by_role("link", name="Not now").click()
    phone.get_by_role("button", name="Not now").click()
    expect(phone.get_by_text("Set aside. Tom Okafor is not told.")).to_be_visible()
    expect(asks).to_have_count(0)
    expect(phone.get_by_role("link", name="Share with Tom Okafor")).to_be_visible()
    assert api("owen").get("/api/asks").json() == []

    desk.reload()
    desk.get_by_role("button", name="Owen").click()
    expect(line).to_be_visible()
    expect(desk.get_by_role("button", name="Ask to share")).to_have_count(0)


def test_a_receipt_is_kept_as_a_page_and_as_a_file(phone, api):
    sign_in(phone, "desmond")
    phone.get_by_role("link", name="Sharing").click()
    phone.get_by_role("link", name="Your receipt of").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("What you agreed to")
    page = phone.get_by_role("article")
    expect(page.get_by_role("heading", name="Who is sharing")).to_be_visible()
    expect(page).to_contain_text("You agreed.")
    expect(page).not_to_contain_text("{therapist}")
    with phone.expect_download() as coming:
        phone.get_by_role("button", name="Save as a file").click()
    expect(phone.get_by_text("The file is where")).to_be_visible()
    grant = phone.url.rpartition("/")[2]
    assert re.fullmatch(r"receipt-\d{4}-\d\d-\d\d\.json", coming.value.suggested_filename)
    saved = json.loads(coming.value.path().read_text("utf-8"))
    told = api("desmond").get(f"/api/grants/{grant}/receipt").json()
    assert saved | {"issued_at": ""} == told | {"issued_at": ""}


def test_near_its_end_sharing_is_renewed_with_what_was_chosen_before(phone):
    sign_in(phone, "kasia")
    phone.goto("/sharing")
    phone.get_by_role("link", name="Share with Tom Okafor").click()
    phone.get_by_role("checkbox", name="Reflections").check()
    soon = datetime.now(UTC) + timedelta(days=9)
    phone.get_by_label("Last day").fill(f"{soon:%Y-%m-%d}")
    phone.get_by_role("button", name="Share with Tom Okafor").click()
    expect(phone.get_by_text(f"until {soon.day} {soon:%B}")).to_be_visible()
    expect(phone.get_by_text("Then it ends by itself.")).to_be_visible()

    phone.get_by_role("link", name="Renew", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Renew sharing with Tom Okafor")
    expect(phone.get_by_role("checkbox", checked=True)).to_have_count(1)
    expect(phone.get_by_role("checkbox", name="Reflections")).to_be_checked()
    phone.get_by_role("checkbox", name="Check-ins").check()
    phone.get_by_role("button", name="Renew", exact=True).click()
    expect(phone.get_by_text("check-ins, reflections.")).to_be_visible()
    expect(phone.get_by_text("Then it ends by itself.")).to_have_count(0)
    expect(phone.get_by_role("link", name="Share more kinds, or for longer")).to_be_visible()


def test_a_newer_text_is_agreed_to_before_anything_is_read_again(phone, api, live):
    [grant] = api("hannah").get("/api/grants").json()
    agreed_to_an_older_text(live, grant["id"])
    therapist = api("okafor")
    before = page_of(therapist, "Hannah")[1]
    assert b'"excerpts":[]' in before
    sign_in(phone, "hannah")
    phone.get_by_role("link", name="Sharing").click()
    expect(phone.get_by_text("Tom Okafor can read nothing until you agree to it.")).to_be_visible()
    phone.get_by_role("link", name="Look at the newer text").click()
    expect(phone.get_by_text("The agreement has a newer text.")).to_be_visible()
    expect(phone.get_by_role("group").get_by_role("heading", level=3).first).to_be_visible()
    phone.get_by_role("button", name="Renew", exact=True).click()
    expect(phone.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    assert b'"excerpts":[]' not in page_of(therapist, "Hannah")[1]


@pytest.mark.console_errors("Failed to load resource")
def test_a_pause_stays_when_sharing_is_renewed_unless_it_is_ended_there(phone, api, live):
    grant = api("hannah").get("/api/grants").json()[0]
    api("hannah").post(f"/api/grants/{grant['id']}/pause")
    agreed_to_an_older_text(live, grant["id"])
    sign_in(phone, "hannah")
    phone.get_by_role("link", name="Sharing").click()
    expect(
        phone.get_by_text("The agreement has a newer text, and sharing is paused.")
    ).to_be_visible()
    phone.get_by_role("link", name="Look at the newer text").click()
    expect(phone.get_by_role("radio", name="Stay paused")).to_be_checked()
    # On another device they go on and pause once more while this one is read.
    pause = api("hannah").get("/api/grants").json()[0]["pause"]
    api("hannah").post(f"/api/grants/{grant['id']}/resume", data={"pause": pause})
    api("hannah").post(f"/api/grants/{grant['id']}/pause")
    phone.get_by_role("radio", name="End the pause").check()
    phone.get_by_role("button", name="Renew", exact=True).click()
    expect(phone.get_by_text("Something has changed since.")).to_be_visible()
    expect(phone.get_by_role("radio", name="Stay paused")).to_be_checked()
    phone.get_by_role("button", name="Renew", exact=True).click()
    expect(phone.get_by_text("Paused. Tom Okafor can read nothing")).to_be_visible()


def answer_lost(route: Route) -> None:
    """The server does it, and the phone never hears."""
    route.fetch()
    route.abort("connectionreset")


def agreed_to_an_older_text(live: Live, grant: str) -> None:
    """As if the clinic had taken a newer edition of the agreement since."""
    with closing(sqlite3.connect(live.folder / "journal.db", timeout=30)) as there, there:
        older = 'UPDATE "grant" SET agreement_edition = 0 WHERE id IN (?, ?)'
        assert there.execute(older, (grant, UUID(grant).hex)).rowcount == 1


def test_a_pause_that_came_with_a_late_dose_says_so(phone, api):
    """The last of this file: for the rest of the day Leo's sharing stays paused."""
    to_sharing(phone, "leo")
    phone.get_by_role("button", name="Pause", exact=True).tap()
    phone.get_by_role("button", name="Go on", exact=True).tap()
    expect(phone.get_by_text(f"You went on. {REYES} can read")).to_be_visible()
    began = datetime.now(ZoneInfo("Europe/London")) - timedelta(hours=1)
    leo = api("leo").get("/api/session").json()["id"]
    dose = {"patient_id": leo, "starts": f"{began:%Y-%m-%dT%H:%M}", "ends": None, "route": "oral"}
    path, new = f"/api/clinic/dosing-sessions/{uuid4()}", {"If-None-Match": "*"}
    put = api("sam").put(path, data=dose, headers=new)
    assert put.ok, put.text()
    phone.reload()
    why = "Paused: your clinic wrote down a session for that day."
    expect(phone.get_by_text(f"{why} {REYES} can read nothing")).to_be_visible()
