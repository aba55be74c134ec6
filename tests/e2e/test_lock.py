"""The lock of a phone: what opens it, what shuts it, and that nothing is ever lost to it."""

import os
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.doors import passes
from tests.e2e.locks import (
    PIN,
    TRIES,
    comes_back,
    lock_now,
    locked,
    looks_away,
    no_words,
    own_unlock,
    press,
    put_on_lock,
    two_fingers,
    typed_back,
    with_words,
)
from tests.e2e.people import (
    ON_THIS_PHONE,
    entries_with,
    offline,
    sign_in,
    state,
    stored,
    worker_at_the_door,
    write,
)
from tests.e2e.test_accessibility import OVERFLOW, SIZES, SMALL, look_at

LONG = bool(os.environ.get("JOURNAL_LONG"))
WRONG = pytest.mark.console_errors("status of 403")
OFFLINE = pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")


@WRONG
def test_a_draft_is_at_its_place_after_a_lock_a_reload_and_a_wrong_pin(phone):
    sign_in(phone, "leo")
    put_on_lock(phone)
    phone.goto("/guide/week")
    expect(locked(phone)).to_be_visible()
    press(phone, PIN)
    phone.get_by_role("button", name="Skip").click()
    question = phone.get_by_role("heading", level=1).inner_text()
    phone.get_by_role("main").get_by_role("button").first.click()
    phone.get_by_role("textbox").first.press_sequentially("Wet rope, and")
    # Locked between two keys: what is under the fingers is stored first.
    lock_now(phone)
    no_words(phone, "Wet rope")
    phone.reload()
    expect(locked(phone)).to_be_visible()
    assert "Wet rope" not in stored(phone)["text"]

    press(phone, "135790")
    said = phone.get_by_role("alert").filter(has_text="That was not it.")
    expect(said).to_have_text("That was not it. Nine tries are left. Nothing is lost.")
    phone.keyboard.type(PIN)  # a real keyboard does as well
    expect(phone.get_by_role("heading", level=1)).to_have_text(question)
    expect(phone.get_by_role("textbox").first).to_have_value("Wet rope, and")


@WRONG
@OFFLINE
def test_ten_wrong_pins_lose_nothing(phone):
    sign_in(phone, "owen")
    worker_at_the_door(phone)
    words = put_on_lock(phone)
    with offline(phone):
        phone.get_by_role("link", name="Now").click()
        phone.get_by_role("link", name="Write freely").click()
        write(phone, "The kiln door was warm.")
        expect(state(phone)).to_contain_text(ON_THIS_PHONE)
        lock_now(phone)
        expect(phone.get_by_text("What is not sent yet goes out after you unlock.")).to_be_visible()
    if phone.get_by_role("button", name="Use the PIN").is_visible():
        phone.get_by_role("button", name="Use the PIN").click()
    for tries in TRIES:
        phone.keyboard.type("111222")
        expect(phone.get_by_role("alert")).to_contain_text(f"{tries} tr")
    phone.keyboard.type("111222")
    expect(phone.get_by_role("alert")).to_contain_text("This PIN does not open any more.")
    expect(phone.get_by_label("Your six words")).to_be_visible()

    phone.get_by_role("button", name="Sign in instead").click()
    phone.get_by_label("E-mail").fill("owen@example.org")
    phone.get_by_label("Password", exact=True).fill("river-door-lamp-42")
    phone.get_by_role("button", name="Sign in", exact=True).click()
    expect(phone.locator("textarea")).to_have_value("The kiln door was warm.")
    expect(state(phone)).to_contain_text("Saved")
    # The words still open it, and another PIN can be chosen.
    phone.goto("/lock")
    with_words(phone, words)
    phone.get_by_role("button", name="Choose another PIN").click()
    phone.get_by_role("button", name="Use the six words").click()
    phone.get_by_label("Your six words").fill(words)
    phone.get_by_role("button", name="Open", exact=True).click()
    expect(phone.get_by_role("heading", name="Choose six digits")).to_be_visible()
    for _ in range(2):
        press(phone, "864202")
    expect(phone.get_by_text("It is changed.")).to_be_visible()
    lock_now(phone)
    press(phone, "864202")
    expect(phone.get_by_role("heading", level=1)).to_have_text("The lock")


