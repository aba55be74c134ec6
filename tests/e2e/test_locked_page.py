"""A worry about one's care: a page that is locked to its writer."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import (
    entries,
    offline,
    ready_for_offline,
    sign_in,
)
from tests.e2e.plans import here_too, open_at, page_of, written
from tests.factories import new_id

OFFLINE = pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")


WORRY = "He would not stop talking about my mother."


def noted(page: Page) -> str:
    """Write a worry down on its page; return the id of the entry."""
    open_at(page, "/concern", "Something felt wrong in my care")
    expect(page.get_by_text("Nobody at your clinic can open it in this app.")).to_be_visible()
    page.get_by_role("textbox").fill(WORRY)
    page.get_by_label("talk to someone").check()
    page.get_by_role("button", name="Done", exact=True).tap()
    expect(page.get_by_text("It is kept.")).to_be_visible()
    mine = page.get_by_role("region", name="What you wrote before").get_by_role("link")
    expect(mine.first).to_contain_text(WORRY)
    return mine.first.get_attribute("href").rpartition("/")[2]


def test_a_worry_is_kept_and_leads_past_the_therapist(phone, api):
    sign_in(phone, "leo")
    id = noted(phone)
    places = phone.get_by_role("region", name="Places outside your therapist")
    for words in ("regulator", "ombudsman", "sexual assault line", "police"):
        expect(places.get_by_text(re.compile(words, re.IGNORECASE)).first).to_be_visible()
    expect(places.get_by_role("link", name="Call 999")).to_have_attribute("href", "tel:999")
    assert not re.search(r"\d{4,}", places.inner_text())
    here_too(phone, id)
    [entry] = [one for one in entries(api("leo")) if one["id"] == id]
    assert entry["guide"] == "concern"


def test_a_worry_cannot_be_handed_over_from_any_screen(phone, api):
    therapist = api("reyes")
    sign_in(phone, "leo")
    before = page_of(therapist, "Leo")
    id = noted(phone)
    here_too(phone, id)
    expect(phone.get_by_text(WORRY)).to_be_visible()
    expect(phone.get_by_role("link", name="Hand over")).to_have_count(0)
    open_at(phone, f"/entry/{id}/hand-over", re.compile("What do you want to hand"))
    expect(phone.get_by_text("There is nothing in here that can be handed over.")).to_be_visible()
    open_at(phone, f"/entry/{id}/tell", re.compile("^Tell"))
    expect(phone.get_by_text("There is nothing in here that can be sent.")).to_be_visible()
    pick = written(api("leo"), "pre", {"pre-01": {"text": "x"}})
    here_too(phone, pick)
    open_at(phone, f"/entry/{pick}/edit?at=pre-08", re.compile("Which entries"))
    expect(phone.get_by_role("main")).not_to_contain_text(WORRY)
    grant = next(one for one in api("leo").get("/api/grants").json() if one["state"] == "in_force")
    [entry] = [one for one in entries(api("leo")) if one["id"] == id]
    body: dict[str, Any] = {
        "id": str(new_id()),
        "grant_id": grant["id"],
        "entry_id": id,
        "revision": entry["revision"],
    }
    for what in ({"kind": "whole"}, {"kind": "answers", "items": ["concern-01"]}):
        assert api("leo").post("/api/handovers", data=body | {"what": what}).status == 422
    assert page_of(therapist, "Leo") == before


def test_lists_name_a_worry_discreetly(phone):
    sign_in(phone, "leo")
    id = noted(phone)
    open_at(phone, "/journal", "Your journal")
    row = phone.locator(f"a[href='/entry/{id}']")
    expect(row).to_contain_text("A private note")
    expect(row).not_to_contain_text("care")
    for path in ("/journal", "/"):
        phone.goto(path)
        expect(phone.get_by_role("heading", level=1)).to_be_visible()
        phone.wait_for_load_state("networkidle")
        expect(phone.get_by_role("main")).not_to_contain_text(WORRY)


def test_not_feeling_respected_leads_there(phone, api):
    here = written(api("leo"), "refl", {"refl-01": {"text": "The river."}})
    sign_in(phone, "leo")
    here_too(phone, here)
    open_at(phone, f"/entry/{here}/edit?at=refl-10", re.compile("safe and treated with respect"))
    phone.get_by_label("no", exact=True).check()
    phone.get_by_role("main").locator("a[href='/concern']").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Something felt wrong in my care")


@OFFLINE
def test_the_locked_page_works_without_a_network_and_nobody_else_can_open_it(phone, desk):
    sign_in(phone, "kasia")
    phone.goto("/concern")
    expect(phone.get_by_role("textbox")).to_be_visible()
    ready_for_offline(phone)
    with offline(phone):
        noted(phone)
        phone.reload()
        expect(phone.get_by_text(WORRY)).to_be_visible()
    sign_in(desk, "okafor")
    desk.goto("/concern")
    desk.wait_for_url("**/desk")
    desk.goto("/help")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Help")
    expect(desk.get_by_role("link", name="Something felt wrong")).to_have_count(0)
