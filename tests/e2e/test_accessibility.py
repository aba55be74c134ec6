"""Every screen, light, dark and calm: no axe violation, large text, targets, the keyboard."""

import json

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from journal.demo.people import CODE, PASSWORD
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.doors import clinic_link, security
from tests.e2e.people import sign_in, tab_to, write_freely
from tests.e2e.rooms import desk_rooms, enter, rooms_of_leo, sharing_states

pytestmark = pytest.mark.screens

TARGET = 48  # CSS px in one direction
INLINE = 24  # across; and of a sentence of one's own text in every direction
PARTS = 4  # all the screens at once take longer than one test may
SIZES = {"target": TARGET, "inline": INLINE}
WAITED = json.dumps({"token": "0" * 43, "opens_at": "2026-01-01T00:00:00Z"})
"""What a browser remembers of having asked to be let back in, when the day is over."""

SMALL = """({ target, inline }) => {
  const small = [];
  const all = 'a[href], button, input, select, textarea, summary, [role=option]';
  for (const each of document.querySelectorAll(all)) {
    const shape = (each.closest('label') ?? each).getBoundingClientRect();
    const hidden = !each.checkVisibility({ visibilityProperty: true }) || each.closest('[inert]');
    if (hidden || shape.width === 0 || shape.height === 0) continue;
    const least = each.getAttribute('role') === 'option' ? inline : target;
    const roomy = shape.height >= least - 0.5 && shape.width >= inline - 0.5;
    if (!roomy) small.push(`${each.innerText || each.id}: ${shape.width} x ${shape.height}`);
  }
  return small;
}"""

OVERFLOW = """() => {
  document.documentElement.style.fontSize = '32px';
  const { scrollWidth, clientWidth } = document.documentElement;
  const wide = [...document.querySelectorAll('body *')]
    .filter((each) => each.getBoundingClientRect().right > clientWidth + 1)
    .map((each) => each.tagName + ' ' + each.className + ' ' + each.innerText?.slice(0, 40));
  document.documentElement.style.fontSize = '';
  return scrollWidth > clientWidth ? wide : [];
}"""


