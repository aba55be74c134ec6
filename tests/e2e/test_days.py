"""What comes and goes by the clock: the calm hours after a dose, the intention in the week."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import entries, ready_for_offline, sign_in

pytestmark = pytest.mark.screens


def test_the_calm_screen_goes_by_itself_when_the_hours_are_over(phone, api):
    [*_, dose] = api("maya").get("/api/care").json()["dosing_sessions"]
    clear = datetime.fromisoformat(dose["clear_at"])
    sign_in(phone, "maya")
    phone.goto("about:blank")
    phone.clock.install(time=clear - timedelta(minutes=2))
    phone.goto("/")
    leave = phone.get_by_role("button", name="Leave the calm screen")
    expect(leave).to_be_visible()
    assert look(phone) == "soft"
    phone.clock.fast_forward("01:00")
    expect(leave).to_be_visible()
    phone.clock.fast_forward("01:05")
    expect(phone.get_by_role("heading", name=re.compile("Maya"))).to_be_visible()
    assert look(phone) == "auto"


def look(page: Page) -> str:
    return page.evaluate("() => document.documentElement.dataset.look")


def test_in_the_calm_hours_home_says_when_to_call_in_few_lines(phone):
    sign_in(phone, "maya")
    phone.get_by_text("When to call", exact=True).click()
    lines = phone.locator("details[open]").get_by_role("listitem")
    assert 1 <= lines.count() <= 8
    expect(lines.first).to_contain_text("Chest pain")
    for number in ("999", "+44 20 7946 0163"):
        expect(phone.get_by_role("link", name=f"Call {number}")).to_be_visible()
    steady = phone.get_by_role("region", name="My steady list")
    expect(steady.get_by_role("link", name="Room roll call")).to_be_visible()


@pytest.mark.whole
def test_the_intention_is_shown_back_in_the_week_and_not_before(phone):
    intention = "What if I put the red pen down?"
    sign_in(phone, "hannah")
    ready_for_offline(phone)  # what she wrote before is on the phone
    for guide in ("day", "refl"):
        phone.goto(f"/guide/{guide}")
        for _ in range(8):
            expect(phone.get_by_role("heading", level=1)).to_be_visible()
            expect(phone.get_by_text(intention)).to_have_count(0)
            if not (on := phone.get_by_role("button", name="Next")).count():
                break
            on.click()
    phone.goto("/guide/week")
    keep = phone.get_by_role("heading", name="Of all that came up")
    on = phone.get_by_role("button", name="Skip").or_(phone.get_by_role("button", name="More"))
    for _ in range(12):
        expect(keep.or_(on).first).to_be_visible()
        if keep.count():
            break
        on.click()
    expect(keep).to_be_visible()
    expect(phone.get_by_text(intention)).to_be_visible()


def test_a_check_in_in_the_calm_hours_needs_no_number(phone, api):
    sign_in(phone, "maya")
    phone.goto("/check-in")
    between = phone.get_by_text("in between", exact=True)
    expect(between).to_be_visible()  # a phone that was just signed in asks first what day it is
    question, written, _ = phone.get_by_role("main").inner_text().partition("Nothing written yet.")
    assert written
    assert not re.search(r"\d", question)
    between.click()
    phone.get_by_role("button", name="Done", exact=True).click()
    expect(phone.get_by_role("button", name="Leave the calm screen")).to_be_visible()
    phone.goto("/journal")
    expect(phone.locator("a[href^='/entry/']").first).to_contain_text("Saved")
    told = [one["answers"] for one in entries(api("maya")) if one["guide"] == "check-in"]
    assert {"check-01": {"scale": 5}} in told
