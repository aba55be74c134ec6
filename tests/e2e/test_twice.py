"""A finger that taps twice: one thing is made, and what comes after stays."""

import re

from playwright.sync_api import expect

from tests.e2e.people import entries_with, sign_in, write_freely
from tests.e2e.plans import card, open_at


def test_a_question_of_ones_own_saved_twice_is_one(phone, api):
    sign_in(phone, "owen")
    words = "What did the gulls want?"
    open_at(phone, "/questions", re.compile("."))
    phone.goto("/questions")
    phone.get_by_role("button", name="Save my own question").tap()
    phone.get_by_role("textbox").first.fill(words)
    phone.get_by_role("button", name="Save", exact=True).dblclick()
    expect(phone.get_by_role("main").get_by_text(words, exact=True).first).to_be_visible()
    # What was written later is there: so is all that came before it.
    write_freely(phone, "The kettle, afterwards.")
    assert len(entries_with(api("owen"), words)) == 1


def test_done_tapped_twice_does_not_take_the_help_card_away(phone):
    sign_in(phone, "hannah")
    open_at(phone, "/phrases", "Words that offer help")
    phone.get_by_label("Yes, offer it").check()
    expect(phone.get_by_text("On: the card may be offered.")).to_be_visible()
    open_at(phone, "/write", re.compile("."))
    phone.get_by_role("textbox").fill("I want to die. Nobody knows.")
    done = phone.get_by_role("button", name="Done", exact=True)
    done.evaluate("(button) => { button.click(); button.click(); }")
    expect(card(phone).get_by_role("link", name="Call 999")).to_be_visible()
    card(phone).get_by_role("button", name="Go back to my journal").tap()
    phone.wait_for_url("**/")