@OFFLINE
def test_offline_the_pin_cannot_and_the_words_can(phone):
    sign_in(phone, "ruth")
    worker_at_the_door(phone)
    words = put_on_lock(phone)
    lock_now(phone)
    expect(phone.get_by_role("group", name="Digits")).to_be_visible()  # asked for while online
    with offline(phone):
        press(phone, PIN)
        said = "There is no network, and the PIN needs it. Your six words work without."
        expect(phone.get_by_role("alert")).to_have_text(said)
        phone.reload()
        expect(phone.get_by_role("alert")).to_have_text(said)
        phone.get_by_label("Your six words").fill("harbor pebble lantern otter meadow viola")
        phone.get_by_role("button", name="Open", exact=True).click()
        expect(phone.get_by_role("alert")).to_contain_text("These are not the six words.")
        with_words(phone, words)
        expect(phone.get_by_role("heading", level=1)).to_have_text("The lock")


@OFFLINE
def test_the_phones_own_unlock_opens_it_offline(phone):
    own_unlock(phone, prf=True)
    sign_in(phone, "ruth")
    phone.goto("/lock")
    phone.get_by_role("button", name="With this phone’s own unlock").click()
    typed_back(phone)
    expect(phone.get_by_text("The lock is on.")).to_be_visible()
    lock_now(phone)
    expect(phone.get_by_role("button", name="Use the PIN")).to_have_count(0)
    with offline(phone):
        phone.get_by_role("button", name="Use this phone’s own unlock").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("The lock")


def test_a_phone_without_such_a_key_says_so_and_a_pin_works(phone):
    own_unlock(phone, prf=False)
    sign_in(phone, "ruth")
    phone.goto("/lock")
    phone.get_by_role("button", name="With this phone’s own unlock").click()
    expect(phone.get_by_text("cannot open the journal that way")).to_be_visible()
    words = put_on_lock(phone)
    # Opened with the words, and taken off again.
    phone.get_by_role("button", name="Take the lock off").click()
    phone.get_by_role("button", name="Use the six words").click()
    phone.get_by_label("Your six words").fill(words)
    phone.get_by_role("button", name="Open", exact=True).click()
    phone.get_by_role("dialog").get_by_role("button", name="Take it off").click()
    expect(phone.get_by_text("The lock is off.")).to_be_visible()
    phone.goto("/")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Ruth")


def test_it_locks_by_itself(phone):
    phone.clock.install()
    sign_in(phone, "hannah")
    words = put_on_lock(phone)
    phone.get_by_role("link", name="Now").click()
    phone.clock.fast_forward("01:50")
    phone.keyboard.press("Shift")
    phone.clock.fast_forward("01:50")
    expect(locked(phone)).to_have_count(0)
    phone.clock.fast_forward("00:15")
    expect(locked(phone)).to_be_visible()
    with_words(phone, words)

    # Away for a moment is nothing; for more than half a minute it is shut before anything shows.
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Hannah")
    looks_away(phone)
    expect(phone.locator("body")).to_have_css("visibility", "hidden")
    phone.clock.fast_forward("00:20")
    comes_back(phone)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Hannah")
    looks_away(phone)
    phone.clock.fast_forward("00:40")
    comes_back(phone)
    expect(locked(phone)).to_be_visible()
    with_words(phone, words)

    # Where the system stops the page no timer runs: only the clock has gone on.
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Hannah")
    looks_away(phone)
    phone.evaluate("(now => { Date.now = () => now() + 40_000 })(Date.now)")
    comes_back(phone)
    expect(locked(phone)).to_be_visible()
    expect(phone.get_by_role("heading", level=1)).not_to_contain_text("Hannah")
    with_words(phone, words)

    # Kinder in the calm hours.
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Hannah")
    phone.get_by_role("button", name="I am in the hours after a session").click()
    expect(phone.get_by_text("After your session")).to_be_visible()
    looks_away(phone)
    phone.clock.fast_forward("01:00")
    comes_back(phone)
    phone.clock.fast_forward("04:00")
    expect(phone.get_by_text("After your session")).to_be_visible()
    expect(locked(phone)).to_have_count(0)
    phone.clock.fast_forward("03:00")
    expect(locked(phone)).to_be_visible()


