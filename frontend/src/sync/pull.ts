/** Takes in what happened elsewhere: the changes feed, page by page, resumable. */
import { api } from "../api/client.ts";
import { ask, Trouble, within } from "../api/trouble.ts";
import type { Change, Changes, Entry, Gone } from "../api/types.ts";
import { as } from "../api/who.ts";
import { changed, changedEntries } from "../data/changes.ts";
import { type Box } from "../data/vault.ts";
import { type EntryRow, NobodyHere, type Store, store } from "../data/db.ts";
import { entryPlace, forgetEntry } from "../data/entries.ts";
import { calmed, enqueue, freshRow, settled } from "../data/queue.ts";
import { replaced } from "../data/sent.ts";
import { seal } from "../data/vault.ts";
import { forgetVerified, markEnded, verify } from "../data/account.ts";
import { contentOfHead, type Outcome } from "./outbox.ts";

const PAGE = 200;

/** Pulls until there is no more. Call it under the send lock, after sending. */
export async function pull(): Promise<Outcome> {
  try {
    const here = await store();
    try {
      while (await page(here));
      await catchUp(here);
      return "done";
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      if (error.kind === "offline") return "offline";
      if (error.kind === "problem") return "later";
      await markEnded(here.account);
      return "signed-out";
    }
  } catch (error) {
    if (error instanceof NobodyHere) return "signed-out";
    if (error instanceof DOMException) return "later";
    throw error;
  }
}

/** One page; true when there is another. */
async function page(here: Store): Promise<boolean> {
  const cursor = (await here.db.get("meta", "cursor")) as string | undefined;
  let changes: Changes;
  try {
    const query = { limit: PAGE, ...(cursor ? { cursor } : {}) };
    changes = await ask(
      api.GET("/api/changes", { params: { query }, ...as(here.account), ...within() }),
    );
  } catch (error) {
    if (error instanceof Trouble && error.status === 410 && cursor) {
      await startOver(here);
      return true;
    }
    throw error;
  }
  if (!(await apply(here, changes, cursor)) || changes.more) return true;
  await finishRound(here);
  return false;
}

/**
 * The server was restored from a copy: its numbering is another. What waits here stays; what it
 * may have lost is found at the end of the round.
 */
async function startOver({ db, account }: Store): Promise<void> {
  await sure(account);
  const tx = db.transaction(["meta", "media"], "readwrite");
  const meta = tx.objectStore("meta");
  const round = ((await meta.get("round")) as number | undefined) ?? 0;
  await meta.put(round + 1, "round");
  await meta.put(true, "again");
  await meta.delete("cursor");
  // Of what is still here the server is asked again whether it has it.
  for (const row of await tx.objectStore("media").getAll()) {
    if (row.here) await tx.objectStore("media").put({ ...row, state: "on-phone", waits: 1 });
  }
  await tx.done;
}

/** Before everything is sent again: asks once more whose session it is. */
async function sure(account: string): Promise<void> {
  await forgetVerified();
  await verify(account);
}

interface Sealed {
  box: Box;
  texts: Box | null;
}

async function sealAll({ key }: Store, items: Changes["items"]): Promise<Map<string, Sealed>> {
  const sealed = await Promise.all(
    items.map(async (item): Promise<[string, Sealed] | null> => {
      if (isGone(item)) return null;
      const at = entryPlace(item.id);
      const { revision, saved_at, answers, conflicts } = item;
      // The head among them: an editor that holds an older text may put that in its place.
      const texts = conflicts.length
        ? await seal(key, at, [{ revision, saved_at, answers, base: null }, ...conflicts])
        : null;
      return [item.id, { box: await seal(key, at, contentOfHead(item)), texts }];
    }),
  );
  return new Map(sealed.filter((each) => each !== null));
}

const isGone = (item: Entry | Gone): item is Gone => "deleted" in item && item.deleted === true;