def look_at(page: Page, *only: str) -> list[str]:
    """What axe finds, of these rules or of all; the title never says what is open."""
    assert page.title() in {"Journal", "Journal desk"}
    # Of what passed, which is nearly all, nothing is told.
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(only)} if only else {})
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "(options) => axe.run(options).then(({ violations }) => violations)", options
    )
    return [
        f"{page.url} {each['id']}: {node['target']} {node['failureSummary']}"
        for each in found
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("part", range(PARTS))
def test_no_screen_of_a_patient_has_a_violation_in_any_look(phone, part):
    """Also: text of twice the size fits, every target is large enough, and Help is there."""
    found = look_at_sign_in(phone)
    sign_in(phone, "leo")
    for room in rooms_of_leo(phone)[part::PARTS]:
        enter(phone, room)
        if room.route != "/help":
            help_link = phone.get_by_role("banner").get_by_role("link", name="Help")
            expect(help_link).to_be_in_viewport(ratio=1)
            assert help_link.get_attribute("href") == "/help"
        found += wrong_with(phone)
    assert found == []


def wrong_with(page: Page) -> list[str]:
    """What is wrong with a screen in any look, with large text, or under a finger."""
    found = look_at(page)
    found += [f"{page.url} too wide: {each}" for each in page.evaluate(OVERFLOW)]
    found += [f"{page.url} too small: {each}" for each in page.evaluate(SMALL, SIZES)]
    page.emulate_media(color_scheme="dark")
    found += look_at(page, "color-contrast")
    page.emulate_media(color_scheme="light")
    page.evaluate("() => (document.documentElement.dataset.look = 'soft')")
    return found + look_at(page, "color-contrast")


def test_the_looks_can_be_chosen(phone):
    sign_in(phone, "leo")
    papers = set()
    for name in ("Light", "Dark", "Calm: dim, with larger words"):
        phone.goto("/look")
        phone.get_by_role("radio", name=name).check()
        phone.goto("/")
        expect(phone.get_by_role("heading", level=1)).to_be_visible()
        papers.add(phone.evaluate("() => getComputedStyle(document.body).backgroundColor"))
        assert look_at(phone) == []
    assert len(papers) == 3


def look_at_sign_in(page: Page) -> list[str]:
    page.goto("/sign-in")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("Please fill in both lines.")
    return look_at(page)


def test_the_steps_of_signing_in_and_of_getting_back_in_have_no_violation(phone):
    phone.goto("/recover")
    expect(phone.get_by_role("button", name="Begin")).to_be_visible()
    found = wrong_with(phone)
    phone.get_by_role("button", name="Begin").click()
    found += look_at(phone)
    phone.goto("/sign-in")
    phone.get_by_label("E-mail or sign-in name").fill("leo@example.org")
    phone.get_by_label("Password", exact=True).fill(PASSWORD)
    phone.get_by_role("button", name="Sign in", exact=True).click()
    phone.get_by_label("The six digits from your code app").fill(CODE)
    found += wrong_with(phone)
    phone.get_by_role("button", name="Sign in", exact=True).click()
    expect(phone.get_by_role("heading", level=1, name="Leo")).to_be_visible()
    security(phone)
    found += wrong_with(phone)
    for opens in ("Add a passkey", "Change the password", "Set up another code app"):
        phone.get_by_role("button", name=opens).click()
        expect(phone.get_by_role("textbox").first).to_be_visible()
        found += wrong_with(phone)
        phone.get_by_role("button", name="Not now").click()
    phone.get_by_role("button", name="Make a recovery code").click()
    phone.get_by_role("button", name="Show it to me").click()
    expect(phone.get_by_role("button", name="Print it")).to_be_visible()
    assert found + wrong_with(phone) == []


@pytest.mark.console_errors(r"status of (401|422) .*/api/recovery/")
def test_what_is_seldom_seen_of_getting_back_in_has_no_violation(phone, api):
    """The card asked for a second time, what the server refuses, and a link that is out."""
    phone.goto("/recover")
    phone.evaluate("(kept) => localStorage.setItem('journal.recovery', kept)", WAITED)
    phone.reload()
    title = phone.get_by_role("heading", level=1)
    expect(title).to_have_text("Please show your recovery code again")
    phone.get_by_role("button", name="Next").click()
    found = wrong_with(phone)
    phone.get_by_label("Recovery code").fill("7K2M-0000")
    phone.get_by_role("button", name="Next").click()
    expect(title).to_be_focused()
    found += wrong_with(phone)
    phone.get_by_role("button", name="No, leave them").click()
    found += wrong_with(phone)
    phone.get_by_role("button", name="With a passkey").click()
    expect(phone.get_by_role("button", name="Start over")).to_be_visible()
    found += wrong_with(phone)

    clinic_link(api("sam"), "Leo")
    sign_in(phone, "leo")
    security(phone)
    expect(phone.get_by_role("heading", name="Your clinic made a link")).to_be_visible()
    found += wrong_with(phone)
    phone.get_by_role("button", name="Stop it").click()
    expect(phone.get_by_role("status").filter(has_text="It is stopped.")).to_be_visible()
    assert found + wrong_with(phone) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_of_a_therapist_has_a_violation(open_page, scheme):
    found: list[str] = []
    desk = open_page(DESK, color_scheme=scheme)
    desk_rooms(desk, lambda page: found.extend(look_at(page)))
    assert found == []


def test_no_state_of_sharing_has_a_violation(open_page, api):
    """Paused, asked for, given for the first time."""
    found: list[str] = []
    sharing_states(open_page, api, lambda page: found.extend(wrong_with(page)))
    assert found == []


def test_the_parts_that_open_on_a_screen_have_no_violation(phone):
    sign_in(phone, "leo")
    write_freely(phone, "One sentence. And another one.")
    found: list[str] = []
    phone.get_by_role("button", name="Delete").click()
    found += look_at(phone)
    phone.get_by_role("button", name="Keep it").click()
    phone.get_by_role("link", name="Hand over").click()
    phone.get_by_role("radio", name="A passage").check()
    phone.get_by_role("option", name="And another one.").tap()
    found += look_at(phone)
    phone.goto("/sharing")
    for opens in ("Stop sharing", "Share fewer kinds", "Withdraw everything"):
        phone.get_by_role("button", name=opens).click()
        found += look_at(phone)
        phone.keyboard.press("Escape")
    phone.goto("/guide/refl")
    for _ in range(4):
        phone.get_by_role("button", name="Next").click()
    found += look_at(phone)
    phone.get_by_role("button", name="More").click()
    found += look_at(phone)
    assert found == []


def test_two_versions_have_no_violation(phone):
    sign_in(phone, "hannah")
    phone.goto("/journal")
    phone.get_by_role("link", name="See both").click()
    expect(phone.get_by_text("There are two versions of this.")).to_be_visible()
    assert look_at(phone) == []


def test_the_calm_home_has_no_violation(phone):
    sign_in(phone, "maya")
    expect(phone.get_by_text("After your session")).to_be_visible()
    assert look_at(phone) == []


def test_the_targets_of_the_desk_are_large_enough_and_it_folds_on_a_phone(open_page):
    small: list[str] = []
    wide: list[str] = []

    def measure(page: Page) -> None:
        small.extend(page.evaluate(SMALL, SIZES))
        page.set_viewport_size(PHONE)
        wide.extend(page.evaluate(OVERFLOW))
        page.set_viewport_size(DESK)

    desk_rooms(open_page(DESK), measure)
    assert small == []
    assert wide == []


def test_a_reflection_is_written_and_handed_over_with_keys_alone(phone):
    sign_in(phone, "leo")
    keys = phone.keyboard
    expect(phone.get_by_role("link", name="Other questions")).to_be_visible()
    tab_to(phone, "Other questions")
    keys.press("Enter")
    tab_to(phone, "The next day or two")
    keys.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Tell it the way it comes.")
    tab_to(phone, "", role="textbox")
    keys.type("The bow, and a long silence after it.")
    for _ in range(3):
        tab_to(phone, "Next")
        keys.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Was any part hard or scary?")
    tab_to(phone, "", role="radio")
    keys.press("Space")
    tab_to(phone, "Next")
    keys.press("Enter")
    tab_to(phone, "Stop here")
    keys.press("Enter")
    tab_to(phone, "Read what you wrote")
    keys.press("Enter")
    expect(phone.get_by_text("The bow, and a long silence after it.")).to_be_visible()
    expect(phone.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    tab_to(phone, "Hand over")
    keys.press("Enter")
    expect(phone.get_by_role("group", name="How much of it?")).to_be_visible()
    tab_to(phone, "", role="radio")
    keys.press("Space")
    expect(phone.get_by_text("Then Dr Ana Reyes can read this until")).to_be_visible()
    tab_to(phone, "Hand over")
    keys.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Handed to Dr Ana Reyes.")
    expect(phone.get_by_role("heading", level=1)).to_be_focused()
