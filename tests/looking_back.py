"""Measure looking back on a phone: `python -m tests.looking_back [entries]`, 5,000 by default.

A demo clinic gets so many entries of about 2 kB through the API. A browser of a phone's size pulls
them, and then: how long the journal takes to open, to scroll, to open a month, and to find words.
With `JOURNAL_SLOW=4` the processor of the page is slowed that many times.
"""

import json
import os
import random
import re
import shutil
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

from journal.demo.people import CODE, PASSWORD
from tests.e2e.conftest import FLAGS, HERE, PHONE
from tests.e2e.live import ROOT, Live
from tests.e2e.people import sign_in
from tests.e2e.test_timeline import item, lived
from tools import chromium

SLOW = float(os.environ.get("JOURNAL_SLOW", "1"))
WORDS = (
    "river door light water kitchen window brother garden morning breath rain stone field bread "
    "stairs letter autumn blanket harbour lantern kettle orchard thread meadow hollow bridge"
)
LOOKED_FOR = ("r", "ri", "river", "lantern gar", "door window kettle", "unfindable", "brea", "h m")

FIND = """(words) => new Promise((resolve) => {
  const field = document.querySelector('input[type=search]');
  const since = performance.now();
  field.value = words;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - since)));
})"""
SCROLL = """async () => {
  const gaps = [];
  let before = performance.now();
  for (let step = 0; step < 200; step += 1) {
    scrollBy(0, 600);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const now = performance.now();
    gaps.push(now - before);
    before = now;
  }
  return gaps;
}"""


def main(count: str = "5000") -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        clinic = Live(Path(folder))
        shutil.copytree(ROOT / "journal" / "static", clinic.folder / "static")
        for command in ("init", "upgrade", "demo"):
            clinic.journal(command)
        clinic.start()
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        try:
            device = playwright.request.new_context(
                base_url=clinic.url, extra_http_headers={"Origin": clinic.url}
            )
            me = {"email": "leo@example.org", "password": PASSWORD, "code": CODE}
            assert device.post("/api/session", data=me).ok
            lived(device, *_entries(int(count)))
            context = browser.new_context(base_url=clinic.url, viewport=PHONE, **HERE)
            context.set_default_timeout(120_000)
            page = context.new_page()
            _measure(page, context.new_cdp_session(page), int(count))
        finally:
            browser.close()
            clinic.stop()


def _entries(count: int) -> list[dict]:
    chosen = random.Random(4)  # noqa: S311 - the same words every time
    words = WORDS.split()
    start = datetime.now(UTC) - timedelta(hours=5 * count)
    return [
        item(
            "free",
            {"free-01": {"text": f"Number {n}. " + " ".join(chosen.choices(words, k=330))}},
            start + timedelta(hours=5 * n),
        )
        for n in range(count)
    ]


def _measure(page: Page, browser: CDPSession, count: int) -> None:
    sign_in(page, "leo")
    began = time.monotonic()
    page.goto("/journal")
    have = (
        "async () => { const name = (await indexedDB.databases()).map((one) => one.name)"
        ".find((one) => one.startsWith('journal-') && one !== 'journal-device');"
        "const read = (r) => new Promise((d) => { r.onsuccess = () => d(r.result); });"
        "const db = await read(indexedDB.open(name));"
        "const n = await read(db.transaction('entries').objectStore('entries').count());"
        "db.close(); return n; }"
    )
    while page.evaluate(have) < count:
        page.wait_for_timeout(500)
    _say("first pull, s", time.monotonic() - began)
    page.wait_for_timeout(3000)
    if SLOW != 1:
        browser.send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
    _say("journal opened cold, ms", *(_opened(page) for _ in range(5)))
    page.goto("/")
    page.wait_for_timeout(5000)
    _say("journal opened from home, ms", _tapped(page))
    gaps = page.evaluate(SCROLL)
    _say("a frame while scrolling 120,000 px, ms", *gaps)
    _say("rows in the page after it", page.locator("a[href^='/entry/']").count())
    began = time.monotonic()
    page.goto("/month")
    page.locator("button.date .written").first.wait_for()
    _say("month opened cold, ms", 1000 * (time.monotonic() - began))
    page.goto("/search")
    field = page.get_by_role("searchbox")
    began = time.monotonic()
    field.fill("number")
    page.get_by_text(re.compile(r"^\d+ found\.$")).wait_for()
    _say("first search with reading everything, ms", 1000 * (time.monotonic() - began))
    times = [page.evaluate(FIND, words) for _ in range(25) for words in LOOKED_FOR]
    _say("search, from the key to the painted list, ms", *times)
    browser.send("HeapProfiler.collectGarbage")
    _say(
        "memory of the page with the index, MB",
        page.evaluate("() => performance.memory.usedJSHeapSize / 1e6"),
    )
    page.goto("/help")
    page.wait_for_timeout(500)
    browser.send("HeapProfiler.collectGarbage")
    _say(
        "memory of another page, MB", page.evaluate("() => performance.memory.usedJSHeapSize / 1e6")
    )


def _opened(page: Page) -> float:
    page.goto("about:blank")
    began = time.monotonic()
    page.goto("/journal")
    page.locator("a[href^='/entry/']").first.wait_for()
    return 1000 * (time.monotonic() - began)


def _tapped(page: Page) -> float:
    began = time.monotonic()
    page.get_by_role("link", name="Journal").click()
    page.locator("section.day a[href^='/entry/']").first.wait_for()
    return 1000 * (time.monotonic() - began)


def _say(what: str, *values: float) -> None:
    if len(values) < 3:
        shown = ", ".join(f"{one:.1f}" for one in values)
    else:
        cuts = statistics.quantiles(values, n=20)
        shown = f"p50 {statistics.median(values):.1f}, p95 {cuts[18]:.1f}, most {max(values):.1f}"
    print(json.dumps(what), shown, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
