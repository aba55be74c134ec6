"""Finding one's own words: on the phone alone, and nowhere written down."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import offline, ready_for_offline, sign_in, stored, tab_to
from tests.e2e.plans import here_too, open_at, written
from tests.e2e.test_accessibility import look_at
from tests.e2e.test_timeline import item, lived

OFFLINE = pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")


def looked_for(page: Page, words: str):
    """Type into the field of the search, and return what is found."""
    page.get_by_role("searchbox").fill(words)
    return page.get_by_role("main").get_by_role("listitem")


@OFFLINE
def test_words_are_found_without_a_network_and_without_accents(phone, api, watch):
    at = datetime(2026, 11, 3, 21, 40, tzinfo=UTC)
    text = "Nothing much.\nThen Zoë brought crème brûlée to the pier.\nRain."
    [id] = lived(api("desmond"), item("free", {"free-01": {"text": text}}, at))
    lived(api("desmond"), item("free", {"free-01": {"text": "昨日は川のそばを歩いた"}}, at))
    sign_in(phone, "desmond")
    here_too(phone, id)
    ready_for_offline(phone)
    with offline(phone):
        open_at(phone, "/search", "Search")
        found = looked_for(phone, "CREME zoe")
        expect(found).to_have_count(1)
        line = found.get_by_text("brought")
        expect(line).to_have_text("Then Zoë brought crème brûlée to the pier.")
        expect(found.locator("mark")).to_have_text(["Zoë", "crème"])
        shown = found.locator("mark").first.evaluate("(mark) => getComputedStyle(mark)")
        assert shown["textDecorationLine"] == "underline"  # not by colour alone
        expect(found).to_contain_text("Tuesday 3 November, 21:40")
        expect(phone.get_by_role("status").filter(has_text="One found.")).to_be_visible()
        expect(looked_for(phone, "brul pie")).to_have_count(1)  # while it is being typed
        expect(looked_for(phone, "川")).to_have_count(1)
        expect(looked_for(phone, "brulee window")).to_have_count(0)
        expect(phone.get_by_text("Nothing found.")).to_be_visible()
        assert look_at(phone) == []
        expect(looked_for(phone, "creme zoe")).to_have_count(1)
        assert look_at(phone) == []
        assert phone.url.endswith("/search")
        looked_for(phone, "creme zoe").get_by_role("link").click()
        expect(phone.get_by_text("brought crème brûlée")).to_be_visible()
    assert not [url for url in watch.seen if re.search("creme|zoe|brul", url, re.IGNORECASE)]


def test_a_search_is_done_with_keys_alone(phone):
    sign_in(phone, "desmond")
    phone.goto("/journal")
    expect(phone.locator("a[href^='/entry/']").first).to_be_visible()
    tab_to(phone, "Search")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="Search")).to_be_visible()
    for _ in range(6):
        phone.keyboard.press("Tab")
        if phone.evaluate("() => document.activeElement.type === 'search'"):
            break
    phone.keyboard.type("kettle")
    found = phone.get_by_role("main").get_by_role("listitem")
    expect(found.first).to_contain_text(re.compile("kettle", re.IGNORECASE))
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    expect(
        phone.get_by_role("main").get_by_text(re.compile("kettle", re.IGNORECASE)).first
    ).to_be_visible()
    assert "/entry/" in phone.url


def test_a_page_about_ones_care_is_not_found(phone, api):
    device = api("kasia")
    id = written(device, "concern", {"concern-01": {"text": "Quillwort, said twice."}})
    written(device, "free", {"free-01": {"text": "Quillwort by the pond."}})
    sign_in(phone, "kasia")
    here_too(phone, id)
    open_at(phone, "/search", "Search")
    found = looked_for(phone, "quillwort")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("by the pond")
    expect(phone.get_by_text("A private note about your care is not searched.")).to_be_visible()


def test_no_count_in_the_calm_hours(phone, api):
    at = datetime.now(UTC) - timedelta(minutes=1)
    lived(api("maya"), item("free", {"free-01": {"text": "Lantern, and a lantern."}}, at))
    sign_in(phone, "maya")
    open_at(phone, "/search", "Search")
    expect(looked_for(phone, "lantern")).to_have_count(1)
    expect(phone.get_by_role("status").filter(has_text="Found.")).to_have_text("Found.")


def test_nothing_of_a_search_stays_on_the_phone(phone, api):
    words = "Wolfsbane under the stairs."
    id = written(api("ruth"), "free", {"free-01": {"text": words}})
    sign_in(phone, "ruth")
    here_too(phone, id)
    open_at(phone, "/search", "Search")
    expect(looked_for(phone, "wolfsb")).to_have_count(1)
    there = stored(phone)
    assert id in there["text"]
    assert "wolfsb" not in there["text"].lower()
    other = phone.context.new_page()
    other.goto("/look")
    other.get_by_role("button", name="Sign out").click()
    other.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/sign-in")
    phone.wait_for_url("**/sign-in")  # the open search went with it
    expect(phone.get_by_text("Wolfsbane")).to_have_count(0)
    phone.go_back()
    expect(phone.get_by_text("Wolfsbane")).to_have_count(0)
