"""Sam at the clinic's desk: a session by hand, a table with two bad rows, the settings."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import APIRequestContext, Page, expect

from tests.e2e.conftest import DESK, PHONE
from tests.e2e.people import sign_in, tab_to
from tests.e2e.test_accessibility import OVERFLOW, SIZES, SMALL, look_at

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


def of_hannah(other: APIRequestContext) -> dict[str, Any]:
    """Her session as it stands, looked at from another desk."""
    found = other.get(f"/api/clinic/schedule?from={day(20)}&to={day(20)}").json()
    [mine] = [one for one in found["dosing_sessions"] if one["patient"]["name"] == "Hannah"]
    return mine


def move(other: APIRequestContext, clock: str) -> None:
    row = of_hannah(other)
    sent = {"patient_id": row["patient"]["id"], "starts": f"{day(20)}T{clock}", "ends": None}
    answer = other.put(
        f"/api/clinic/dosing-sessions/{row['id']}",
        data={**sent, "route": "im"},
        headers={"If-Match": f'"{row["edition"]}"'},
    )
    assert answer.ok, answer.text()


def two_at_one_session(page: Page, other: APIRequestContext) -> None:
    """Somebody else moves it while it is open here: nothing is lost before a person has chosen."""
    row = page.get_by_role("listitem").filter(has_text="Hannah").filter(has_text="(IM)")
    row.get_by_role("button").click()
    page.get_by_label("Begins").fill("14:30")
    move(other, "15:00")
    page.get_by_role("button", name="Save", exact=True).click()
    choice = page.get_by_role("region", name="Somebody else changed this meanwhile.")
    expect(choice).to_be_focused()
    expect(choice.get_by_role("definition")).to_have_text(["Yours 14:30", "Theirs 15:00"])
    expect(page.get_by_label("Begins")).to_have_value("14:30")
    assert of_hannah(other)["edition"] == 2, "nothing is written before somebody chose"
    sound(page)
    choice.get_by_role("button", name="Save mine over it").click()
    expect(row).to_contain_text("14:30")
    row.get_by_role("button").click()
    page.get_by_label("How it is given").select_option(label="oral")
    move(other, "16:00")
    page.get_by_role("button", name="This session does not take place").click()
    page.get_by_role("button", name="Take it out", exact=True).click()
    expect(choice).to_contain_text("It is still in the calendar, as they left it.")
    expect(choice.get_by_role("definition")).to_have_text(["Before 14:30", "Now 16:00"])
    choice.get_by_role("button", name="Leave it in").click()
    expect(row).to_contain_text("16:00")


@pytest.mark.console_errors("Failed to load resource")  # each 409
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
    two_at_one_session(page, api("sam"))

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


@pytest.mark.console_errors("Failed to load resource")  # the 409
def test_what_sam_sets_stands_on_help(open_page, api):
    page = open_page(DESK)
    admin(page, "settings")
    expect(page.get_by_label("Name of the clinic")).to_have_value("Alder Lane Clinic (demo)")
    page.get_by_label("What Help says about the hours when nobody answers").fill(NIGHT)
    page.get_by_role("button", name="I rang them all today").click()
    other = api("sam")
    found = other.get("/api/clinic/settings").json()
    aside = {"edition", "numbers", "response_plan", "regions"}
    sent = {name: value for name, value in found.items() if name not in aside}
    theirs = {**sent, "out_of_hours": "Nobody is there at night.", "course_sessions": 7}
    tag = {"If-Match": f'"{found["edition"]}"'}
    assert other.put("/api/clinic/settings", data=theirs, headers=tag).ok
    page.get_by_role("button", name="Save", exact=True).click()
    choice = page.get_by_role("region", name="Somebody else changed the settings meanwhile.")
    expect(choice).to_contain_text(f"Yours {NIGHT}")
    expect(choice).to_contain_text("Theirs Nobody is there at night.")
    expect(page.get_by_label("Sessions in a course")).to_have_value("7")  # not touched here
    sound(page)
    choice.get_by_role("button", name="Save mine over them").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(page.get_by_text("Last rung and found right on")).to_be_visible()
    phone = open_page(PHONE)
    phone.goto("/help")
    expect(phone.get_by_text(NIGHT)).to_be_visible()
