"""Two versions of the app, and a phone that the first edition of the app has written on."""

import json
import re
import secrets
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import APIRequestContext, Page

from journal.demo.people import CODE, PASSWORD
from tests.e2e.live import Live
from tests.factories import new_id

MARK = '<meta name="made-by" content="the next version" />'
IS_NEXT = "() => document.querySelector('meta[name=made-by]') !== null"
WAIT_SECONDS = 45
Q = "[\"'`]?"  # quotes of any kind, or none


def bring_out_the_next(live: Live) -> None:
    """Put version N+1 in the place of the pages this server serves."""
    pages = live.folder / "static"
    index, worker = pages / "index.html", pages / "sw.js"
    index.write_text(index.read_text().replace("</head>", f"{MARK}</head>"))
    listed = re.compile(rf"({Q}url{Q}:\s*{Q}/index\.html{Q},\s*{Q}revision{Q}:\s*{Q})\w+")
    renewed, count = listed.subn(rf"\g<1>{secrets.token_hex(8)}", worker.read_text())
    assert count == 1, "the worker's list of pages has another form"
    worker.write_text(renewed)
    for changed in (index, worker):
        for twin in (".br", ".gz"):
            changed.with_name(changed.name + twin).unlink(missing_ok=True)


def look_for_the_next(page: Page) -> None:
    """What a page does by itself each hour, and whenever it is looked at again."""
    page.evaluate("() => navigator.serviceWorker.ready.then((one) => one.update())")


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that can only be asked of the server."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it did not come to hold"
        time.sleep(0.25)


# As `data/db.ts`, `data/vault.ts` and `data/entries.ts` of the first edition wrote it: one key for
# each database that cannot leave the browser, every box under it.
FIRST_EDITION = """async ({ me, entries }) => {
  const encode = (text) => new TextEncoder().encode(text);
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const over = (tx) => new Promise((resolve, reject) => {
    tx.oncomplete = resolve;
    tx.onerror = () => reject(tx.error);
  });
  const open = (name, upgrade) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => upgrade(request.result);
    return done(request);
  };
  const newKey = () =>
    crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const seal = async (key, place, value) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: encode(place) }, key, encode(JSON.stringify(value)));
    return { iv, data };
  };

  const device = await open('journal-device', (db) => {
    db.createObjectStore('meta');
    db.createObjectStore('public');
  });
  const deviceKey = await newKey();
  const box = await seal(deviceKey, `me:${me.id}`, me);
  let tx = device.transaction('meta', 'readwrite');
  tx.objectStore('meta').put(deviceKey, 'key');
  tx.objectStore('meta').put({ id: me.id, box, verified: false, ended: false }, 'current');
  await over(tx);
  device.close();

  const db = await open(`journal-${me.id}`, (made) => {
    made.createObjectStore('meta');
    const rows = made.createObjectStore('entries', { keyPath: 'id' });
    rows.createIndex('dirty', 'dirty');
    const outbox = made.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true });
    outbox.createIndex('entry', 'entry');
    made.createObjectStore('intents', { keyPath: 'seq', autoIncrement: true });
    made.createObjectStore('kept');
  });
  const key = await newKey();
  const rows = await Promise.all(entries.map(async ({ id, revision, content, waits }) => {
    const sealed = await seal(key, `entry:${id}`, content);
    return { id, revision, waits, box: sealed };
  }));
  const liked = { asked: ['phrases', 'install'], starred: ['gr-room'] };
  const prefs = await seal(key, 'kept:prefs', liked);
  tx = db.transaction(['meta', 'entries', 'outbox', 'kept'], 'readwrite');
  tx.objectStore('meta').put(key, 'key');
  tx.objectStore('kept').put(prefs, 'prefs');
  for (const { id, revision, waits, box: sealed } of rows) {
    tx.objectStore('entries').put({
      id, box: sealed, counter: 1, queued: waits === 'kept' ? 0 : 1, acked: 0, dirty: 1,
      tip: waits === 'kept' ? null : revision, saved_at: null, place: 0, finished: true,
      problem: null, conflicts: null, head: null, rivals: [], mine: [], round: 0,
    });
    // A draft that was kept and never queued has no row here: the page died before that.
    if (waits !== 'kept') {
      tx.objectStore('outbox').add({
        entry: id, counter: 1, revision, parent: null, resolves: [], box: sealed, forked: false,
        attempted: waits === 'attempted', tries: waits === 'attempted' ? 1 : 0, problem: null,
      });
    }
  }
  await over(tx);
  db.close();
}"""


def written_by_the_first_edition(page: Page, live: Live, who: str, texts: list[str]) -> None:
    """Fill this phone the way the first edition of the app did, and send nothing of it.

    Every third text was attempted once, and every third was kept and never queued. Nothing of the
    app has run on this phone before.
    """
    sent = {"email": f"{who}@example.org", "password": PASSWORD, "code": CODE}
    answer = page.request.post("/api/session", data=sent, headers={"Origin": live.url})
    assert answer.ok
    page.goto("/robots.txt")  # a page of ours in which nothing runs
    entries = [
        {
            "id": str(new_id()),
            "revision": str(new_id()),
            "waits": ("queued", "attempted", "kept")[number % 3],
            "content": {
                "guide": "free",
                "edition": 1,
                "created_at": "2026-10-01T10:00:00.000Z",
                "occurred_at": f"2026-10-01T10:{number // 60 % 60:02}:{number % 60:02}.000Z",
                "zone": "Europe/London",
                "answers": {"free-01": {"text": text}},
            },
        }
        for number, text in enumerate(texts)
    ]
    page.evaluate(FIRST_EDITION, {"me": answer.json(), "entries": entries})


def free_texts(device: APIRequestContext) -> list[str]:
    """What the server has of free writing, each text as often as it is there."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        answer = json.loads(device.get(f"/api/changes?limit=200{cursor}").text())
        found += [one for one in answer["items"] if not one.get("deleted")]
        if not answer["more"]:
            break
        cursor = f"&cursor={answer['cursor']}"
    return sorted(one["answers"]["free-01"]["text"] for one in found if "free-01" in one["answers"])
