/** Texts the server refused that are no longer the text of their entry. */
import { uuid7 } from "../domain/ids.ts";
import { mediaOf } from "../domain/media.ts";
import { changed } from "./changes.ts";
import type { OutboxRow, Store } from "./db.ts";
import { type EntryContent, entryPlace } from "./entries.ts";
import { freshRow, rowsOf, settled, write } from "./queue.ts";
import { open, seal } from "./vault.ts";

/**
 * Gives each of them an entry of its own, set aside: its words are shown, and the entry it came
 * from is not held up by them. (Another text was chosen, or another tab wrote over it.)
 */
export async function housed(here: Store): Promise<void> {
  const refused = (await here.db.getAll("outbox")).filter((row) => row.problem);
  for (const row of refused) {
    if ((await here.db.get("entries", row.entry))?.tip === row.revision) continue;
    // One that does not open, or does not fit, waits for another time and holds up nothing.
    await house(here, row).catch(() => undefined);
  }
}

async function house({ db, key }: Store, row: OutboxRow): Promise<void> {
  const id = uuid7();
  const content = await open<EntryContent>(key, entryPlace(row.entry), row.box);
  const box = await seal(key, entryPlace(id), content);
  const current = await db.get("entries", row.entry);
  const stays =
    current && namedIn(await open<EntryContent>(key, entryPlace(row.entry), current.box));
  const tx = write(db);
  const [entries, outbox] = [tx.objectStore("entries"), tx.objectStore("outbox")];
  const [from, now] = [await entries.get(row.entry), await outbox.get(row.seq)];
  if (from && from.tip !== row.revision && now?.problem && now.revision === row.revision) {
    const made = { revision: uuid7(), counter: 1 };
    const alone = { parent: null, resolves: [], forked: false };
    await outbox.put({ ...now, ...made, ...alone, entry: id, box });
    const set = { counter: 1, queued: 1, finished: true, tip: made.revision, problem: now.problem };
    await entries.put(settled({ ...freshRow(id, box), ...set }));
    // What only these words name goes with them; deleting the other must not delete it.
    for (const medium of namedIn(content)) {
      const kept = stays?.has(medium) ? undefined : await tx.objectStore("media").get(medium);
      if (kept) await tx.objectStore("media").put({ ...kept, entry: id });
    }
    const other = (await rowsOf(tx, row.entry)).find((each) => each.problem);
    await entries.put(settled({ ...from, problem: other?.problem ?? null }));
  }
  await tx.done;
  for (const each of [row.entry, id]) changed("entries", each);
  changed("outbox");
}

const namedIn = ({ answers }: EntryContent): Set<string> =>
  new Set(Object.values(answers).flatMap(mediaOf));
