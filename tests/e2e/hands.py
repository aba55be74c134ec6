"""A finger and a keyboard on the controls of a question."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

CONTROLS = 'a, button, input, select, textarea, summary, [tabindex="0"]'
SAYS = """(here) => {
  const said = (here.labels?.[0] ?? here).textContent.trim().replace(/\\s+/g, ' ');
  return said.toLowerCase().startsWith(name.toLowerCase());
}"""


def reach(page: Page, control: str) -> None:
    """Press Tab until a control has the keyboard."""
    expect(page.locator(control).first).to_be_attached()
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("(what) => document.activeElement.matches(what)", control):
            return
    raise AssertionError(f"{control} is not reached with Tab")


def named(page: Page, name: str, *, press: str = "Space") -> None:
    """Press Tab until the control with this name has the keyboard, and press a key on it."""
    # Tab beyond the last control leaves the page for good: what is sought must be there first.
    anywhere = f"(name) => [...document.querySelectorAll('{CONTROLS}')].some({SAYS})"
    page.wait_for_function(anywhere, arg=name)
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate(f"(name) => ({SAYS})(document.activeElement)", name):
            page.keyboard.press(press)
            return
    raise AssertionError(f"{name} is not reached with Tab")


def typed(page: Page, name: str, words: str) -> None:
    named(page, name, press="End")
    page.keyboard.type(words)


def tap(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("main").get_by_text(name, exact=True).first.tap()


def checked(*names: str) -> Callable[[Page], None]:
    def holds(page: Page) -> None:
        for name in names:
            expect(page.get_by_label(name, exact=True).first).to_be_checked()

    return holds


def filled(values: dict[str, str]) -> Callable[[Page], None]:
    def holds(page: Page) -> None:
        for label, value in values.items():
            expect(page.get_by_label(label, exact=True)).to_have_value(value)

    return holds


@dataclass(frozen=True)
class Way:
    """One kind of answer: how a finger and how a keyboard give it, what is there, what is kept."""

    item: str
    touch: Callable[[Page], Any]
    keys: Callable[[Page], Any]
    there: Callable[[Page], None]
    kept: Callable[[dict[str, Any]], bool]

    @property
    def guide(self) -> str:
        """The guide the question belongs to."""
        return self.item.rpartition("-")[0]


def exactly(wanted: dict[str, Any]) -> Callable[[dict[str, Any]], bool]:
    return lambda answer: answer == wanted


def one_of(name: str, rows: str) -> Callable[[dict[str, Any]], bool]:
    """One row was picked, whichever the demo has there."""
    return lambda answer: len(answer[name]) == 1 and rows in str(answer[name][0])
