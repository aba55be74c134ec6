"""The phrase list: asked for, looked at once at Done, and leaving no trace of any kind."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.opened import difference, opened
from tests.e2e.people import entries_with, offline, ready_for_offline, sign_in, worker_at_the_door
from tests.e2e.plans import card, open_at

pytestmark = pytest.mark.screens

CALM = "The heron stood in the shallows again."
WISH = "I want to die. Nobody knows."
HEAVY = "That sounds heavy."

# What the app asks by the clock and after sending, whoever wrote what.
ROUTINE = {"GET /api/changes ", "GET /api/assigned ", "GET /api/session "}


def turned_on(page: Page, who: str = "hannah") -> None:
    """Sign in and say yes to the list."""
    sign_in(page, who)
    open_at(page, "/phrases", "Words that offer help")
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    page.get_by_label("Yes, offer it").check()
    expect(page.get_by_text("On: the card may be offered.")).to_be_visible()


def typed(page: Page, words: str) -> None:
    page.goto("/write")
    place = page.get_by_role("textbox")
    place.press_sequentially(words)
    kept = re.compile(r"(On this phone\.|Saved ).*Only you can read")
    expect(page.get_by_role("main").get_by_role("status").filter(has_text=kept)).to_be_visible()


def done(page: Page) -> None:
    page.get_by_role("button", name="Done", exact=True).tap()


def kept(page: Page, name: str) -> None:
    """Wait until the phone has kept it."""
    for _ in range(100):
        if any(place.endswith(f"/kept/{name}") for place in opened(page)):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{name} was not kept on the phone")


def sent(page: Page, words: str) -> None:
    """Wait at home until the server has it and all is quiet."""
    page.wait_for_url("**/")
    page.goto("/journal")
    row = page.locator("a[href^='/entry/']").filter(has_text=words)
    expect(row.first).to_contain_text("Saved")
    page.wait_for_load_state("networkidle")


def test_it_is_asked_once_with_three_equal_answers(phone):
    sign_in(phone, "leo")
    ask = phone.get_by_role("region", name=re.compile("^Should this app offer the Help card"))
    expect(ask).to_contain_text("It looks only on your device. It tells no one.")
    answers = [
        ask.get_by_role("button", name=name, exact=True) for name in ("Yes", "No", "Not now")
    ]
    boxes = [answer.bounding_box() for answer in answers]
    assert len({(round(box["width"]), round(box["height"])) for box in boxes}) == 1
    assert (
        len({answer.evaluate("(b) => getComputedStyle(b).backgroundColor") for answer in answers})
        == 1
    )
    answers[2].tap()
    expect(ask).to_have_count(0)
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    phone.wait_for_load_state("networkidle")
    expect(ask).to_have_count(0)
    open_at(phone, "/phrases", "Words that offer help")
    expect(phone.get_by_text("Off: it does not look.")).to_be_visible()


def test_the_hours_after_a_dose_ask_nothing(phone):
    sign_in(phone, "maya")
    expect(phone.get_by_text("After your session")).to_be_visible()
    phone.wait_for_load_state("networkidle")
    expect(phone.get_by_text("Should this app offer the Help card")).to_have_count(0)


def test_the_whole_list_and_its_version_can_be_read(phone):
    sign_in(phone, "hannah")
    open_at(phone, "/phrases", "Words that offer help")
    list_ = phone.request.get("/api/library").json()["phrases"]
    expect(phone.get_by_text(f"Version {list_['version']}.")).to_be_visible()
    for name in ("At any time", "At other times also"):
        phone.get_by_text(name, exact=True).tap()
    shown = phone.get_by_role("region", name="The whole list").get_by_role("listitem")
    assert shown.all_inner_texts() == [*list_["intent_only"], *list_["any"]]


def test_without_a_yes_it_never_looks(phone):
    sign_in(phone, "hannah")
    typed(phone, WISH)
    done(phone)
    phone.wait_for_url("**/")
    expect(card(phone)).to_have_count(0)


def test_typing_never_brings_the_card_and_done_brings_it_once(phone, api):
    turned_on(phone)
    typed(phone, f"{WISH} I am going to end my life.")
    expect(card(phone)).to_have_count(0)
    done(phone)
    expect(card(phone).get_by_role("alert")).to_have_text(HEAVY)
    expect(card(phone).get_by_role("button").last).to_have_text("Go back to my journal")
    expect(card(phone).get_by_role("link", name="Call 999")).to_be_visible()
    ways = card(phone).locator("a.button, button.button")
    expect(ways.last).to_have_text("Go back to my journal")
    card(phone).get_by_role("button", name="Go back to my journal").tap()
    expect(card(phone)).to_have_count(0)
    # What was written is what was typed.
    sent(phone, WISH)
    [entry] = entries_with(api("hannah"), "I want to die. Nobody knows. I am going")
    assert entry["answers"]["free-01"]["text"] == f"{WISH} I am going to end my life."


def test_it_comes_after_the_line_of_a_check_in(phone):
    turned_on(phone)
    phone.goto("/check-in")
    phone.get_by_role("radio", name="5", exact=True).check(force=True)
    phone.get_by_role("button", name="A little more").tap()
    phone.get_by_role("textbox").last.fill(WISH)
    done(phone)
    expect(card(phone)).to_be_visible()


def test_it_comes_once_until_the_app_is_opened_again(phone):
    turned_on(phone)
    open_at(phone, "/", re.compile("."))

    def write_here(words: str) -> None:
        # By links alone: going to an address would open the app again.
        phone.get_by_role("link", name=re.compile("^Write")).first.tap()
        phone.get_by_role("textbox").fill(words)
        done(phone)

    write_here(WISH)
    expect(card(phone)).to_be_visible()
    phone.get_by_role("button", name="Go back to my journal").tap()
    write_here(f"Again. {WISH}")
    expect(phone.get_by_role("link", name=re.compile("^Write")).first).to_be_visible()
    expect(card(phone)).to_have_count(0)
    phone.reload()
    write_here(f"Once more. {WISH}")
    expect(card(phone)).to_be_visible()


@pytest.mark.whole
def test_a_match_leaves_no_trace_on_the_phone_and_in_no_request(phone):
    turned_on(phone)
    worker_at_the_door(phone)
    # What is fetched once comes first; home asks for it, and to leave early would end the asking.
    with phone.expect_response("**/api/assigned") as answer:
        phone.goto("/")
    assert answer.value.ok
    kept(phone, "assigned")
    asked: list[str] = []

    def heard(request: Request) -> None:
        path = urlsplit(request.url).path
        body = re.sub(r'"text":"[^"]*"', '"text":"WORDS"', request.post_data or "")
        asked.append(re.sub(r"[0-9a-f-]{36}|\d[\d:.T+Z-]+", "*", f"{request.method} {path} {body}"))

    def written(words: str) -> tuple[dict, list[str]]:
        typed(phone, words)
        phone.wait_for_load_state("networkidle")
        before = opened(phone)
        phone.context.on("request", heard)
        done(phone)
        if words == WISH:
            expect(card(phone)).to_be_visible()
            expect(card(phone).get_by_role("link", name="Call 999")).to_be_visible()
            phone.wait_for_load_state("networkidle")
            card(phone).get_by_role("button", name="Go back to my journal").tap()
        phone.wait_for_url("**/")
        last = phone.get_by_role("link").filter(has_text=words)
        expect(last).to_be_visible()
        expect(phone.get_by_text("Saved to your clinic’s server.").first).to_be_visible()
        phone.wait_for_load_state("networkidle")
        phone.context.remove_listener("request", heard)
        found = sorted({one for one in asked if "/assets/" not in one})
        asked.clear()
        sent(phone, words)
        return difference(before, opened(phone), words), found

    written("A first page, so that all else is as it stays.")
    calm, calm_asked = written(CALM)
    heavy, heavy_asked = written(WISH)
    assert [one for one in heavy_asked if one not in {*calm_asked, *ROUTINE}] == []
    assert heavy == calm
    assert [place for place in heavy if "entries" in place]


@pytest.mark.whole
@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
def test_it_works_without_a_network(phone):
    turned_on(phone)
    ready_for_offline(phone)
    with offline(phone):
        typed(phone, WISH)
        done(phone)
        expect(card(phone).get_by_role("link", name="Call 116 123")).to_be_visible()
        card(phone).get_by_role("button", name="Go back to my journal").tap()
        phone.wait_for_url("**/")
