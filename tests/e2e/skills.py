"""What people do with the skills, in the words that stand on the screen."""

from typing import Any

from playwright.sync_api import APIRequestContext, LocatorAssertions, Page, expect

from journal.content.library import load
from tests.e2e.people import entries

SKILLS = load().skill_editions.newest
ENDED = "That is all of it."


def press(page: Page, name: str) -> None:
    """Press the button of this name."""
    page.get_by_role("button", name=name, exact=True).click()


def title(page: Page) -> LocatorAssertions:
    """What the heading of the screen has to say."""
    return expect(page.get_by_role("heading", level=1))


def steps(page: Page, skill: str) -> None:
    """Go from the first step to the last one and out of it."""
    for step in SKILLS[skill].steps:
        title(page).to_have_text(step)
        expect(page.get_by_role("link", name="Help")).to_be_visible()
        press(page, "Next")


def use(page: Page, skill: str, before: int | None, after: int | None, felt: str | None) -> None:
    """Use a skill from its card to the end, saying this much about it."""
    page.goto(f"/skills/{skill}")
    press(page, "Begin")
    number(page, "How strong is it now?", before)
    steps(page, skill)
    number(page, "And now?", after)
    title(page).to_have_text("Did it help?")
    if felt:
        page.get_by_role("radio", name=felt, exact=True).check()
    press(page, "Next" if felt else "Skip")
    title(page).to_have_text(ENDED)


def number(page: Page, question: str, said: int | None) -> None:
    """Answer a question from 0 to 10, or skip it."""
    title(page).to_have_text(question)
    if said is not None:
        page.get_by_text(str(said), exact=True).click()
    press(page, "Skip" if said is None else "Next")


def done(page: Page) -> None:
    """Leave the end of a skill for home."""
    press(page, "Done")
    page.wait_for_url("**/")


def practised(device: APIRequestContext) -> list[dict[str, Any]]:
    """What the server has of the skills that were used, oldest change first."""
    return [one["answers"] for one in entries(device) if one["guide"] == "practice"]


def suggestions(page: Page) -> set[str]:
    """All that is suggested, one after the other, until the first comes again."""
    card = page.locator("main section").first.locator(".question")
    found: list[str] = []
    while (name := card.inner_text()) not in found:
        found.append(name)
        press(page, "Another one")
        expect(card).not_to_have_text(name)
    return set(found)
