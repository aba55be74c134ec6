"""After a day's use and a lock, the disk of a phone has none of the words."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page, expect

from tests.e2e.conftest import HERE, PHONE
from tests.e2e.disk import found_in, unpacked
from tests.e2e.locks import lock_now, locked, no_words, put_on_lock, with_words
from tests.e2e.people import (
    entries_with,
    sign_in,
    state,
    stored,
    write_freely,
)
from tests.e2e.test_handing_over import confirm, hand_over

FREE, PART, ANSWER, PLAN, SKILL = (
    "quillmarsh",
    "brindlewick",
    "ferrowhistle",
    "lanternskep",
    "mossigrand",
)
CANARIES = [FREE, PART, ANSWER, PLAN, SKILL]
PLANTED = "gildermorrow"
SOUGHT = "forty bars of rest"
READ = [SOUGHT, "i play double bass", "with the tab closed", "a fifth piano"]

AT_REST = re.compile(r"On this phone\.|Saved \d")

Start = Callable[[], BrowserContext]


@pytest.fixture
def start_phone(
    browser_type: BrowserType, browser_type_launch_args, live, watch, tmp_path
) -> Start:
    """`start_phone()`: the browser of one phone; its disk is `tmp_path / "phone"`."""

    def start() -> BrowserContext:
        context = browser_type.launch_persistent_context(
            tmp_path / "phone",
            base_url=live.url,
            viewport=PHONE,
            has_touch=True,
            **HERE,
            **browser_type_launch_args,
        )
        watch.over(context)
        return context

    return start


def a_day(page: Page) -> None:
    """Write, answer, hand over, plan, and make a skill of one's own."""
    write_freely(page, f"The boat, {FREE}. And the rope, {PART}.")
    hand_over(page, "A passage")
    page.get_by_role("option").filter(has_text=PART).tap()
    confirm(page)
    page.goto("/guide/week")
    page.get_by_role("main").get_by_role("button").first.click()
    page.get_by_role("textbox").first.fill(f"Later, {ANSWER}.")
    expect(state(page)).to_contain_text(AT_REST)
    page.goto("/plan")
    page.get_by_role("link", name=re.compile("^(Begin my plan|Change)")).first.click()
    page.get_by_role("textbox").first.fill(f"I stop at the {PLAN}.")
    expect(state(page)).to_contain_text(AT_REST)
    page.goto("/plan")
    expect(page.get_by_text(PLAN)).to_be_visible()
    page.goto("/skills/own")
    page.get_by_label("What do you call it?").fill(f"The {SKILL} way")
    page.get_by_role("button", name="Done", exact=True).click()
    page.wait_for_url(re.compile(r"/skills/[0-9a-f-]{36}$"))
    saved = page.get_by_role("listitem").filter(has_text=SKILL)
    page.goto("/journal")
    expect(saved).to_contain_text("Saved")


def test_a_days_use_and_a_lock_leave_no_words_on_the_disk(start_phone: Start, api, tmp_path):
    phone = start_phone()
    page = phone.new_page()
    sign_in(page, "leo")
    a_day(page)
    words = put_on_lock(page)
    lock_now(page)
    for canary in CANARIES:
        assert entries_with(api("leo"), canary), canary
    for canary in CANARIES:
        no_words(page, canary)
    raw = stored(page)
    assert raw["rows"] > 20, "the reading saw nothing"
    for canary in (*CANARIES, words):
        assert canary not in raw["text"].lower(), canary
    phone.close()

    assert found_in(tmp_path / "phone", [*CANARIES, words]) == {}
    # It is all there for its person.
    phone = start_phone()
    page = phone.new_page()
    page.goto("/journal")
    expect(locked(page)).to_be_visible()
    with_words(page, words)
    expect(page.get_by_role("listitem").filter(has_text=FREE)).to_be_visible()
    phone.close()


READS = 50
NOTED = "sallowthorn"
KEPT_FOR = 6_000  # ms: a file's words leave the window so soon after it was handed to the browser

WATCH_BLOBS = """() => {
  window.blobs = new Set();
  const { createObjectURL: made, revokeObjectURL: gone } = URL;
  URL.createObjectURL = (blob) => {
    const url = made.call(URL, blob);
    window.blobs.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    window.blobs.delete(url);
    gone.call(URL, url);
  };
}"""
BLOBS = "() => window.blobs.size"


@pytest.mark.timeout(480)
def test_a_therapists_reading_leaves_nothing_on_the_disk(start_phone: Start, tmp_path):
    """Many pages, a search, a note and a file: the clinic's computer has none of it."""
    desk = start_phone()
    page = desk.new_page()
    sign_in(page, "reyes", at="/desk")
    for at in range(READS):
        name = ("Leo", "Ruth")[at % 2]
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
        page.go_back()
    page.get_by_role("button", name="Leo").click()
    page.get_by_label("My notes").fill(f"Ask about {NOTED}.")
    expect(page.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
    page.evaluate(WATCH_BLOBS)
    page.get_by_role("button", name="Keep as PDF").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the file").click()
    download.value.delete()  # where it is kept is for the person to say
    assert page.evaluate(BLOBS) == 1
    page.go_back()
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("searchbox").fill(SOUGHT)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_text("Forty bars of rest").first).to_be_visible()
    page.wait_for_timeout(KEPT_FOR)
    assert page.evaluate(BLOBS) == 0
    raw = stored(page)["text"].lower()
    desk.close()
    for words in (*READ, NOTED):
        assert words not in raw, words
    assert found_in(tmp_path / "phone", [*READ, NOTED]) == {}


PLANT = """async ([planted, filler]) => {
  localStorage.setItem('planted-local', planted + 'local');
  const request = indexedDB.open('planted', 1);
  await new Promise((resolve) => {
    request.onupgradeneeded = () => request.result.createObjectStore('rows');
    request.onsuccess = () => resolve();
  });
  const put = (value, key) => new Promise((resolve) => {
    const tx = request.result.transaction('rows', 'readwrite', { durability: 'strict' });
    tx.objectStore('rows').put(value, key);
    tx.oncomplete = resolve;
  });
  await put({ words: planted + 'plain' }, 'plain');
  await put({ words: planted + 'wide \\u2603' }, 'wide');
  await put({ words: filler + planted + 'packed' }, 'packed');
  const cache = await caches.open('planted');
  await cache.put('/planted', new Response(planted + 'cached'));
  request.result.close();
}"""


def test_the_search_finds_what_is_planted(start_phone: Start, tmp_path):
    kinds = [PLANTED + kind for kind in ("local", "plain", "wide", "packed", "cached")]
    phone = start_phone()
    page = phone.new_page()
    page.goto("/help")
    # Packed, nothing of a word stands in one piece: it repeats what stood before, a bit at a time.
    pieces = "".join(f"{PLANTED[at : at + 6]}-" for at in range(8)) * 400
    page.evaluate(PLANT, [PLANTED, pieces])
    assert PLANTED in json.dumps(stored(page)["text"])
    phone.close()
    found = found_in(tmp_path / "phone", kinds)
    assert sorted(found) == sorted(kinds)


def test_unpacking_is_undone_right():
    # From the format's own description: a literal, then a copy that overlaps itself.
    assert unpacked(bytes([5, 16]) + b"hello") == b"hello"
    assert unpacked(bytes([8, 4]) + b"ab" + bytes([(6 - 1) << 2 | 2, 2, 0])) == b"abababab"
