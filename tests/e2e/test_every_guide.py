"""Every guide there is, from its first question to its end, on a phone without a network."""

import pytest
from playwright.sync_api import Page, expect

from journal.content.guides import Guide, Item, Kind
from journal.content.library import load
from tests.e2e.people import entries, offline, ready_for_offline, sign_in
from tests.e2e.test_accessibility import look_at

WORDS = "The door was open."
OFFER = "A little more?"
NOT_OFFERED = {"phq9", "pcl5"}  # need a response plan, and somebody who assigns it
SCREENS_OF_THEIR_OWN = {"check-in", "practice"}  # walked in test_home and test_skills
WALKED = [
    guide
    for guide in load().guides
    if guide.id not in NOT_OFFERED | SCREENS_OF_THEIR_OWN and len(guide.items) > 1
]
SIZE = 40  # questions in one test, so that the tests of this file take about as long as each other


def _shares() -> list[list[Guide]]:
    shares: list[list[Guide]] = [[]]
    for guide in WALKED:
        if sum(len(each.items) for each in shares[-1]) >= SIZE:
            shares.append([])
        shares[-1].append(guide)
    return shares


def answer(page: Page, item: Item) -> None:
    """Say something in the first way the question offers, or that one is not sure."""
    main = page.get_by_role("main")
    for control in ("input[type=radio]", "input[type=checkbox]", "textarea", "input[type=text]"):
        found = main.locator(f"{control}:visible")
        # In a question about places the first control is how to look at the body.
        if found.count() == 0 or item.parts[0].kind is Kind.PLACES:
            continue
        if "text" in control:
            found.first.fill(WORDS)
        else:
            found.first.check(force=True)
        return
    main.get_by_role("button", name="Not sure").click()


def walk(page: Page, guide: Guide) -> list[str]:
    """Answer every question of a guide, to its closing card; what axe finds on the way."""
    page.goto(f"/guide/{guide.id}?begin")
    found: list[str] = []
    heading = page.get_by_role("heading", level=1)
    go_on = page.get_by_role("button", name="Next", exact=True)
    expect(heading).not_to_be_empty()
    if (fresh := page.get_by_role("button", name="Start fresh")).count():
        fresh.click()
        expect(go_on).to_be_visible()
    texts = {item.text: item for item in guide.items}
    looked: set[tuple[Kind, ...]] = set()
    asked: set[str] = set()
    while True:
        expect(heading).to_have_count(1)
        text = heading.inner_text()
        if text in texts and text not in asked:
            asked.add(text)
            answer(page, texts[text])
            if not go_on.count():
                break  # asked on the closing card
            shape = tuple(part.kind for part in texts[text].parts)
            if shape not in looked:  # questions of one shape are one screen with other words
                found += look_at(page)
                looked.add(shape)
            go_on.click()
        elif text == OFFER:
            page.get_by_role("button", name="More", exact=True).click()
        else:
            break  # the closing card
        expect(heading).not_to_have_text(text)
    assert asked == texts.keys(), f"{guide.id} does not ask: {texts.keys() - asked}"
    return found + look_at(page)


@pytest.mark.console_errors("ERR_INTERNET_DISCONNECTED")
@pytest.mark.parametrize("guides", _shares(), ids=lambda some: f"{some[0].id} to {some[-1].id}")
def test_every_question_is_asked_and_its_answer_kept_without_a_network(phone, api, guides):
    sign_in(phone, "kasia")
    ready_for_offline(phone)
    device = api("kasia")
    before = {one["id"] for one in entries(device)}
    found: list[str] = []
    with offline(phone):
        for guide in guides:
            found += walk(phone, guide)
    assert found == []
    phone.goto("/journal")
    expect(phone.locator("a[href^='/entry/']").first).to_be_visible()
    expect(phone.get_by_role("main")).not_to_contain_text("On this phone", timeout=45_000)
    made = [one for one in entries(device) if one["id"] not in before]
    assert sorted(one["guide"] for one in made) == sorted(guide.id for guide in guides)
    for one in made:
        missing = {item.id for item in load().guide(one["guide"]).items} - one["answers"].keys()
        assert missing <= {"day-10"}, f"{one['guide']} lost {missing}"
