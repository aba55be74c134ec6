"""A patient on a phone: write, leave, come back, read, change, bring back."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import HERE
from tests.e2e.people import (
    ONLY_YOU,
    SAVED,
    entries,
    kept,
    revisions,
    sign_in,
    state,
    write,
    write_freely,
)

pytestmark = pytest.mark.screens

TOLD = "The bus stood at the terminus with its lights off."
CARDS = re.compile("When you are ready|You stopped here|From the evening of your session")
NEW = "The driver was in no hurry."


@pytest.mark.parametrize(
    ("who", "stage"),
    [
        ("owen", "Getting ready."),
        ("hannah", "The week after your second session."),
        ("leo", "You meet Dr Ana Reyes tomorrow at 10:00."),
        ("kasia", "Between sessions."),
    ],
)
def test_home_says_where_you_are_and_offers_one_thing(phone, who, stage):
    sign_in(phone, who)
    expect(phone.get_by_text(stage)).to_be_visible()
    one_thing(phone)


def test_home_counts_the_days_after_a_dose_by_the_calendar(phone, api):
    """Before ten in the morning the demo lays this dose two days back."""
    [*_, dose] = api("desmond").get("/api/care").json()["dosing_sessions"]
    here = ZoneInfo(HERE["timezone_id"])
    days = (
        datetime.now(here).date()
        - datetime.fromisoformat(dose["started_at"]).astimezone(here).date()
    )
    said = {1: "The day after", 2: "Two days after"}[days.days]
    sign_in(phone, "desmond")
    expect(phone.get_by_text(f"{said} your second session.")).to_be_visible()
    one_thing(phone)


def one_thing(phone: Page) -> None:
    ready = phone.get_by_role("heading", name=CARDS)
    expect(ready).to_have_count(1)
    card = phone.get_by_role("region").filter(has=ready)
    expect(card.get_by_role("link")).to_have_count(1)


def test_the_hours_after_a_dose_ask_one_thing(phone):
    sign_in(phone, "maya")
    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Is there anything you want to save? One word is fine."
    )
    phone.get_by_role("button", name="Leave the calm screen").click()
    expect(phone.get_by_role("heading", name=re.compile("Maya"))).to_be_visible()


def test_a_reflection_is_left_at_its_third_question_and_found_there(phone, api):
    sign_in(phone, "hannah")
    phone.get_by_role("link", name="Other questions").click()
    phone.get_by_role("link", name=re.compile("The next day or two")).click()

    question(phone, "Tell it the way it comes.")
    write(phone, TOLD)
    kept(phone)
    expect(state(phone)).to_contain_text(ONLY_YOU)
    phone.get_by_role("button", name="Next").click()

    question(phone, "Which part stays with you most?")
    phone.get_by_role("button", name="Skip").click()

    question(phone, "Did anything look new")
    write(phone, NEW)
    phone.get_by_role("button", name="Done for now").click()

    expect(phone.get_by_role("heading", name="You stopped here")).to_be_visible()
    expect(phone.get_by_text("Did anything look new")).to_be_visible()
    phone.reload()
    phone.get_by_role("link", name="Go on").click()
    question(phone, "Did anything look new")
    expect(phone.get_by_role("textbox")).to_have_value(NEW)
    phone.get_by_role("button", name="Back").click()
    question(phone, "Which part stays with you most?")
    expect(phone.get_by_role("textbox")).to_have_value("")
    phone.get_by_role("button", name="Back").click()
    expect(phone.get_by_role("textbox")).to_have_value(TOLD)

    for _ in range(3):
        phone.get_by_role("button", name="Next").click()
    question(phone, "Was any part hard or scary?")
    phone.get_by_role("radio", name="no", exact=True).check()
    phone.get_by_role("button", name="Next").click()
    phone.get_by_role("button", name="Stop here").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "You can rest here. It can stay as it is."
    )
    expect(state(phone)).to_have_text(re.compile(rf"Saved \d+:\d\d\. {ONLY_YOU}"))

    [found] = [one for one in entries(api("hannah")) if TOLD in str(one["answers"])]
    assert found["answers"]["refl-01"] == {"text": TOLD}
    assert found["answers"]["refl-02"] == {"state": "skipped"}
    assert found["answers"]["refl-04"] == {"text": NEW}
    assert found["answers"]["refl-05"] == {"choice": "no"}


def question(page: Page, words: str) -> None:
    """One question is on the screen, with the three ways on that are always there."""
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_count(1)
    expect(heading).to_contain_text(words)
    for way in ("Back", "Skip", "Done for now"):
        expect(page.get_by_role("button", name=way)).to_be_in_viewport(ratio=1)


@pytest.mark.whole
def test_opening_and_leaving_a_blank_page_makes_nothing(phone, api):
    sign_in(phone, "owen")
    device = api("owen")
    before = len(entries(device))
    phone.goto("/write")
    expect(phone.get_by_role("status")).to_contain_text("Nothing written yet.")
    phone.get_by_role("button", name="Not now").click()
    phone.wait_for_url("**/")
    phone.goto("/capture")
    phone.get_by_role("button", name="Not now").click()
    phone.wait_for_url("**/")
    phone.goto("/guide/refl")
    phone.get_by_role("button", name="Done for now").click()
    phone.wait_for_url("**/")
    phone.goto("/journal")
    expect(phone.get_by_role("heading", name="Your journal")).to_be_visible()
    expect(phone.locator("a[href^='/entry/']")).to_have_count(before)
    assert len(entries(device)) == before


def test_one_word_is_enough(phone, api):
    sign_in(phone, "ruth")
    phone.goto("/write")
    write(phone, "Kestrel")
    phone.get_by_role("button", name="Done", exact=True).click()
    phone.get_by_role("link", name="Journal").click()
    expect(phone.locator("a[href^='/entry/']").first).to_contain_text("Kestrel")
    expect(phone.locator("a[href^='/entry/']").first).to_contain_text("Saved")
    assert [one["guide"] for one in entries(api("ruth")) if "Kestrel" in str(one)] == ["free"]


def test_an_entry_is_changed_and_its_first_text_brought_back(phone, api):
    first, second = "Forty bars of rest today.", "Forty-one bars of rest today, counted twice."
    sign_in(phone, "leo")
    id = write_freely(phone, first)
    expect(state(phone)).to_contain_text(SAVED)
    expect(state(phone)).to_contain_text(ONLY_YOU)

    phone.get_by_role("link", name="Change it").click()
    phone.get_by_role("textbox").fill(second)
    kept(phone)
    phone.get_by_role("button", name="Done", exact=True).click()
    expect(phone.get_by_text(second)).to_be_visible()
    expect(state(phone)).to_contain_text(SAVED)

    phone.get_by_role("link", name="Earlier versions").click()
    expect(phone.get_by_role("listitem")).to_have_count(2)
    expect(phone.get_by_role("listitem").nth(0)).to_contain_text(second)
    expect(phone.get_by_role("listitem").nth(1)).to_contain_text(first)
    phone.get_by_role("button", name="Bring this back").click()
    expect(phone.get_by_role("paragraph").filter(has_text=first)).to_be_visible()
    expect(state(phone)).to_contain_text(SAVED)
    texts = [one["answers"]["free-01"]["text"] for one in revisions(api("leo"), id)]
    assert texts == [first, second, first]