@WRONG
def test_a_question_that_was_open_does_not_lie_above_the_lock(phone, live, api):
    phone.clock.install()
    sign_in(phone, "kasia")
    words = put_on_lock(phone)
    therapist = api("okafor").get("/api/session").json()["id"]
    phone.goto(f"/sharing/give/{therapist}")
    with_words(phone, words)
    phone.get_by_role("checkbox").first.check()
    passes(live, timedelta(minutes=6))
    phone.get_by_role("button", name=re.compile("^Share with ")).click()
    asked = phone.get_by_role("dialog", name="Please show that it is you")
    asked.get_by_label("Password", exact=True).fill("river-door")
    phone.clock.fast_forward("02:10")
    expect(locked(phone)).to_be_visible()
    expect(phone.locator("dialog[open]")).to_have_count(0)
    with_words(phone, words)
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert api("kasia").get("/api/grants").json() == []


def test_all_tabs_lock_together_and_keep_what_was_typed(phone):
    sign_in(phone, "kasia")
    words = put_on_lock(phone)
    other = phone.context.new_page()
    other.goto("/write")
    with_words(other, words)
    other.get_by_role("textbox").press_sequentially("Spokes in a jar")
    phone.bring_to_front()
    lock_now(phone)
    expect(locked(other)).to_be_visible()
    no_words(other, "Spokes in a jar")
    with_words(other, words)
    expect(other.locator("textarea")).to_have_value("Spokes in a jar")
    expect(locked(phone)).to_be_visible()


