"""The card with help: after the answer is kept, the same for all, in nobody's way."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import (
    SAVED,
    kept,
    offline,
    ready_for_offline,
    sign_in,
)
from tests.e2e.plans import PLAN, asked, begun, card, open_at, page_of, written

pytestmark = pytest.mark.screens

OFFLINE = pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
THANKS = "Thank you for saying it."
# Another page that holds the store of the entries, as a phone that is busy or short of room does.
HOLD = """async () => {
  const name = (await indexedDB.databases()).map((each) => each.name)
    .find((each) => each !== "journal-device" && each.startsWith("journal-"));
  const db = await new Promise((done) => {
    const open = indexedDB.open(name);
    open.onsuccess = () => done(open.result);
  });
  const tx = db.transaction(["entries", "outbox", "intents"], "readwrite");
  const store = tx.objectStore("entries");
  window.held = true;
  const hold = () => { if (window.held) store.count().onsuccess = hold; };
  hold();
}"""


@pytest.mark.parametrize("answer", ["yes", "I'd rather talk in person"])
def test_a_hard_answer_is_saved_first_then_help_is_offered_on_the_same_screen(phone, api, answer):
    device = api("leo")
    written(device, "plan", PLAN)
    here = begun(phone, device, "leo")
    asked(phone, here)
    phone.get_by_label(answer, exact=True).check()
    expect(card(phone)).to_be_visible()
    # Kept on this phone before the card came: it is there when the page dies at once.
    phone.reload()
    expect(phone.get_by_label(answer, exact=True)).to_be_checked()
    expect(phone.get_by_role("status").filter(has_text=SAVED)).to_be_visible()

    shown = card(phone)
    expect(shown.get_by_role("alert")).to_have_text(THANKS)
    for words in (
        "No one is watching this in real time.",
        "Walk to the sea wall",
        "Room roll call",
    ):
        expect(shown.get_by_text(words)).to_be_visible()
    ways = [
        "Call Nadia",
        "Call 116 123",
        "Call 999",
        "Open my safety plan",
        "Tell Dr Ana Reyes",
        "Go on",
    ]
    expect(shown.locator("a.button, button.button")).to_have_text(ways)
    sizes = {
        round(shown.locator("a.button, button.button").nth(at).bounding_box()["height"])
        for at in range(len(ways))
    }
    assert len(sizes) == 1
    assert not re.search(r"risk|alert|danger level|score|safe\b", shown.inner_text().lower())
    shown.get_by_role("button", name="Go on").tap()
    expect(phone.get_by_role("heading", level=1)).not_to_contain_text("thought about dying")


def test_the_card_does_not_wait_for_a_phone_that_is_slow_to_keep(phone, api):
    here = begun(phone, api("leo"), "leo")
    asked(phone, here)
    line = phone.get_by_role("main").get_by_role("status").filter(has_text="Only you can read")
    expect(line).to_contain_text("Saved")
    other = phone.context.new_page()
    other.goto("/help")
    other.evaluate(HOLD)
    phone.bring_to_front()
    phone.get_by_label("yes", exact=True).check()
    expect(line).to_contain_text("Not kept yet.")
    expect(card(phone).get_by_role("alert")).to_have_text(THANKS, timeout=4_000)
    expect(card(phone).get_by_role("link", name="Call 999")).to_be_visible()
    expect(line).not_to_contain_text("Saved")
    other.evaluate("window.held = false")
    expect(line).to_contain_text(SAVED)
    expect(card(phone)).to_have_count(1)


def test_the_card_is_the_same_whatever_the_answer(phone, api):
    here = begun(phone, api("leo"), "leo")
    asked(phone, here)
    seen = []
    for answer in ("yes", "I'd rather talk in person"):
        phone.get_by_label(answer, exact=True).check()
        expect(card(phone).get_by_role("link", name="Tell Dr Ana Reyes")).to_be_visible()
        expect(card(phone).get_by_role("link", name="Call 999")).to_be_visible()
        seen.append(card(phone).inner_text())
    assert seen[0] == seen[1]


def apart_from_its_state(page: Page) -> str:
    """What stands on the screen, without the line that says where the words are."""
    state = page.get_by_role("status").inner_text()
    return page.get_by_role("main").inner_text().replace(state, "")


def test_no_and_skip_say_nothing_about_it(phone, api):
    here = begun(phone, api("leo"), "leo")
    asked(phone, here)
    before = apart_from_its_state(phone)
    phone.get_by_label("no", exact=True).check()
    kept(phone)
    assert apart_from_its_state(phone) == before
    phone.get_by_label("yes", exact=True).check()
    expect(card(phone)).to_be_visible()
    phone.get_by_label("no", exact=True).check()
    expect(card(phone)).to_have_count(0)
    asked(phone, here)
    phone.get_by_role("button", name="Skip").tap()
    expect(phone.get_by_role("heading", level=1)).not_to_contain_text("thought about dying")
    expect(card(phone)).to_have_count(0)


def test_it_blocks_nothing_and_nothing_is_sent_to_anyone(phone, api, watch):
    here = begun(phone, api("leo"), "leo")
    therapist = api("reyes")
    before = page_of(therapist, "Leo")
    asked(phone, here)
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    phone.get_by_label("yes", exact=True).check()
    expect(card(phone)).to_be_visible()
    expect(phone.get_by_role("status").filter(has_text=SAVED)).to_be_visible()
    phone.get_by_role("button", name="Next").tap()
    expect(phone.get_by_role("heading", level=1)).not_to_contain_text("thought about dying")
    changing = {one.split("/api")[1] for one in sent if not one.startswith("GET")}
    assert changing <= {"/sync"}
    assert page_of(therapist, "Leo") == before
    assert [row for row in watch.seen if "handover" in row] == []


def test_an_effect_that_asks_for_it_brings_the_same_card(phone):
    sign_in(phone, "leo")
    open_at(phone, "/guide/effects", re.compile("."))
    more = phone.get_by_role("main").get_by_text("More", exact=True)
    if more.count():
        more.first.tap()
    phone.get_by_role("main").get_by_text("Thoughts of dying or hurting myself").first.tap()
    expect(card(phone).get_by_role("alert")).to_have_text(THANKS)
    expect(phone.get_by_role("status").filter(has_text=SAVED)).to_be_visible()
    expect(phone.get_by_role("button", name="Next")).to_be_visible()


def test_without_sharing_there_is_nobody_to_tell(phone, api):
    here = begun(phone, api("kasia"), "kasia")
    asked(phone, here)
    phone.get_by_label("yes", exact=True).check()
    expect(card(phone).get_by_role("link", name="Call 999")).to_be_visible()
    expect(card(phone).get_by_role("link", name=re.compile("^Tell"))).to_have_count(0)


@pytest.mark.whole
@OFFLINE
def test_the_card_stands_without_a_network(phone, api):
    here = begun(phone, api("leo"), "leo")
    asked(phone, here)
    ready_for_offline(phone)
    with offline(phone):
        asked(phone, here)
        phone.get_by_label("yes", exact=True).check()
        for name in ("Call 116 123", "Call 999"):
            expect(card(phone).get_by_role("link", name=name)).to_be_visible()
        card(phone).get_by_role("link", name="Tell Dr Ana Reyes").tap()
        expect(phone.get_by_text("It does not go by itself.")).to_be_visible()
        expect(phone.get_by_role("button", name="Send it to")).to_have_count(0)
        phone.get_by_role("button", name="Not now").tap()
        expect(card(phone)).to_be_visible()
