"""Taking a measure in the browser, in the words that stand on the screen."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.rooms import settle
from tests.e2e.test_accessibility import OVERFLOW, SIZES, SMALL, look_at

SNAPSHOT = "This is a snapshot, not a diagnosis."
BANDS = re.compile(r"\b(mild|moderate|severe|cut-off|cut-point|screen)\b", re.IGNORECASE)
"""What only a therapist is shown, and only as a reference."""


def begin(page: Page, name: str) -> None:
    """From the list of measures to the first question."""
    page.goto("/measures")
    page.get_by_role("link", name=re.compile(re.escape(name))).click()
    page.get_by_role("link", name="Begin", exact=True).click()
    expect(page.get_by_role("radio").first).to_be_attached()


def answer(page: Page, label: str | None) -> None:
    """Answer the question that is open, or skip it, and go on to the next."""
    question = page.get_by_role("heading", level=1).inner_text()
    if label is not None:
        page.get_by_text(label, exact=True).click()
    page.get_by_role("button", name="Skip" if label is None else "Next", exact=True).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(question)


def finish(page: Page) -> None:
    """From the end of a measure to its total."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(SNAPSHOT)
    page.get_by_role("link", name="See your answers and the total").click()
    expect(page.get_by_role("heading", name="Total")).to_be_visible()


def wrong_with(page: Page) -> list[str]:
    """What axe finds in any look, text of twice the size that does not fit, small targets."""
    settle(page)
    found = look_at(page)
    found += page.evaluate(OVERFLOW)
    found += page.evaluate(SMALL, SIZES)
    page.emulate_media(color_scheme="dark")
    found += look_at(page, "color-contrast")
    page.emulate_media(color_scheme="light")
    page.evaluate("() => (document.documentElement.dataset.look = 'soft')")
    return found + look_at(page, "color-contrast")
