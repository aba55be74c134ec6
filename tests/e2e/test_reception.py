"""Sam at the clinic's desk: a session by hand, a table with two bad rows, the settings."""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, PHONE
from tests.e2e.people import sign_in, tab_to
from tests.e2e.test_accessibility import OVERFLOW, SIZES, SMALL, look_at

pytestmark = pytest.mark.screens

NIGHT = "At night ring the second number. Nobody reads a journal."


@cache
def day(ahead: int) -> str:
    """A day to come, at the clinic."""
    return f"{datetime.now(ZoneInfo('Europe/London')) + timedelta(days=ahead):%Y-%m-%d}"


def admin(page: Page, place: str) -> None:
    sign_in(page, "sam", at=f"/desk/{place}")


def sound(page: Page) -> None:
    """Nothing for axe, nothing too small for a finger, nothing cut off at twice the size."""
    assert look_at(page) == []
    assert page.evaluate(SMALL, SIZES) == []
    assert page.evaluate(OVERFLOW) == []


def test_sam_enters_a_session_and_brings_in_a_table_with_two_bad_rows(open_page, api):
    page = open_page(DESK)
    admin(page, "calendar")
    expect(page.get_by_role("button", name="Enter a session")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Enter a session").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("This is needed.")).to_have_count(3)
    sound(page)
    page.get_by_label("Patient").select_option(label="Hannah")
    page.get_by_label("Day").fill(day(20))
    page.get_by_label("Begins").fill("13:00")
    page.get_by_label("How it is given").select_option(label="injection (IM)")
    tab_to(page, "Save", role="button")
    page.keyboard.press("Enter")
    row = page.get_by_role("listitem").filter(has_text="13:00").filter(has_text="Hannah")
    expect(row).to_contain_text("injection (IM)")
    sessions = api("hannah").get("/api/care").json()["dosing_sessions"]
    assert sessions[-1]["route"] == "im"
    assert sessions[-1]["started_at"].startswith(day(20))

    def sessions_of(who: str) -> int:
        return len(api(who).get("/api/care").json()["dosing_sessions"])

    before = sessions_of("maya")
    page.get_by_role("button", name="Bring in a file").click()
    table = f"patient;date;time;route\nKasia;{day(21)};13:00;nasal\nKazia;{day(22)};13:00;nasal\n"
    table += f"Leo;{day(23)};25:00;im\n"
    file = {"name": "sessions.csv", "mimeType": "text/csv", "buffer": table.encode("utf-8-sig")}
    page.get_by_label("Choose a file").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("2 things do not fit")).to_be_visible()
    wrong = page.get_by_role("row").filter(has=page.get_by_role("rowheader"))
    expect(wrong).to_have_count(2)
    expect(wrong.nth(0)).to_contain_text("Nobody called this is a patient of your clinic.")
    expect(wrong.nth(0)).to_contain_text("Kazia")
    expect(wrong.nth(1)).to_contain_text("Write the time as 13:00.")
    sound(page)
    rows = page.get_by_label("Its rows. You can mend them here")
    rows.fill(table.replace("Kazia", "Maya").replace("25:00", "15:00"))
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("This is what it would do: 3 are new")).to_be_visible()
    assert sessions_of("maya") == before
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("Done: 3 are new")).to_be_visible()
    assert sessions_of("maya") == before + 1
    page.get_by_role("button", name="Back to the calendar").click()
    last = page.get_by_role("listitem").filter(has_text="Leo").filter(has_text="15:00")
    expect(last).to_be_visible()


def test_what_sam_sets_stands_on_help(open_page):
    page = open_page(DESK)
    admin(page, "settings")
    expect(page.get_by_label("Name of the clinic")).to_have_value("Alder Lane Clinic (demo)")
    page.get_by_label("What Help says about the hours when nobody answers").fill(NIGHT)
    page.get_by_role("button", name="I rang them all today").click()
    sound(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(page.get_by_text("Last rung and found right on")).to_be_visible()
    phone = open_page(PHONE)
    phone.goto("/help")
    expect(phone.get_by_text(NIGHT)).to_be_visible()
