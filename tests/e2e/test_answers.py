"""Every way to answer, by touch and by keyboard: saved, and there again; a guide that was left."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import APIRequestContext, Page, expect

from tests.e2e.hands import Way
from tests.e2e.people import SAVED, entries, sign_in, state
from tests.e2e.people import kept as on_phone
from tests.e2e.ways import WAYS
from tests.factories import new_id

pytestmark = pytest.mark.screens

HIDE, SHOW = "Hide the body map", "Show the body map"


def begun(
    device: APIRequestContext, guide: str, answers: dict[str, Any] | None = None, *, ago: int = 0
) -> str:
    """An entry of a guide, as another phone left it so many days ago; its id."""
    id, at = str(new_id()), datetime.now(UTC) - timedelta(days=ago)
    sent = {
        "revision": str(new_id()),
        "guide": guide,
        "edition": 1,
        "occurred_at": at.isoformat(),
        "zone": "Europe/London",
        "answers": answers or {},
    }
    kept = device.put(f"/api/entries/{id}", data=sent, headers={"If-None-Match": "*"})
    assert kept.ok, kept.text()
    return id


def sign_in_to(phone: Page, who: str, *ids: str) -> None:
    """Sign in, and wait until these entries are on the phone."""
    sign_in(phone, who)
    for id in ids:
        phone.goto(f"/entry/{id}")
        expect(phone.get_by_role("link", name="Hand over")).to_be_visible()


def kept(device: APIRequestContext, id: str) -> dict[str, Any]:
    """The answers of an entry as the server has them."""
    [found] = [one for one in entries(device) if one["id"] == id]
    return found["answers"]


def walk_the_ways(phone: Page, device: APIRequestContext, who: str, hand: str) -> None:
    guides = {way.guide for way in WAYS}
    ids = {guide: begun(device, guide) for guide in guides}
    sign_in_to(phone, who, *ids.values())
    for way in WAYS:
        answer(phone, way, ids[way.guide], hand)
        assert way.kept(kept(device, ids[way.guide])[way.item]), way.item


def answer(phone: Page, way: Way, id: str, hand: str) -> None:
    """Give one answer, wait until it is saved, and find it after a reload."""
    phone.goto(f"/entry/{id}/edit?at={way.item}")
    expect(phone.get_by_role("button", name="Not sure")).to_be_visible()
    (way.touch if hand == "touch" else way.keys)(phone)
    phone.get_by_role("button", name="Done for now").press("Enter")
    phone.wait_for_url(lambda url: "/edit" not in url)
    phone.goto(f"/entry/{id}/edit?at={way.item}")
    phone.reload()
    expect(state(phone)).to_contain_text(SAVED)
    way.there(phone)


@pytest.mark.parametrize(("who", "hand"), [("ruth", "touch"), ("kasia", "keyboard")])
def test_every_kind_of_answer_is_given_saved_and_there_again(phone, api, who, hand):
    walk_the_ways(phone, api(who), who, hand)


def test_a_guide_left_at_its_third_question_is_there_a_day_later(phone, api):
    """Also when something else was answered in between, and its turn has come elsewhere."""
    sign_in(phone, "hannah")
    phone.goto("/guide/week")
    heading = phone.get_by_role("heading", level=1)
    asked = []
    for way_on in ("Not sure", None, "Not sure"):
        asked.append(heading.inner_text())
        if way_on:
            phone.get_by_role("button", name=way_on).click()
        if len(asked) < 3:
            phone.get_by_role("button", name="Next" if way_on else "Skip").click()
            expect(heading).not_to_have_text(asked[-1])
    phone.get_by_role("button", name="Done for now").click()
    expect(phone.get_by_text(asked[2])).to_be_visible()

    begun(api("hannah"), "week", {"week-06": {"text": "Rest."}, "week-01": {"text": "The door."}})
    phone.clock.install(time=datetime.now(UTC) + timedelta(days=1))
    phone.goto("/")
    phone.reload()
    phone.get_by_role("link", name="Go on").click()
    expect(heading).to_have_text(asked[2])
    expect(phone.get_by_role("button", name="Not sure", pressed=True)).to_be_visible()
    for question, pressed in ((asked[1], False), (asked[0], True)):
        phone.get_by_role("button", name="Back").click()
        expect(heading).to_have_text(question)
        expect(phone.get_by_role("button", name="Not sure", pressed=pressed)).to_be_visible()


def test_questions_take_turns_and_the_person_may_pick_their_own(phone):
    sign_in(phone, "desmond")

    def first_two() -> list[str]:
        phone.goto("/guide/prac")
        seen = []
        for _ in range(2):
            heading = phone.get_by_role("heading", level=1)
            seen.append(heading.inner_text())
            phone.get_by_role("button", name="Not sure").click()
            phone.get_by_role("button", name="Next").click()
            expect(heading).not_to_have_text(seen[-1])
        expect(phone.get_by_role("heading", level=1)).to_have_text("A little more?")
        return seen

    once = first_two()
    phone.get_by_role("button", name="Stop here").click()
    expect(state(phone)).to_contain_text(SAVED)
    again = first_two()
    assert not set(once) & set(again)
    phone.get_by_role("button", name="Choose my questions").click()
    phone.get_by_text("How kind were you to yourself today?").click()
    phone.get_by_text("How was your pain?").click()
    phone.get_by_role("button", name="Keep these").click()
    phone.get_by_role("button", name="Stop here").click()
    expect(state(phone)).to_contain_text(SAVED)
    chosen = ["How was your pain?", "How kind were you"]
    assert [one.startswith(start) for one, start in zip(first_two(), chosen, strict=True)]


def test_the_intention_is_shown_back_where_it_belongs_and_nowhere_else(phone, api):
    device = api("owen")
    prep = begun(device, "prep", {"prep-03": {"text": "To stand at the gate."}}, ago=2)
    week = begun(device, "week")
    sign_in_to(phone, "owen", prep, week)
    phone.goto(f"/entry/{week}/edit?at=week-01")
    expect(phone.get_by_text("Before the session you wrote:")).to_be_visible()
    expect(phone.get_by_text("“To stand at the gate.”")).to_be_visible()
    phone.goto(f"/entry/{week}/edit?at=week-04")
    expect(phone.get_by_role("button", name="Not sure")).to_be_visible()
    expect(phone.get_by_text("Before the session you wrote:")).to_have_count(0)


def test_the_body_map_can_be_hidden_and_brought_back(phone, api):
    id = begun(api("leo"), "prep")
    sign_in_to(phone, "leo", id)
    phone.goto(f"/entry/{id}/edit?at=prep-09")
    phone.get_by_role("button", name=HIDE).click()
    expect(phone.locator("svg [data-place]")).to_have_count(0)
    phone.reload()
    phone.get_by_role("button", name="Pick places from a list").click()
    phone.get_by_text("belly", exact=True).click()
    expect(phone.get_by_role("region", name="belly")).to_be_visible()
    phone.get_by_role("button", name=SHOW).click()
    expect(phone.locator("[data-place=belly]")).to_be_visible()


def test_help_stands_under_an_answer_that_is_saved_and_leaves_the_way_free(phone, api):
    device = api("leo")
    id = begun(device, "prac")
    sign_in_to(phone, "leo", id)
    phone.goto(f"/entry/{id}/edit?at=prac-06")
    card = phone.get_by_role("region", name="Help, if you want it")
    phone.get_by_text("spending", exact=True).click()
    on_phone(phone)
    expect(card).to_have_count(0)
    phone.get_by_text("self-harm", exact=True).click()
    expect(card).to_be_visible()
    expect(state(phone)).to_contain_text(SAVED)
    assert kept(device, id)["prac-06"] == {"choices": ["spending", "self-harm"]}
    expect(phone.get_by_role("button", name="Next", exact=True)).to_be_in_viewport(ratio=1)
    phone.get_by_text("self-harm", exact=True).click()
    expect(card).to_have_count(0)


def test_what_was_picked_to_bring_is_offered_after_done_and_nothing_was_handed_over(phone, api):
    device = api("leo")
    before = device.get("/api/excerpts").json()
    id = begun(device, "pre")
    sign_in_to(phone, "leo", id)
    phone.goto(f"/entry/{id}/edit?at=pre-08")
    phone.locator("main label").first.click()
    for way_on in ("Next", "Stop here"):
        phone.get_by_role("button", name=way_on, exact=True).click()
    expect(phone.get_by_text("Nothing is handed over yet.")).to_be_visible()
    phone.get_by_role("link", name=re.compile("Look at it and hand it over")).click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("hand to Dr Ana Reyes")
    assert device.get("/api/excerpts").json() == before
