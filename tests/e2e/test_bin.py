"""The bin: in the hours after a dose nothing is deleted for good."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.people import entries_with, offline, ready_for_offline, sign_in, write_freely

EMPTY = "The bin is empty."


def into_the_bin(page: Page, words: str) -> None:
    """Delete the entry with these words, from its own page."""
    page.goto("/journal")
    page.locator("a[href^='/entry/']").filter(has_text=words).click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("dialog")).to_contain_text("It rests in the bin for 30 days")
    page.get_by_role("button", name="Put it in the bin").click()
    expect(page.get_by_role("heading", name="Your journal")).to_be_visible()
    expect(page.get_by_role("link").filter(has_text=words)).to_have_count(0)


def in_bin(page: Page, words: str):
    page.goto("/bin")
    return page.get_by_role("listitem").filter(has_text=words)


def at(page: Page, moment: datetime) -> None:
    """The app is opened at this moment; from then on time goes on."""
    page.goto("about:blank")
    page.clock.install(time=moment)
    page.goto("/bin")


def clear_at(api) -> datetime:
    sessions = api("maya").get("/api/care").json()["dosing_sessions"]
    return datetime.fromisoformat(sessions[-1]["clear_at"])


def test_what_goes_there_can_come_back_for_thirty_days(phone, api):
    words = "The lift, humming a third."
    sign_in(phone, "maya")
    write_freely(phone, words)
    into_the_bin(phone, words)
    phone.get_by_role("button", name="Undo").click()
    expect(phone.get_by_role("link").filter(has_text=words)).to_be_visible()
    into_the_bin(phone, words)
    phone.reload()
    expect(phone.get_by_role("link").filter(has_text=words)).to_have_count(0)

    phone.get_by_role("link", name="The bin").click()
    row = phone.get_by_role("listitem").filter(has_text=words)
    expect(row).to_contain_text("Here since today")
    expect(row.get_by_role("button", name="Delete now")).to_have_count(0)
    assert entries_with(api("maya"), words)
    row.get_by_role("button", name="Bring back").click()
    expect(phone.get_by_text(EMPTY)).to_be_visible()
    phone.goto("/journal")
    expect(phone.get_by_role("link").filter(has_text=words)).to_be_visible()


@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
def test_it_works_without_a_network_and_in_two_tabs(phone):
    words = "Somebody counted backwards in the corridor."
    sign_in(phone, "maya")
    write_freely(phone, words)
    ready_for_offline(phone)
    other = phone.context.new_page()
    other.goto("/journal")
    expect(other.get_by_role("link").filter(has_text=words)).to_be_visible()
    with offline(phone):
        into_the_bin(phone, words)
        expect(other.get_by_role("link").filter(has_text=words)).to_have_count(0)
        in_bin(phone, words).get_by_role("button", name="Bring back").click()
        expect(other.get_by_role("link").filter(has_text=words)).to_be_visible()


def test_what_was_handed_over_from_it_is_taken_back_at_once(phone, api):
    sign_in(phone, "maya")
    device = api("maya")
    handed = device.get("/api/excerpts").json()
    held = next(one for one in handed if one["state"] in {"held", "waiting"})
    phone.goto(f"/entry/{held['entry_id']}")
    phone.get_by_role("button", name="Delete").click()
    expect(phone.get_by_role("dialog")).to_contain_text("is taken back now")
    with phone.expect_response(lambda answer: "/api/excerpts/" in answer.url) as taken:
        phone.get_by_role("button", name="Put it in the bin").click()
    assert taken.value.ok
    left = [one["entry_id"] for one in device.get("/api/excerpts").json()]
    assert held["entry_id"] not in left
    assert [one for one in handed if one["entry_id"] != held["entry_id"]] != []


def test_with_a_clear_head_it_can_be_deleted_now(phone, api):
    words = "Blue, then a quieter blue."
    sign_in(phone, "maya")
    write_freely(phone, words)
    into_the_bin(phone, words)
    at(phone, clear_at(api) + timedelta(minutes=5))
    row = phone.get_by_role("listitem").filter(has_text=words)
    row.get_by_role("button", name="Delete now").click()
    expect(row).to_have_count(0)
    phone.get_by_role("button", name="Undo").click()
    row.get_by_role("button", name="Delete now").click()
    phone.clock.fast_forward("00:11")
    expect(phone.get_by_role("button", name="Undo")).to_have_count(0)
    phone.reload()
    expect(phone.get_by_text(EMPTY)).to_be_visible()
    phone.wait_for_load_state("networkidle")
    assert entries_with(api("maya"), words) == []


def test_after_thirty_days_it_is_gone(phone, api):
    words = "A door on a hinge, both ways."
    sign_in(phone, "maya")
    write_freely(phone, words)
    into_the_bin(phone, words)
    today = datetime.now().astimezone()
    at(phone, today + timedelta(days=29))
    expect(phone.get_by_role("listitem").filter(has_text=words)).to_be_visible()
    with phone.expect_response(lambda answer: answer.request.method == "DELETE") as gone:
        phone.clock.set_system_time(today + timedelta(days=30, minutes=5))
        phone.reload()
    assert gone.value.ok
    expect(phone.get_by_text(EMPTY)).to_be_visible()
    assert entries_with(api("maya"), words) == []


def test_signing_out_says_what_happens_to_it(phone):
    words = "Someone had left the radio on."
    sign_in(phone, "maya")
    write_freely(phone, words)
    into_the_bin(phone, words)
    phone.goto("/look")
    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_role("dialog")).to_contain_text("The bin is on this phone alone.")
    phone.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(phone).to_have_url(re.compile("/sign-in"))
    sign_in(phone, "maya")
    phone.goto("/journal")
    expect(phone.get_by_role("link").filter(has_text=words)).to_be_visible()
    phone.goto("/bin")
    expect(phone.get_by_text(EMPTY)).to_be_visible()


def test_what_is_deleted_stays_under_the_thumb_while_its_readers_are_asked_for(phone):
    sign_in(phone, "leo")
    entry = write_freely(phone, "The tap, left dripping.")
    waiting: list[Route] = []
    answered = False
    phone.context.route(
        "**/api/excerpts", lambda one: one.continue_() if answered else waiting.append(one)
    )
    phone.goto(f"/entry/{entry}")
    delete = phone.get_by_role("button", name="Delete")
    expect(phone.get_by_role("link", name="Add something")).to_be_visible()
    expect(phone.get_by_role("status").first).to_contain_text("Saved")
    before = delete.bounding_box()
    expect(phone.get_by_text("when you are online")).to_have_count(0)
    answered = True
    for one in waiting:
        one.continue_()
    expect(phone.get_by_text("Only you can read this.")).to_be_visible()
    assert delete.bounding_box() == before


@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED", "410")
def test_last_words_of_what_was_deleted_elsewhere_rest_there_too(phone, api):
    words = "And a second thought, unsent."
    sign_in(phone, "maya")
    entry = write_freely(phone, "A thought.")
    ready_for_offline(phone)
    with offline(phone):
        phone.goto(f"/entry/{entry}/edit")
        phone.get_by_role("textbox").fill(words)
        phone.get_by_role("button", name="Done", exact=True).click()
        expect(phone.get_by_role("main").get_by_text(words)).to_be_visible()
        expect(phone.get_by_role("textbox")).to_have_count(0)
        assert api("maya").delete(f"/api/entries/{entry}").ok
    phone.goto(f"/entry/{entry}")
    phone.get_by_role("button", name="Let them go").click()
    expect(phone.get_by_text("It is in the bin.")).to_be_visible()
    expect(in_bin(phone, words)).to_be_visible()


@pytest.mark.console_errors("ERR_FAILED")
def test_hours_nobody_knows_of_yet_count_as_such_hours(phone, api):
    words = "Before the plan was here."
    phone.context.route("**/api/care", lambda route: route.abort())
    sign_in(phone, "maya")
    write_freely(phone, words)
    expect(phone.locator("html[data-look=soft]")).to_have_count(0)
    phone.get_by_role("button", name="Delete").click()
    expect(phone.get_by_role("dialog")).to_contain_text("does not know yet")
    phone.get_by_role("button", name="Put it in the bin").click()
    expect(in_bin(phone, words)).to_be_visible()
    assert entries_with(api("maya"), words)


def test_another_tab_leaves_the_way_back_open(phone, api):
    words = "The kettle, twice."
    sign_in(phone, "leo")
    write_freely(phone, words)
    phone.get_by_role("button", name="Delete").click()
    phone.get_by_role("button", name="Delete it").click()
    expect(phone.get_by_role("link").filter(has_text=words)).to_have_count(0)
    other = phone.context.new_page()
    other.goto("/journal")
    expect(other.get_by_role("button", name="Undo")).to_be_visible()
    expect(other.get_by_role("link").filter(has_text=words)).to_have_count(0)
    phone.get_by_role("button", name="Undo").click()
    for tab in (phone, other):
        expect(tab.get_by_role("link").filter(has_text=words)).to_be_visible()
    assert entries_with(api("leo"), words)
