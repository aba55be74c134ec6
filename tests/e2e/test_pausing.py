"""A patient pauses what somebody can read, and goes on with it."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import offline, ready_for_offline, sign_in, state
from tests.e2e.plans import page_of

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
    expect(phone.get_by_text(f"{REYES} can’t open it now.").first).to_be_visible()
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
    expect(phone.get_by_text(PAUSED)).to_be_visible()
    expect(phone.get_by_role("button", name="Go on")).to_be_visible()
    assert api("ruth").get("/api/grants").json()[0]["state"] == "paused"


def test_in_the_hours_after_a_dose_everything_can_be_paused_and_going_on_waits(phone, api):
    to_sharing(phone, "maya")
    phone.get_by_role("button", name="Pause everything").tap()
    expect(phone.get_by_text("All sharing is paused.")).to_be_visible()
    expect(phone.get_by_text("You can go on tomorrow at 9:00.")).to_have_count(2)
    expect(phone.get_by_role("button", name="Go on")).to_have_count(0)
    expect(phone.get_by_role("button", name="Stop sharing")).to_have_count(2)
    states = {grant["state"] for grant in api("maya").get("/api/grants").json()}
    assert states == {"paused"}
