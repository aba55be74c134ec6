"""What goes across again after a change, what goes as it is saved, and a passage by keys alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.hands import named
from tests.e2e.people import (
    IN_THE_MORNING,
    entries_with,
    offline,
    ready_for_offline,
    saved_entry,
    sign_in,
    state,
    write_freely,
)
from tests.factories import new_id

pytestmark = pytest.mark.screens

REYES = "Dr Ana Reyes"
EARLIER = f"{REYES} still sees the earlier words."


@pytest.fixture
def leo(phone):
    sign_in(phone, "leo")
    return phone


def page_words(api, therapist: str, name: str) -> str:
    """The words this therapist gets of somebody now."""
    device = api(therapist)
    [patient] = [
        row["patient"]["id"]
        for row in device.get("/api/today").json()["patients"]
        if row["patient"]["name"] == name
    ]
    return device.get(f"/api/patients/{patient}/page").text()


def hand_over(page: Page, how: str) -> None:
    page.get_by_role("link", name="Hand over").click()
    page.get_by_role("radio", name=how).check()


def done(page: Page) -> None:
    page.get_by_role("button", name="Hand over", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Handed to {REYES}.")
    page.get_by_role("link", name="Back to what you wrote").click()


def change(page: Page, words: str) -> None:
    page.get_by_role("link", name="Change it").first.click()
    page.get_by_role("textbox").first.fill(words)
    page.get_by_role("button", name="Done", exact=True).click()
    expect(state(page)).to_contain_text("Saved")


def test_after_a_change_the_earlier_words_are_said_and_replaced_by_one_tap(leo, api):
    entry = write_freely(leo, "Resin on the bow, the first of it.")
    hand_over(leo, "All of it")
    done(leo)
    expect(leo.get_by_text(EARLIER)).to_have_count(0)
    change(leo, "Resin on the bow, and dust on the floor.")
    expect(leo.get_by_text(EARLIER)).to_be_visible()
    assert "the first of it" in page_words(api, "reyes", "Leo")

    leo.get_by_role("button", name="Update what was handed over").tap()
    expect(leo.get_by_text("Updated.")).to_be_visible()
    expect(leo.get_by_text(EARLIER)).to_have_count(0)
    now = page_words(api, "reyes", "Leo")
    assert "dust on the floor" in now
    assert "the first of it" not in now
    mine = [one for one in api("leo").get("/api/excerpts").json() if one["entry_id"] == entry]
    assert len(mine) == 1


def test_a_passage_is_chosen_again_and_takes_the_place_of_the_first(leo, api):
    write_freely(leo, "Keep this one. Give the yellow one.")
    hand_over(leo, "A passage")
    leo.get_by_role("option", name="Give the yellow one.").tap()
    done(leo)
    change(leo, "Keep this one. Give the green one.")
    leo.get_by_role("link", name="Look at it and choose again").tap()
    expect(
        leo.get_by_text(f"This takes the place of what {REYES} has from this now.")
    ).to_be_visible()
    leo.get_by_role("radio", name="A passage").check()
    leo.get_by_role("option", name="Give the green one.").tap()
    done(leo)
    now = page_words(api, "reyes", "Leo")
    assert "the green one" in now
    assert "the yellow one" not in now
    assert "Keep this one" not in now


def test_a_passage_is_chosen_and_handed_over_by_keys_alone(desk, api):
    sign_in(desk, "leo")
    write_freely(desk, "A first sentence. The keys did this. A last one.")
    named(desk, "Hand over", press="Enter")
    expect(desk.get_by_text("Only you can read this now.")).to_be_visible()
    # All the ways are one stop; the arrows go between them.
    named(desk, "All of it", press="ArrowDown")
    expect(desk.get_by_role("radio", name="A passage")).to_be_checked()
    named(desk, "A first sentence.", press="ArrowRight")
    desk.keyboard.press("Enter")
    shown = desk.get_by_role("region", name=f"{REYES} will see")
    expect(shown).to_contain_text("“The keys did this.”")
    desk.keyboard.press("Shift+ArrowRight")
    expect(shown).to_contain_text("“The keys did this. A last one.”")
    named(desk, "A word later", press="Enter")
    expect(shown).to_contain_text("“keys did this. A last one.”")
    named(desk, "Hand over", press="Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text(f"Handed to {REYES}.")
    assert "keys did this. A last one." in page_words(api, "reyes", "Leo")


def turn_on(page: Page, *kinds: str) -> None:
    page.goto("/sharing")
    page.get_by_role("link", name="From now on, as I save").click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    for kind in kinds:
        page.get_by_role("checkbox", name=kind).check()
    page.get_by_role("button", name="Keep it like this").click()
    expect(page.get_by_text("Kept on this phone.")).to_be_visible()


def check_in(page: Page, note: str) -> None:
    page.goto("/check-in")
    page.get_by_text("7", exact=True).first.click()
    page.get_by_role("button", name="A little more").click()
    page.get_by_label("Is there anything to note?").fill(note)


LINE = f"{REYES} sees check-ins when you save."


@pytest.mark.whole
@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
def test_check_ins_go_as_they_are_saved_from_now_on_and_stop_at_once(phone, api):
    sign_in(phone, "leo")
    ready_for_offline(phone)
    check_in(phone, "Before it was on.")
    expect(phone.get_by_text(LINE)).to_have_count(0)
    phone.get_by_role("button", name="Done", exact=True).click()
    phone.wait_for_url("**/")
    turn_on(phone, "Check-ins")

    check_in(phone, "Three blue cups.")
    expect(phone.get_by_text(LINE)).to_be_visible()
    phone.get_by_role("button", name="Done", exact=True).click()
    phone.wait_for_url("**/")
    wait_for(phone, api, "Three blue cups.", out=True)
    assert "Before it was on." not in page_words(api, "reyes", "Leo")

    # Without a network it goes later, and once.
    with offline(phone):
        check_in(phone, "Four green cups.")
        expect(phone.get_by_text(LINE)).to_be_visible()
        phone.get_by_role("button", name="Done", exact=True).click()
        phone.wait_for_url("**/")
    wait_for(phone, api, "Four green cups.", out=True)
    phone.reload()
    phone.wait_for_load_state("networkidle")
    assert page_words(api, "reyes", "Leo").count("Four green cups.") == 1

    # What was taken back does not come again.
    phone.goto("/sharing")
    phone.get_by_role("button", name=re.compile("Take back: Four green cups")).click()
    expect(phone.get_by_text("Taken back.")).to_be_visible()
    phone.goto("/")
    phone.wait_for_load_state("networkidle")
    assert "Four green cups." not in page_words(api, "reyes", "Leo")

    # Switched off, the next one stays.
    phone.goto("/sharing")
    phone.get_by_role("link", name="From now on, as I save").click()
    phone.get_by_role("checkbox", name="Check-ins", checked=True).uncheck()
    phone.get_by_role("button", name="Keep it like this").click()
    expect(phone.get_by_text("Nothing goes by itself.")).to_be_visible()
    check_in(phone, "Five red cups.")
    expect(phone.get_by_text(LINE)).to_have_count(0)
    phone.get_by_role("button", name="Done", exact=True).click()
    phone.wait_for_url("**/")
    saved_entry(phone, "Five red cups.")
    phone.wait_for_load_state("networkidle")
    assert "Five red cups." not in page_words(api, "reyes", "Leo")


def wait_for(page: Page, api, words: str, *, out: bool) -> None:
    """Until the phone knows that it is out."""
    page.goto("/sharing")
    row = page.get_by_role("button", name=f"Take back: {words}")
    expect(row).to_have_count(1 if out else 0)
    assert (words in page_words(api, "reyes", "Leo")) is out


def test_a_pause_stops_what_goes_by_itself(phone, api):
    sign_in(phone, "ruth")
    grants = api("ruth").get("/api/grants").json()
    assert any("check-ins" in each["categories"] for each in grants)
    turn_on_first(phone, "Reflections")
    phone.goto("/write")
    line = f"{REYES} sees reflections when you save."
    expect(phone.get_by_text(line)).to_be_visible()
    assert api("ruth").post("/api/pause-everything").ok
    phone.goto("/sharing")
    expect(phone.get_by_text("Paused.").first).to_be_visible()
    phone.goto("/write")
    phone.get_by_role("textbox").fill("Nothing goes while it is paused.")
    expect(phone.get_by_text(line)).to_have_count(0)
    phone.get_by_role("button", name="Done", exact=True).click()
    phone.wait_for_url("**/")
    saved_entry(phone, "Nothing goes while it is paused.")
    out = api("ruth").get("/api/excerpts").text()
    assert "Nothing goes while it is paused." not in out


def turn_on_first(page: Page, kind: str) -> None:
    page.goto("/sharing")
    page.get_by_role("link", name="From now on, as I save").first.click()
    page.get_by_role("checkbox", name=kind).check()
    page.get_by_role("button", name="Keep it like this").click()
    expect(page.get_by_text("Kept on this phone.")).to_be_visible()


def test_in_the_hours_after_a_dose_nothing_goes_by_itself_and_nothing_is_turned_on(phone):
    sign_in(phone, "maya")
    phone.goto("/sharing")
    phone.get_by_role("link", name="From now on, as I save").first.click()
    waits = re.compile(f"You can turn it on {IN_THE_MORNING}")
    expect(phone.get_by_text(waits)).to_be_visible()
    expect(phone.get_by_role("checkbox")).to_have_count(0)


def test_a_recording_goes_without_its_words_and_is_seen_before(phone, api):
    sign_in(phone, "leo")
    phone.goto("/sharing")
    phone.get_by_role("link", name="Share more kinds, or for longer").click()
    phone.get_by_role("checkbox", name="Drawings and voice").check()
    phone.get_by_role("button", name="Renew").click()
    expect(phone.get_by_role("heading", name=REYES)).to_be_visible()
    [caught] = entries_with(api("leo"), "one long bowed note")
    phone.goto(f"/entry/{caught['id']}")
    phone.get_by_role("link", name="Hand over").click()
    phone.get_by_role("radio", name="All of it").check()
    shown = phone.get_by_role("region", name=f"{REYES} will see")
    expect(shown).to_contain_text("one long bowed note")
    phone.get_by_role("checkbox", name=re.compile("^Recording, 7 s")).check()
    phone.get_by_role("radio", name="Without the words").check()
    expect(shown).not_to_contain_text("one long bowed note")
    expect(shown).not_to_contain_text("hummed, before it goes")
    expect(shown.get_by_role("button", name="Play")).to_be_visible()
    done(phone)
    device = api("reyes")
    page = page_of_leo(device)
    [out] = [one for one in page["excerpts"] if one["category"] == "drawings-voice"]
    assert "one long bowed note" not in str(out)
    [medium] = [each for item in out["content"]["items"] for each in item["media"]]
    assert medium["kind"] == "recording"
    found = device.get(f"/api/patients/{page['patient']['id']}/media/{medium['id']}")
    assert found.headers["content-type"].startswith("audio/webm")


def page_of_leo(device) -> dict:
    [patient] = [
        row["patient"]["id"]
        for row in device.get("/api/today").json()["patients"]
        if row["patient"]["name"] == "Leo"
    ]
    return device.get(f"/api/patients/{patient}/page").json()


def suggest(device, skill: str) -> None:
    patient = page_of_leo(device)["patient"]["id"]
    body = {
        "id": str(new_id()),
        "kind": "skill",
        "ref": skill,
        "text": None,
        "before_appointment": False,
    }
    made = device.post(f"/api/patients/{patient}/suggestions", data=body)
    assert made.ok, made.text()


def test_a_suggested_skill_is_made_ones_own_or_left(phone, api):
    suggest(api("reyes"), "gr-room")
    suggest(api("reyes"), "ip-wait")
    sign_in(phone, "leo")
    phone.goto("/skills")
    by = phone.get_by_text(f"Suggested by {REYES}. It is up to you.")
    expect(by).to_have_count(2)
    phone.get_by_role("button", name=re.compile("Leave it.*Sleep on it")).tap()
    expect(by).to_have_count(1)
    phone.get_by_role("link", name="Make it my own").tap()
    expect(phone.get_by_role("textbox").first).to_have_value("Room roll call")
    phone.get_by_role("textbox").first.fill("My roll call")
    phone.get_by_role("button", name="Done", exact=True).tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("My roll call")
    phone.goto("/skills")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    phone.wait_for_load_state("networkidle")
    expect(by).to_have_count(0)
    assert api("leo").get("/api/assigned").json()["skills"] == []
