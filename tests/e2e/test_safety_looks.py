"""The safety screens with everything on them: no axe violation in any look, large text, targets."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import SAVED, sign_in
from tests.e2e.plans import asked, card, here_too, written
from tests.e2e.rooms import settle
from tests.e2e.test_accessibility import OVERFLOW, SIZES, SMALL, look_at

pytestmark = pytest.mark.screens


def nothing_wrong(page: Page) -> None:
    """Look at the screen that stands, in its three looks."""
    page.evaluate("() => document.querySelectorAll('main details').forEach((d) => (d.open = true))")
    settle(page)
    found = look_at(page)
    for look in ("dark", "soft"):
        page.evaluate("(look) => (document.documentElement.dataset.look = look)", look)
        found += look_at(page, "color-contrast")
    page.evaluate("() => (document.documentElement.dataset.look = 'auto')")
    assert found == []
    assert page.evaluate(OVERFLOW) == []
    assert page.evaluate(SMALL, SIZES) == []


def test_the_card_and_telling_have_no_violation(phone, api):
    device = api("leo")
    here = written(device, "pre", {"pre-01": {"text": "My sleep."}})
    sign_in(phone, "leo")
    here_too(phone, here)
    asked(phone, here)
    phone.get_by_label("yes", exact=True).check()
    expect(phone.get_by_role("status").filter(has_text=SAVED)).to_be_visible()
    expect(card(phone).get_by_role("link", name="Tell Dr Ana Reyes")).to_be_visible()
    nothing_wrong(phone)
    card(phone).get_by_role("link", name="Tell Dr Ana Reyes").tap()
    expect(phone.get_by_role("button", name="Send it to Dr Ana Reyes")).to_be_visible()
    nothing_wrong(phone)