@OFFLINE
def test_signing_out_asks_about_what_is_not_sent_and_wipes_the_rest(phone, api):
    sign_in(phone, "desmond")
    worker_at_the_door(phone)
    put_on_lock(phone)
    with offline(phone):
        phone.get_by_role("link", name="Now").click()
        phone.get_by_role("link", name="Write freely").click()
        write(phone, "Harbour wall, not sent.")
        phone.get_by_role("button", name="Done", exact=True).click()
        phone.get_by_role("link", name="This phone").or_(
            phone.get_by_text("Everything else")
        ).first.click()
        phone.get_by_role("link", name="This phone").click()
        phone.get_by_role("button", name="Sign out").click()
        dialog = phone.get_by_role("dialog")
        expect(dialog).to_contain_text("They are not sent yet.")
        expect(dialog.get_by_role("button", name="Send them")).to_be_disabled()
        dialog.get_by_role("button", name="keep them here, locked").click()
        expect(phone.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
        kept = stored(phone)
        assert "Harbour" not in kept["text"]
        assert len(kept["databases"]) == 2

    phone.goto("/sign-in")
    phone.get_by_label("E-mail").fill("desmond@example.org")
    phone.get_by_label("Password", exact=True).fill("river-door-lamp-42")
    phone.get_by_role("button", name="Sign in", exact=True).click()
    expect(locked(phone)).to_be_visible()
    press(phone, PIN)
    phone.get_by_role("link", name="Journal").click()
    row = phone.get_by_role("listitem").filter(has_text="Harbour wall, not sent.")
    expect(row).to_contain_text("Saved")
    assert len(entries_with(api("desmond"), "Harbour wall")) == 1

    phone.goto("/look")
    press(phone, PIN)
    phone.get_by_role("button", name="Sign out").click()
    with offline(phone):
        phone.get_by_role("dialog").get_by_role("button", name="Sign out").click()
        expect(phone.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
        left = stored(phone)
        assert left["databases"] == ["journal-device"]
        assert "Harbour" not in left["text"]


def test_everything_hides_at_once(phone):
    sign_in(phone, "leo")
    phone.goto("/write")
    phone.get_by_role("textbox").press_sequentially("Salt on the sill")
    for _ in range(3):
        phone.keyboard.press("Escape")
    back = phone.get_by_role("button", name="Open")
    expect(back).to_be_visible()
    no_words(phone, "Salt on the sill")
    expect(phone.get_by_role("link")).to_have_count(0)
    assert phone.title() == "Journal"
    # Without a lock one tap leads back to the same words.
    back.click()
    expect(phone.get_by_role("textbox")).to_have_value("Salt on the sill")


def test_two_fingers_held_still_hide_everything(phone):
    sign_in(phone, "leo")
    phone.goto("/write")
    phone.get_by_role("textbox").press_sequentially("Frost on the pump")
    two_fingers(phone, held=1.2, moved=40)
    expect(phone.get_by_role("textbox")).to_have_value("Frost on the pump")
    two_fingers(phone, held=1.2)
    expect(phone.get_by_role("button", name="Open")).to_be_visible()
    no_words(phone, "Frost on the pump")
    phone.get_by_role("button", name="Open").click()
    expect(phone.get_by_role("textbox")).to_have_value("Frost on the pump")


def test_another_app_in_front_sees_nothing_and_the_writer_goes_on_where_they_were(phone, desk):
    sign_in(phone, "leo")
    sign_in(desk, "kasia")
    for page in (phone, desk):
        page.goto("/write")
        page.get_by_role("textbox").press_sequentially("Ice")
        page.evaluate("() => window.dispatchEvent(new Event('blur'))")
    # Another window beside it, on a computer, is no app switcher.
    expect(phone.locator("body")).to_have_css("visibility", "hidden")
    expect(desk.locator("body")).to_have_css("visibility", "visible")
    phone.evaluate("() => window.dispatchEvent(new Event('focus'))")
    expect(phone.locator("body")).to_have_css("visibility", "visible")
    expect(phone.get_by_role("textbox")).to_be_focused()
    phone.keyboard.type(" on the pond")
    expect(phone.get_by_role("textbox")).to_have_value("Ice on the pond")


@pytest.mark.parametrize("look", ["soft", "dark"] if LONG else ["soft"])
def test_the_screens_of_the_lock_are_for_everybody(open_page, look):
    phone: Page = open_page(PHONE, color_scheme="dark", reduced_motion="reduce")
    sign_in(phone, "leo")
    if look == "soft":
        phone.get_by_role("button", name="I am in the hours after a session").click()
        expect(phone.get_by_role("button", name="Leave the calm screen")).to_be_visible()
    phone.goto("/lock")
    expect(phone.get_by_role("button", name="With a PIN of six digits")).to_be_visible()
    found = look_at(phone)
    small: dict[str, list[str]] = {}

    def see(name: str) -> None:
        found.extend(look_at(phone))
        small[name] = phone.evaluate(SMALL, SIZES) + phone.evaluate(OVERFLOW)

    phone.get_by_role("button", name="With a PIN of six digits").click()
    expect(phone.get_by_role("heading", name="Choose six digits")).to_be_visible()
    see("pin")
    for _ in range(2):
        press(phone, PIN)
    expect(phone.get_by_role("heading", name="Six words for another day")).to_be_visible()
    see("words")
    typed_back(phone)
    expect(phone.get_by_text("The lock is on.")).to_be_visible()
    see("page")
    phone.get_by_role("button", name="Hide").click()
    expect(phone.get_by_role("button", name="Open")).to_be_visible()
    see("cover")
    phone.get_by_role("button", name="Open").click()
    expect(locked(phone)).to_be_visible()
    see("locked")
    # Help is one tap away, and the way to a few words is there.
    expect(phone.get_by_role("link", name="Save a few words")).to_have_attribute("href", "/capture")
    phone.get_by_role("button", name="Use the six words").click()
    see("by words")
    phone.get_by_role("link", name="Help").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Help")
    expect(phone.get_by_role("link", name=re.compile("safety plan"))).to_have_count(0)
    phone.go_back()
    expect(locked(phone)).to_be_visible()
    assert found == []
    assert {name: these for name, these in small.items() if these} == {}
