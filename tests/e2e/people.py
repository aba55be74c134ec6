"""What people do in the browser, in the words that stand on the screen."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import APIRequestContext, Locator, Page, expect

from journal.demo.people import CODE, PASSWORD
from tests.e2e.straight import NOBODY_YET, whole

SAVED = re.compile(r"Saved \d+:\d\d\.")
ON_THIS_PHONE = "On this phone."
"""Stays only where nothing is sent: with a network, what is kept may be saved a moment later."""
IN_THE_MORNING = r"(today|tomorrow) at \d+:\d\d\."
"""When the hours after a dose are over, as it is said before midnight and after it."""
ONLY_YOU = "Only you can read this."


def sign_in(page: Page, who: str, *, at: str = "/sign-in") -> None:
    """Sign in and wait until the first screen stands: a patient's home, a therapist's desk."""
    if url := NOBODY_YET.pop(page.context, None):
        me = {"email": f"{who}@example.org", "password": PASSWORD, "code": CODE}
        let_in = page.context.request.post("/api/session", data=me, headers={"Origin": url})
        assert let_in.ok, let_in.text()
        home = "/" if let_in.json()["role"] == "patient" else "/desk"
        page.goto(home if at == "/sign-in" else at)
    else:
        page.goto(at)
        show_who(page, f"{who}@example.org")
        if at == "/sign-in":
            page.wait_for_url(re.compile(r"/(desk/?)?$"))
    expect(page.get_by_role("heading", level=1).first).not_to_have_text("Sign in")


def show_who(page: Page, name: str, password: str = PASSWORD, code: str = CODE) -> None:
    """Fill in the door that is open, and its second question where it is asked.

    Staff are always asked. A patient is not on a device that has let them in before.
    """
    door = page.get_by_role("button", name="Sign in", exact=True)
    page.get_by_label("E-mail or sign-in name").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    door.click()
    second = page.get_by_label("The six digits from your code app")
    inside = page.get_by_role("heading", level=1).filter(has_not_text=re.compile("^Sign in$"))
    expect(second.or_(inside).first).to_be_visible()
    if second.is_visible():
        second.fill(code)
        door.click()


CONTROLLED = "() => navigator.serviceWorker.controller !== null"
ACTIVE = "async () => (await navigator.serviceWorker.ready).active.state === 'activated'"


def worker_at_the_door(page: Page) -> None:
    """Wait until the worker answers this page.

    It takes over the pages that are open; one that is just being loaded, as after signing in
    faster than any hand can, has it from its next load on.
    """
    whole(page)
    page.wait_for_function(ACTIVE)
    if not page.evaluate(CONTROLLED):
        page.reload()
        page.wait_for_function(CONTROLLED)
        expect(page.get_by_role("heading", level=1).first).to_be_visible()


def ready_for_offline(page: Page) -> None:
    """Wait until the phone has all it needs: the worker at the door, the journal fetched."""
    worker_at_the_door(page)
    page.goto("/journal")
    expect(page.get_by_role("heading", name="Your journal")).to_be_visible()
    expect(page.locator("a[href^='/entry/']").first).to_be_visible()
    page.goto("/")
    page.wait_for_load_state("networkidle")


def state(page: Page) -> Locator:
    """The line under the words: where they are and who can read them."""
    return page.get_by_role("status").filter(has_text=re.compile(r"\breads?\b"))


def kept(page: Page) -> None:
    """Wait until all that was typed or picked here lies on this phone; it may be sent by then."""
    line = state(page)
    expect(line).to_have_text(re.compile(f"{re.escape(ON_THIS_PHONE)}|{SAVED.pattern}"))
    expect(line).not_to_have_attribute("data-unkept", "true")


def write(page: Page, words: str) -> None:
    """Type into the blank page or the question that is open."""
    place = page.get_by_role("textbox").first
    place.click()
    place.press_sequentially(words)


def write_freely(page: Page, words: str) -> str:
    """Write a page, wait until the server has it, and return the id of the entry."""
    page.goto("/write")
    page.get_by_role("textbox").fill(words)
    page.get_by_role("button", name="Done", exact=True).click()
    page.wait_for_url("**/")
    return saved_entry(page, words)


def saved_entry(page: Page, words: str) -> str:
    """Open the journal at the entry that begins with these words, once it is saved."""
    page.goto("/journal")
    row = page.locator("a[href^='/entry/']").filter(has_text=words.strip()[:60])
    expect(row).to_contain_text("Saved")
    row.click()
    expect(page.get_by_role("link", name="Hand over")).to_be_visible()
    return page.url.rpartition("/")[2]


def tab_to(page: Page, name: str, *, role: str | None = None) -> None:
    """Press Tab until what begins with this name, or is such a control, has the keyboard."""
    control = {"textbox": "textarea, input[type=text]", "radio": "input[type=radio]"}.get(role)
    # Tab beyond the last control leaves the page for good: what is sought must be there first.
    sought = page.locator(control) if control else page.locator("a, button").filter(has_text=name)
    expect(sought.filter(visible=True).first).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        there = "([name, control]) => control ? document.activeElement.matches(control)"
        if page.evaluate(
            f"{there} : (document.activeElement.innerText ?? '').startsWith(name)", [name, control]
        ):
            return
    raise AssertionError(f"{name or role} is not reached with Tab")


def entries(api: APIRequestContext) -> list[dict[str, Any]]:
    """Everything the server has in this journal."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        answer = api.get(f"/api/changes?limit=200{cursor}").json()
        found += [item for item in answer["items"] if not item.get("deleted")]
        if not answer["more"]:
            return found
        cursor = f"&cursor={answer['cursor']}"


def entries_with(api: APIRequestContext, words: str) -> list[dict[str, Any]]:
    """The entries whose present text has these words."""
    return [one for one in entries(api) if words in str(one["answers"])]


def revisions(api: APIRequestContext, entry: str) -> list[dict[str, Any]]:
    """Every text the server keeps of an entry, newest first."""
    return api.get(f"/api/entries/{entry}/revisions").json()


@contextmanager
def offline(page: Page) -> Iterator[None]:
    """The network is gone for all of this phone."""
    whole(page)
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)


STORED = """async () => {
  const text = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer ?? value);
      const utf8 = new TextDecoder().decode(bytes);
      const utf16 = new TextDecoder('utf-16le').decode(bytes);
      return utf8 + ' ' + utf16;
    }
    if (value instanceof CryptoKey) return 'key';
    if (value !== null && typeof value === 'object') {
      return Object.entries(value).map(([k, v]) => k + ' ' + text(v)).join(' ');
    }
    return String(value);
  };
  const read = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const found = { databases: [], text: '', rows: 0, cached: [] };
  for (const { name } of await indexedDB.databases()) {
    found.databases.push(name);
    const db = await read(indexedDB.open(name));
    for (const store of db.objectStoreNames) {
      const inside = db.transaction(store).objectStore(store);
      const [keys, rows] = await Promise.all([read(inside.getAllKeys()), read(inside.getAll())]);
      found.rows += rows.length;
      if (store !== 'public') found.text += ' ' + text(keys) + ' ' + text(rows);
    }
    db.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.cached.push(new URL(request.url).pathname);
      found.text += ' ' + request.url + ' ' + await (await cache.match(request)).text();
    }
  }
  for (const kept of [localStorage, sessionStorage]) found.text += ' ' + text({ ...kept });
  return found;
}"""


def stored(page: Page) -> dict[str, Any]:
    """All that lies on this device, read raw: databases, caches, storage.

    Public documents, the same for everybody, are left out of `text`.
    """
    whole(page)
    return page.evaluate(STORED)