/** False when somebody else has moved the cursor meanwhile: an old page must not undo newer ones. */
async function apply(here: Store, changes: Changes, cursor: string | undefined): Promise<boolean> {
  const sealed = await sealAll(here, changes.items);
  const touched: string[] = [];
  const puts: Promise<string>[] = [];
  const tx = here.db.transaction(
    ["entries", "outbox", "intents", "meta", "media", "pieces"],
    "readwrite",
  );
  if ((await tx.objectStore("meta").get("cursor")) !== cursor) {
    await tx.done;
    return false;
  }
  const entries = tx.objectStore("entries");
  const round = ((await tx.objectStore("meta").get("round")) as number | undefined) ?? 0;
  const again = (await tx.objectStore("meta").get("again")) === true;
  const behind = new Set(((await tx.objectStore("meta").get("behind")) ?? []) as string[]);
  const known = behind.size;
  const deleted = new Set(
    (await tx.objectStore("intents").getAll())
      .filter((intent) => intent.kind === "delete-entry")
      .map((intent) => intent.target),
  );
  // Asked for all at once: a journal of years comes in a few pages, and not row by row.
  const [rows, waiting] = await Promise.all([
    Promise.all(changes.items.map(({ id }) => entries.get(id))),
    Promise.all(changes.items.map(({ id }) => tx.objectStore("outbox").index("entry").count(id))),
  ]);
  for (const [at, item] of changes.items.entries()) {
    const row = rows[at];
    const waits = waiting[at];
    const clean = row !== undefined && !row.dirty && waits === 0;
    if (row && !clean) behind.add(item.id);
    else behind.delete(item.id);
    if (isGone(item)) {
      if (clean) await forgetEntry(tx as never, item.id);
      else if (row) await entries.put({ ...row, round });
      if (clean) touched.push(item.id);
      continue;
    }
    const found = sealed.get(item.id);
    if (!found || deleted.has(item.id)) continue;
    if (row && !clean) {
      await entries.put({ ...row, round });
    } else if (row && again && lostThere(row, item)) {
      // Acknowledged after the copy was made: the server gets it once more.
      const ours = { ...row, tip: item.revision, round, acked: row.counter - 1 };
      await entries.put(await enqueue(tx as never, ours));
    } else {
      puts.push(entries.put(taken(row, item, found, round)));
      if (row?.tip !== item.revision || row.conflicts || found.texts) touched.push(item.id);
    }
  }
  if (changes.cursor) await tx.objectStore("meta").put(changes.cursor, "cursor");
  if (known || behind.size) await tx.objectStore("meta").put([...behind], "behind");
  await Promise.all([...puts, tx.done]);
  changedEntries(touched);
  return true;
}

/**
 * What came by while this phone had words of its own on their way was passed over, and the feed
 * does not bring it again: once those words have arrived, it is asked for by name.
 */
async function catchUp(here: Store): Promise<void> {
  const meta = (name: string) => here.db.get("meta", name);
  for (const id of ((await meta("behind")) ?? []) as string[]) {
    const row = await here.db.get("entries", id);
    const waits = await here.db.countFromIndex("outbox", "entry", id);
    if (row?.dirty || waits > 0) continue;
    const items = [await asItIs(id, here.account)];
    const cursor = (await meta("cursor")) as string | undefined;
    await apply(here, { items, cursor: null, more: false }, cursor);
  }
}

async function asItIs(id: string, account: string): Promise<Change> {
  try {
    const params = { path: { id } };
    return await ask(api.GET("/api/entries/{id}", { params, ...as(account), ...within() }));
  } catch (error) {
    if (error instanceof Trouble && error.status === 404) return { id, n: 0, deleted: true };
    throw error;
  }
}

/** Both times are the server's own. */
const lostThere = (row: EntryRow, item: Entry): boolean =>
  row.tip !== item.revision &&
  row.saved_at !== null &&
  Date.parse(row.saved_at) > Date.parse(item.saved_at);

function taken(row: EntryRow | undefined, item: Entry, found: Sealed, round: number): EntryRow {
  const base = row ?? { ...freshRow(item.id, found.box), finished: true };
  const same = row?.tip === item.revision;
  const next = same ? base : replaced(base, found.box, item.revision);
  const rivals = item.conflicts.map((each) => each.revision);
  return settled({
    ...next,
    ...calmed,
    ...(rivals.length
      ? { head: item.revision, rivals, conflicts: found.texts, mine: base.mine }
      : {}),
    saved_at: item.saved_at,
    round,
  });
}

/** After a fresh start: entries the server no longer knows are created there again. */
async function finishRound({ db, account }: Store): Promise<void> {
  if ((await db.get("meta", "again")) !== true) return;
  await sure(account);
  const tx = db.transaction(["entries", "outbox", "intents", "meta"], "readwrite");
  const round = ((await tx.objectStore("meta").get("round")) as number | undefined) ?? 0;
  let lost = 0;
  for (const row of await tx.objectStore("entries").getAll()) {
    if (row.round === round || row.dirty || row.saved_at === null) continue;
    const ours = { ...row, ...calmed, tip: null, round, acked: row.counter - 1 };
    await tx.objectStore("entries").put(await enqueue(tx as never, ours));
    lost += 1;
  }
  await tx.objectStore("meta").put(false, "again");
  await tx.done;
  if (lost) changed("outbox");
}
