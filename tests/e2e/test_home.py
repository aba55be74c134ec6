"""What home leads to: a check-in, small steps, questions of one's own, the note of the morning."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import ONLY_YOU, entries, offline, ready_for_offline, sign_in, state

pytestmark = pytest.mark.screens

QUESTION = "What would the cello say?"
CHANGED = "What would the cello leave out?"


def at(page: Page, moment: datetime) -> None:
    """The app is opened at this moment; from then on time goes on."""
    page.goto("about:blank")
    page.clock.install(time=moment)
    page.goto("/")


@pytest.mark.whole
@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
def test_a_check_in_is_two_taps_without_a_network_too(phone, api):
    sign_in(phone, "kasia")
    ready_for_offline(phone)
    before = len(entries(api("kasia")))
    with offline(phone):
        phone.goto("/check-in")
        expect(phone.get_by_role("radio", checked=True)).to_have_count(0)
        phone.get_by_text("7", exact=True).click()
        phone.get_by_role("button", name="Done", exact=True).click()
        expect(phone.get_by_role("status").filter(has_text="Checked in.")).to_be_visible()
        expect(phone.get_by_role("heading", name=re.compile("Kasia"))).to_be_visible()
        assert len(entries(api("kasia"))) == before
    expect(phone.get_by_text("No network.")).to_have_count(0)
    phone.goto("/journal")
    first = phone.locator("a[href^='/entry/']").first
    expect(first).to_contain_text("Check-in")
    expect(first).to_contain_text("Saved")
    kept = [one for one in entries(api("kasia")) if one["guide"] == "check-in"]
    assert {"check-01": {"scale": 7}} in [one["answers"] for one in kept]


def test_a_check_in_holds_more_and_an_empty_one_is_none(phone, api):
    sign_in(phone, "owen")
    before = len(entries(api("owen")))
    phone.goto("/check-in")
    phone.get_by_role("button", name="Not now").click()
    expect(phone.get_by_role("heading", name=re.compile("Owen"))).to_be_visible()
    phone.goto("/check-in")
    phone.get_by_role("button", name="A little more").click()
    phone.get_by_role("group", name="How is your pain right now?").get_by_text(
        "0", exact=True
    ).first.click()
    phone.get_by_role("button", name="Words that fit").click()
    phone.get_by_text("no words for it", exact=True).click()
    phone.get_by_label("Is there anything to note?").fill("Rain, and the kettle.")
    expect(state(phone)).to_contain_text(ONLY_YOU)
    phone.get_by_role("button", name="Done", exact=True).click()
    phone.wait_for_url("**/")
    phone.goto("/journal")
    expect(phone.locator("a[href^='/entry/']").first).to_contain_text("Saved")
    now = entries(api("owen"))
    assert len(now) == before + 1
    assert {
        "check-03": {"scale": 0},
        "check-04": {"words": ["no words for it"]},
        "check-05": {"text": "Rain, and the kettle."},
    } in [one["answers"] for one in now]


def test_a_question_of_ones_own_is_saved_answered_changed_and_deleted(phone, api):
    sign_in(phone, "leo")
    phone.goto("/questions")
    phone.get_by_role("button", name="Save my own question").click()
    phone.get_by_label("Your question").fill(QUESTION)
    phone.get_by_role("button", name="Save", exact=True).click()
    phone.get_by_role("button", name=f"Answer {QUESTION}").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(QUESTION)
    phone.get_by_role("textbox").fill("Less, and later.")
    expect(state(phone)).to_contain_text(ONLY_YOU)
    phone.get_by_role("button", name="Done", exact=True).click()
    expect(phone.get_by_text("Answered today")).to_be_visible()

    phone.get_by_role("button", name=f"Change the question {QUESTION}").click()
    phone.get_by_label("Your question").fill(CHANGED)
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.get_by_role("button", name=f"Answer {CHANGED}")).to_be_visible()
    expect(phone.get_by_text(QUESTION)).to_have_count(0)
    phone.goto("/journal")
    expect(phone.locator("a[href^='/entry/']").first).to_contain_text("Saved")
    phone.goto("/questions")
    phone.get_by_role("button", name=f"Change the question {CHANGED}").click()
    phone.get_by_role("button", name="Delete the question").click()
    expect(phone.get_by_text(CHANGED)).to_have_count(0)
    phone.get_by_role("button", name="Undo").click()
    expect(phone.get_by_role("button", name=f"Answer {CHANGED}")).to_be_visible()
    # The answer kept the question as it was.
    [answered] = [one for one in entries(api("leo")) if "Less, and later." in str(one)]
    assert answered["answers"]["own-question-01"] == {"text": QUESTION}


def test_two_extra_sets_stand_among_the_questions(phone):
    sign_in(phone, "hannah")
    phone.goto("/extras")
    for name in ("Anxiety", "Pain"):
        phone.get_by_role("button", name=f"Add {name}").click()
        expect(phone.get_by_role("button", name=f"Take off {name}")).to_be_visible()
    expect(phone.get_by_role("button", name="Add Eating")).to_be_disabled()
    expect(phone.get_by_role("link", name="Answer now Eating")).to_be_enabled()
    phone.goto("/questions")
    for name, count in (("Anxiety", 1), ("Pain", 1), ("Eating", 0)):
        expect(phone.get_by_role("link", name=re.compile(f"^{name}"))).to_have_count(count)
    phone.goto("/extras")
    phone.get_by_role("button", name="Take off Pain").click()
    expect(phone.get_by_role("button", name="Add Pain")).to_be_visible()
    phone.goto("/questions")
    expect(phone.get_by_role("link", name=re.compile("^Pain"))).to_have_count(0)


def test_a_small_step_gets_its_outcome_in_one_tap_and_back(phone, api):
    sign_in(phone, "leo")
    phone.get_by_role("link", name="Your small steps").click()
    step = phone.get_by_role("listitem").filter(has_text="One bar of the oboe")
    before = step.get_by_role("button", pressed=True).inner_text()
    step.get_by_role("button", name="Did it", exact=True).click()
    expect(step).to_have_count(0)
    phone.get_by_role("button", name="Undo").click()
    expect(step.get_by_role("button", pressed=True)).to_have_text(before)
    step.get_by_role("button", name="Not today").click()
    expect(step.get_by_role("button", pressed=True)).to_have_text("Not today")
    phone.goto("/journal")
    expect(phone.locator("a[href^='/entry/']").first).to_be_visible()
    expect(phone.get_by_text("On this phone")).to_have_count(0)
    [kept] = [one for one in entries(api("leo")) if "One bar of the oboe" in str(one)]
    assert kept["answers"]["week-03"]["step"]["status"] == "not-today"


def test_the_page_to_stay_well_is_printed_without_its_buttons(phone):
    sign_in(phone, "ruth")
    phone.get_by_text("Everything else").click()
    phone.get_by_role("link", name="Your stay-well plan").click()
    for part in ("Skills I keep", "My early signs", "When I see a sign", "In my corner"):
        expect(phone.get_by_role("heading", name=part)).to_be_visible()
    phone.emulate_media(media="print")
    expect(phone.get_by_role("heading", name="Skills I keep")).to_be_visible()
    for gone in (phone.get_by_role("button", name="Print"), phone.get_by_role("navigation")):
        expect(gone).to_be_hidden()


def test_the_note_of_the_morning_stays_until_it_is_put_away(phone, api):
    evening = [one for one in entries(api("desmond")) if "day-10" in one["answers"]][-1]
    asked = datetime.fromisoformat(evening["occurred_at"])
    note = phone.get_by_text("You asked for a note this morning.")
    phone.clock.install(time=asked.replace(hour=11) + timedelta(days=1))
    sign_in(phone, "desmond")
    expect(note).to_be_visible()
    phone.reload()
    expect(note).to_be_visible()
    phone.get_by_role("button", name="Put it away").click()
    expect(note).to_have_count(0)
    phone.reload()
    expect(phone.get_by_role("heading", name="Something else")).to_be_visible()
    expect(note).to_have_count(0)


def test_coming_back_is_said_without_a_word_about_the_days(phone):
    sign_in(phone, "owen")
    at(phone, datetime.now().astimezone() + timedelta(days=6))
    expect(phone.get_by_text("Welcome back. Start anywhere.")).to_be_visible()
    said = phone.get_by_role("main").inner_text()
    assert not re.search(r"missed|not written|last time|away", said, re.IGNORECASE)
