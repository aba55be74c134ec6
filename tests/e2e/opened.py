"""All that lies on a phone, opened with its own key: to compare two moments to the letter."""

import json
import re
from typing import Any

from playwright.sync_api import Page

# Boxes are opened where they lie: the key cannot leave the browser, and need not.
OPENED = """async () => {
  const read = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const found = {};
  for (const { name } of await indexedDB.databases()) {
    const db = await read(indexedDB.open(name));
    const keys = [...db.objectStoreNames];
    const meta = db.transaction('meta').objectStore('meta');
    const [own, wrap, dek] = await Promise.all(
      ['key', 'wrap', 'dek'].map((kept) => read(meta.get(kept))));
    const opening = async (key, box, place) => JSON.parse(new TextDecoder().decode(
      await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: box.iv, additionalData: new TextEncoder().encode(place) },
        key, box.data)));
    // A person's boxes are under their data key, which lies in a box itself.
    const key = own ?? await crypto.subtle.importKey('raw', Uint8Array.from(
      atob(await opening(wrap, dek, 'dek')), (letter) => letter.charCodeAt(0)),
      'AES-GCM', false, ['decrypt']);
    const open = (box, place) => opening(key, box, place);
    const isBox = (value) => value?.iv instanceof Uint8Array && value.data instanceof ArrayBuffer;
    for (const store of keys) {
      const inside = db.transaction(store).objectStore(store);
      const [names, rows] = await Promise.all([read(inside.getAllKeys()), read(inside.getAll())]);
      for (let at = 0; at < rows.length; at++) {
        let row = rows[at];
        const place = store === 'kept' ? `kept:${names[at]}`
          : store === 'meta' ? `me:${row.id}` : `entry:${row.entry ?? row.id}`;
        if (row instanceof CryptoKey || names[at] === 'dek') row = 'a key';
        else if (isBox(row)) row = await open(row, place);
        else if (row !== null && typeof row === 'object') {
          row = { ...row };
          for (const [part, value] of Object.entries(row)) {
            if (isBox(value)) row[part] = await open(value, place);
          }
        }
        found[`${name}/${store}/${names[at]}`] = row;
      }
    }
    db.close();
  }
  for (const [name, kept] of Object.entries({ localStorage, sessionStorage })) {
    for (const [key, value] of Object.entries({ ...kept })) found[`${name}/${key}`] = value;
  }
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) {
      found[`cache ${name}/${new URL(request.url).pathname}`] = true;
    }
  }
  return found;
}"""

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)")
NUMBER = re.compile(r"(?<![\w-])\d+(?![\w-])")


def opened(page: Page) -> dict[str, Any]:
    """Everything stored, by its place, boxes opened."""
    return page.evaluate(OPENED)


def difference(before: dict[str, Any], after: dict[str, Any], words: str) -> dict[str, list[str]]:
    """What is new, gone or changed; ids, times, numbers and these words are made the same.

    How far the feed was read is left out: it follows what was sent in its own time.
    """

    def plain(value: Any) -> str:
        said = json.dumps(value, sort_keys=True).replace(json.dumps(words)[1:-1], "WORDS")
        for pattern in (TIME, UUID, NUMBER):
            said = pattern.sub("*", said)
        return said

    told: dict[str, list[str]] = {}
    for place in sorted(before.keys() | after.keys()):
        was, now = before.get(place), after.get(place)
        if was != now and not place.endswith("/meta/cursor"):
            told.setdefault(plain(place), []).append(f"{plain(was)} -> {plain(now)}")
    return {place: sorted(changes) for place, changes in told.items()}
