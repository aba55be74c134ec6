"""What people do with the lock of their phone, in the words that stand on the screen."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

PIN = "204816"
TRIES = ["Nine", "Eight", "Seven", "Six", "Five", "Four", "Three", "Two", "One"]

HIDDEN = """(hidden) => {
  const state = hidden ? 'hidden' : 'visible';
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
}"""


def put_on_lock(page: Page) -> str:
    """Put on a lock with a PIN, as a person does; return the six words."""
    page.goto("/lock")
    page.get_by_role("button", name="With a PIN of six digits").click()
    press(page, PIN)
    expect(page.get_by_role("heading", name="The same six digits again")).to_be_visible()
    press(page, PIN)
    words = typed_back(page)
    expect(page.get_by_text("The lock is on.")).to_be_visible()
    return words


def typed_back(page: Page) -> str:
    """Read the six words off the screen and type them back."""
    shown = page.get_by_role("main").get_by_role("listitem")
    expect(shown).to_have_count(6)
    words = " ".join(shown.all_inner_texts())
    page.get_by_role("button", name="I wrote them down").click()
    page.get_by_label("Your six words").fill(words.upper())
    page.get_by_role("button", name="Put the lock on").click()
    return words


def press(page: Page, pin: str) -> None:
    """Press the keys of the pad, one after the other."""
    for digit in pin:
        page.get_by_role("group", name="Digits").get_by_role("button", name=digit).click()


def locked(page: Page) -> Locator:
    """The heading of the lock's screen."""
    return page.get_by_role("heading", level=1, name="Locked")


def with_words(page: Page, words: str) -> None:
    """Open a locked phone with the six words."""
    field = page.get_by_label("Your six words")
    other = page.get_by_role("button", name="Use the six words")
    expect(field.or_(other)).to_be_visible()
    if other.is_visible():
        other.click()
    field.fill(words)
    page.get_by_role("button", name="Open", exact=True).click()
    expect(locked(page)).to_have_count(0)


def lock_now(page: Page) -> None:
    """Lock in one tap, and look at the lock."""
    page.get_by_role("button", name="Hide").click()
    page.get_by_role("button", name="Open").click()
    expect(locked(page)).to_be_visible()


def looks_away(page: Page) -> None:
    """The person goes to another app."""
    page.evaluate(HIDDEN, True)


def comes_back(page: Page) -> None:
    """The person comes back."""
    page.evaluate(HIDDEN, False)


def two_fingers(page: Page, *, held: float, moved: int = 0) -> None:
    """Two fingers on the screen for so many seconds, still or moved by so many pixels."""
    hand = page.context.new_cdp_session(page)

    def touch(kind: str, *down: int) -> None:
        points = [{"x": 120 + 100 * id, "y": 400 + at, "id": id} for id, at in enumerate(down)]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 0, 0)
    if moved:
        touch("touchMove", moved, moved)
    page.wait_for_timeout(held * 1000)
    touch("touchEnd")
    hand.detach()


def own_unlock(page: Page, *, prf: bool) -> None:
    """Give this phone a face or a finger to ask for; `prf`: whether it can make a key of it."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options: dict[str, Any] = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
        "hasPrf": prf,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def no_words(page: Page, words: str) -> None:
    """Nothing in the page has these words, shown or not."""
    expect(page.locator("body")).not_to_contain_text(re.compile(re.escape(words)))
    fields = "(words) => [...document.querySelectorAll('textarea, input')].some("
    assert not page.evaluate(f"{fields} (each) => each.value.includes(words))", words)
