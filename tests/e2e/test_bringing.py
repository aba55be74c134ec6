"""A patient chooses what to bring to a visit: a list, an order, and the page as it is seen."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.hands import reach
from tests.e2e.people import IN_THE_MORNING, offline, ready_for_offline, sign_in, state
from tests.e2e.plans import written
from tests.e2e.test_accessibility import look_at

pytestmark = pytest.mark.screens

REYES = "Dr Ana Reyes"
LET_SEE = f"Let {REYES} see this"
AGAIN = f"Let {REYES} see the changes"
DONE = f"Done. {REYES} can see this."


def plain(device: Any) -> None:
    """Nothing was brought to this visit yet: no order, no list."""
    for one in device.get("/api/excerpts").json():
        if one["content"]["title"] == "What I bring":
            assert device.delete(f"/api/excerpts/{one['id']}").ok
    for grant in device.get("/api/grants").json():
        if grant["state"] == "in_force":
            device.delete(f"/api/therapists/{grant['therapist']['id']}/brief")


def to_bring(page: Page, who: str = "leo") -> Page:
    sign_in(page, who)
    page.goto("/sharing")
    page.get_by_role("link", name="Choose what to bring").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"What to bring to {REYES}")
    expect(box(page, "Start with")).to_be_visible()
    return page


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name)


def rows(page: Page) -> list[str]:
    """The first words of what is handed over, in the order in which it stands."""
    return page.locator("li[data-excerpt] .what > :first-child").all_inner_texts()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).tap()


def both_pages(api: Any, who: str) -> dict[str, Any]:
    """The page of both sides, the same but for the moment it was made at."""
    patient, therapist = api(who), api("reyes")
    name = patient.get("/api/session").json()["name"]
    today = therapist.get("/api/today").json()["patients"]
    [id] = [row["patient"]["id"] for row in today if row["patient"]["name"] == name]
    me = therapist.get("/api/session").json()["id"]
    theirs = therapist.get(f"/api/patients/{id}/page").json()
    mine = patient.get(f"/api/therapists/{me}/page").json()
    assert {**mine, "at": None} == {**theirs, "at": None}
    return theirs


def words_of(page: dict[str, Any], excerpt: str) -> str:
    [found] = [one for one in page["excerpts"] if one["id"] == excerpt]
    return json.dumps(found["content"], ensure_ascii=False)


@pytest.mark.whole
def test_home_offers_it_two_days_before_and_only_then(phone):
    sign_in(phone, "leo")
    phone.get_by_role("link", name="Choose what to bring").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text(f"What to bring to {REYES}")
    profile = phone.context.browser.new_context(**{"base_url": phone.url.partition("/bring")[0]})
    try:
        other = profile.new_page()
        sign_in(other, "desmond")
        other.wait_for_load_state("networkidle")
        expect(other.get_by_role("heading", level=1)).to_contain_text("Desmond")
        expect(other.get_by_role("link", name="Choose what to bring")).to_have_count(0)
    finally:
        profile.close()


def test_a_list_and_an_order_are_let_go_and_changed_after(phone, api):
    plain(api("leo"))
    to_bring(phone)
    before = rows(phone)
    assert len(before) >= 2
    last = before[-1].strip("“”")
    box(phone, "One thing").fill("Work, and the tab that stays open.")
    box(phone, "Please").fill("The exam.")
    phone.get_by_role("button", name=f"Put first: {last}").tap()
    expect(phone.get_by_role("button", name=f"Not first: {last}")).to_be_focused()
    assert rows(phone)[0] == before[-1]
    assert both_pages(api, "leo")["released_at"] is None
    assert "tab that stays open" not in json.dumps(both_pages(api, "leo"))

    phone.get_by_role("button", name=LET_SEE).dblclick()
    expect(phone.get_by_text(DONE)).to_be_visible()
    page = both_pages(api, "leo")
    assert page["released_at"]
    assert "tab that stays open" in words_of(page, page["agenda"])
    assert len(page["first"]) == 1
    lists = [one for one in page["excerpts"] if one["guide"] == "agenda"]
    assert len(lists) == 1

    # Marked read on the other side: the person is told, and may change it all the same.
    therapist = api("reyes")
    patient = page["patient"]["id"]
    assert therapist.post(f"/api/patients/{patient}/read").ok
    phone.reload()
    expect(phone.get_by_text(f"{REYES} has read this today.")).to_be_visible()
    expect(box(phone, "One thing")).to_have_value("Work, and the tab that stays open.")
    box(phone, "One thing").fill("Work. Not the tab.")
    expect(phone.get_by_text(f"You have changed something. {REYES} sees it when")).to_be_visible()
    assert "Not the tab" not in json.dumps(both_pages(api, "leo"))
    press(phone, AGAIN)
    expect(phone.get_by_text(DONE)).to_be_visible()
    page = both_pages(api, "leo")
    assert "Not the tab" in words_of(page, page["agenda"])
    assert [one["guide"] for one in page["excerpts"]].count("agenda") == 1

    # The page as it is seen, and the order taken back.
    phone.get_by_role("link", name=f"See the page as {REYES} sees it").tap()
    expect(phone.get_by_role("article")).to_contain_text("Work. Not the tab.")
    phone.go_back()
    press(phone, "Take the order back")
    expect(phone.get_by_text("sees the page without your order.")).to_be_visible()
    assert both_pages(api, "leo")["released_at"] is None


def test_the_order_is_made_by_keys_alone(desk, api):
    plain(api("leo"))
    to_bring(desk)
    before = rows(desk)
    first, second = (one.strip("“”") for one in before[:2])
    reach(desk, "[data-act=down]")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("button", name=f"Down: {first}")).to_be_focused()
    assert [one.strip("“”") for one in rows(desk)[:2]] == [second, first]
    expect(desk.get_by_text(f"{first}: place 2 of")).to_be_attached()
    desk.reload()
    top = desk.locator("li[data-excerpt]").first
    expect(top.get_by_role("button", name=f"Down: {second}")).to_be_visible()
    assert [one.strip("“”") for one in rows(desk)[:2]] == [second, first]
    assert look_at(desk) == []


def test_a_sentence_goes_from_what_the_other_side_can_open(phone, api):
    device = api("leo")
    entry = written(
        device, "free", {"free-01": {"text": "The lamp stays. The stove goes. It rains."}}
    )
    hand_over(device, entry)
    to_bring(phone)
    phone.get_by_role("button", name=re.compile("Remove a sentence: The lamp stays")).tap()
    sheet = phone.get_by_role("dialog")
    sheet.get_by_text("The stove goes.").tap()
    assert look_at(phone) == []
    sheet.get_by_role("button", name="Remove it").tap()
    expect(phone.get_by_text("can’t open that sentence any more.")).to_be_visible()
    page = json.dumps(both_pages(api, "leo"))
    assert "The lamp stays. It rains." in page
    assert "The stove goes" not in page
    assert "The stove goes" in device.get(f"/api/entries/{entry}").text()

    # Handing the same over again in one tap would bring it back: it is looked at instead.
    phone.goto(f"/entry/{entry}/edit")
    phone.get_by_role("textbox").fill("The lamp stays. The stove goes. It snows.")
    phone.get_by_role("button", name="Done", exact=True).tap()
    expect(phone.get_by_role("link", name="Look at it and choose again")).to_be_visible()


def hand_over(device: Any, entry: str) -> None:
    [grant] = [one for one in device.get("/api/grants").json() if one["state"] == "in_force"]
    head = device.get(f"/api/entries/{entry}").json()["revision"]
    body = {
        "id": head,
        "grant_id": grant["id"],
        "entry_id": entry,
        "revision": head,
        "what": {"kind": "whole"},
    }
    assert device.post("/api/handovers", data=body).ok


@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED", "Failed to load resource")
def test_several_are_handed_over_at_once_and_each_says_what_became_of_it(phone, api):
    device = api("leo")
    for words in ("A page about rosin.", "A page about reeds."):
        written(device, "free", {"free-01": {"text": words}})
    to_bring(phone)
    press(phone, "Hand over more")
    for words in ("A page about rosin.", "A page about reeds."):
        phone.get_by_role("checkbox", name=re.compile(words)).check()
    phone.route("**/api/handovers", fail_second())
    press(phone, "Hand over two things")
    expect(phone.get_by_text("Handed over.", exact=True)).to_have_count(1)
    expect(phone.get_by_text(re.compile("^Not handed over. There is no connection"))).to_have_count(
        1
    )
    phone.unroute("**/api/handovers")
    press(phone, "Hand over one thing")
    expect(phone.get_by_text("Handed over.", exact=True)).to_have_count(2)
    page = json.dumps(both_pages(api, "leo"))
    assert page.count("A page about rosin.") == 1
    assert page.count("A page about reeds.") == 1


def fail_second():
    """The first goes through; at the second the network is gone."""
    calls = []

    def answer(route):
        calls.append(route)
        if len(calls) == 2:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    return answer


@pytest.mark.whole
@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED", "Failed to load resource")
def test_the_list_is_written_without_a_network_and_nothing_is_lost(phone, api):
    sign_in(phone, "ruth")
    ready_for_offline(phone)
    phone.goto("/sharing")
    phone.get_by_role("link", name="Choose what to bring").first.click()
    expect(box(phone, "Start with")).to_be_visible()
    path = phone.url
    with offline(phone):
        box(phone, "Start with").fill("The bus, then the stairs.")
        expect(state(phone)).to_contain_text("On this phone.")
        press(phone, LET_SEE)
        expect(phone.get_by_text("There is no connection.")).to_be_visible()
        phone.reload()
        expect(box(phone, "Start with")).to_have_value("The bus, then the stairs.")
    phone.goto(path)
    expect(box(phone, "Start with")).to_have_value("The bus, then the stairs.")
    expect(phone.get_by_text(re.compile(r"^Saved"))).to_be_visible()
    lists = [
        one
        for one in api("ruth").get("/api/changes?limit=200").json()["items"]
        if one.get("guide") == "agenda"
    ]
    assert len(lists) == 1


def test_on_the_day_of_a_dose_the_list_waits(phone, api):
    plain(api("maya"))
    to_bring(phone, "maya")
    expect(phone.get_by_text("These are the hours after your session.")).to_be_visible()
    box(phone, "One thing").fill("The yellow corridor.")
    press(phone, LET_SEE)
    waits = re.compile(f"Your list waits until {IN_THE_MORNING}")
    expect(phone.get_by_text(waits)).to_be_visible()
    assert "yellow corridor" not in json.dumps(both_pages(api, "maya"))
    held = [one for one in api("maya").get("/api/excerpts").json() if "yellow" in json.dumps(one)]
    assert [one["state"] for one in held] == ["held"]
