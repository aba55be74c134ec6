"""Telling a therapist: what it is not comes first, and its state is shown as it is."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.people import (
    SAVED,
    sign_in,
)
from tests.e2e.plans import asked, begun, card, here_too, open_at, page_of, written

pytestmark = pytest.mark.screens


def test_telling_says_first_what_is_sent_and_then_where_it_is(phone, api):
    here = begun(phone, api("leo"), "leo")
    therapist = api("reyes")
    asked(phone, here)
    phone.get_by_label("yes", exact=True).check()
    expect(phone.get_by_role("status").filter(has_text=SAVED)).to_be_visible()
    card(phone).get_by_role("link", name="Tell Dr Ana Reyes").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Tell Dr Ana Reyes")
    for words in (
        "This is not an emergency line.",
        "have you thought about dying",
        "Your next visit is tomorrow",
        "Your therapist may have to act to help keep you safe.",
    ):
        expect(phone.get_by_text(words)).to_be_visible()
    assert b"thought about dying" not in page_of(therapist, "Leo")[1]

    phone.get_by_role("button", name="Send it to Dr Ana Reyes").tap()
    expect(
        phone.get_by_text(re.compile("Handed to Dr Ana Reyes today at .* Not opened yet"))
    ).to_be_visible()
    expect(phone.get_by_role("button", name="Send it to")).to_have_count(0)
    said = page_of(therapist, "Leo")[1]
    assert b"thought about dying" in said
    assert b"My sleep." not in said
    phone.reload()
    expect(phone.get_by_text(re.compile("Opened by Dr Ana Reyes today at"))).to_be_visible()


def test_in_the_hours_after_a_dose_telling_waits_and_says_so(phone, api):
    here = begun(phone, api("maya"), "maya")
    asked(phone, here)
    phone.get_by_label("yes", exact=True).check()
    expect(phone.get_by_role("status").filter(has_text=SAVED)).to_be_visible()
    card(phone).get_by_role("link", name=re.compile("^Tell")).tap()
    phone.get_by_label("Dr Ana Reyes").check()
    expect(phone.get_by_text(re.compile(r"It waits until .* at \d+:\d\d"))).to_be_visible()
    phone.get_by_role("button", name="Let it wait until then").tap()
    expect(phone.get_by_text(re.compile("^Waiting"))).to_be_visible()
    expect(phone.get_by_role("link", name="Numbers to call now")).to_be_visible()
    assert b"thought about dying" not in page_of(api("reyes"), "Maya")[1]


def test_what_is_not_shared_is_not_sent(phone, api):
    """The rules of hand-over hold: a kind that was not agreed on stays."""
    here = written(api("leo"), "effects", {"effects-01": {"effects": [{"code": "suicid"}]}})
    sign_in(phone, "leo")
    here_too(phone, here)
    open_at(phone, f"/entry/{here}/tell?item=effects-01", "Tell Dr Ana Reyes")
    kinds = next(
        grant["categories"]
        for grant in api("leo").get("/api/grants").json()
        if grant["state"] == "in_force"
    )
    sends = phone.get_by_role("button", name="Send it to Dr Ana Reyes")
    if "after-effects" in kinds:
        expect(sends).to_be_visible()
    else:
        expect(phone.get_by_text("You do not share this kind of thing")).to_be_visible()
        expect(sends).to_have_count(0)
