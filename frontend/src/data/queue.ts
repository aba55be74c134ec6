/**
 * What happens to an entry's row and its outbox, each step in one transaction.
 *
 * An entry has at most two texts on their way: one that was attempted (it may or may not have
 * arrived, so it is replayed unchanged under its revision) and one that waits. A waiting text is
 * replaced by a newer one; an attempted text becomes the parent of the next.
 */
import type { IDBPDatabase, IDBPTransaction } from "idb";

import { uuid7 } from "../domain/ids.ts";
import type { Db, EntryRow, OutboxRow } from "./db.ts";
import type { Box } from "./vault.ts";

type Schema = Db extends IDBPDatabase<infer S> ? S : never;
const STORES = ["entries", "outbox", "intents", "media", "pieces", "meta"] as const;
export type Tx = IDBPTransaction<Schema, (typeof STORES)[number][], "readwrite">;

export function write(db: Db): Tx {
  return db.transaction(STORES, "readwrite") as unknown as Tx;
}

export function freshRow(id: string, box: Box): EntryRow {
  return {
    id,
    box,
    counter: 0,
    queued: 0,
    acked: 0,
    dirty: 0,
    tip: null,
    saved_at: null,
    place: 0,
    finished: false,
    problem: null,
    conflicts: null,
    head: null,
    rivals: [],
    mine: [],
    round: 0,
  };
}

/** What a row says when there is nothing to choose between. */
export const calmed = { conflicts: null, head: null, rivals: [], mine: [] };

/** The row with `dirty` as the counters have it. */
export function settled(row: EntryRow): EntryRow {
  return { ...row, dirty: row.counter > row.acked || row.problem ? 1 : 0 };
}

export async function rowsOf(tx: Tx, entry: string): Promise<OutboxRow[]> {
  return tx.objectStore("outbox").index("entry").getAll(entry);
}

async function append(tx: Tx, row: Omit<OutboxRow, "seq">): Promise<void> {
  // The store numbers its rows itself; the type cannot say so.
  await tx.objectStore("outbox").add(row as OutboxRow);
}

export interface Choice {
  parent: string | null;
  resolves: string[];
}

function waiting(row: EntryRow, revision: string, forked: boolean): Omit<OutboxRow, "seq"> {
  return {
    entry: row.id,
    counter: row.counter,
    revision,
    parent: row.tip,
    resolves: [],
    box: row.box,
    forked,
    attempted: false,
    tries: 0,
    problem: null,
  };
}

/**
 * Puts the row's content in the outbox and returns the row to store. A `choice` between texts
 * names the parent and what it settles; otherwise the parent is the row's tip.
 */
export async function enqueue(tx: Tx, row: EntryRow, choice?: Choice): Promise<EntryRow> {
  const outbox = tx.objectStore("outbox");
  const rows = await rowsOf(tx, row.id);
  // A new attempt takes the place of what the server refused, and builds on what that built on. A
  // choice of another text is none: the refused words are nowhere but here.
  const refused = rows.find(
    (each) =>
      each.problem && each.revision === row.tip && (!choice || each.counter === row.counter),
  );
  if (refused) await outbox.delete(refused.seq);
  const problem = rows.find((each) => each.problem && each !== refused)?.problem ?? null;
  const start: EntryRow = { ...row, queued: row.counter, problem };
  const revision = uuid7();
  const last = rows.findLast((each) => !each.problem && each.revision === row.tip);
  if (last && !last.attempted) {
    // Under a new id: another tab may still hold the old one, and must not pass for its heir.
    await outbox.put({ ...last, ...choice, revision, counter: row.counter, box: row.box });
    return settled({ ...start, tip: revision });
  }
  const base = refused ? { ...row, tip: refused.parent } : row;
  await append(tx, { ...waiting(base, revision, false), ...choice });
  return settled({ ...start, tip: revision });
}

/**
 * What a choice names, and the row to go on with. A text that is nowhere but here is sent before
 * the choice takes its place (unless it is what was chosen): it stays among the earlier ones too.
 * Without a `choice` there is nothing to settle any more: the chosen text goes on from the tip.
 */
export async function choosing(
  tx: Tx,
  row: EntryRow,
  same: boolean,
): Promise<{ row: EntryRow; choice?: Choice }> {
  const resolves = row.rivals.filter((revision) => revision !== row.head);
  const alone = !same && !row.problem && row.counter > row.queued;
  const now = alone ? await enqueue(tx, row) : row;
  const rows = (await rowsOf(tx, row.id)).filter((each) => !each.problem);
  const ours = rows.find((each) => each.revision === now.tip);
  const replaced = !ours || (same && !ours.attempted);
  if (!replaced) await tx.objectStore("outbox").put({ ...ours, attempted: true });
  if (row.head === null) return { row: now };
  if (replaced) return { row: now, choice: { parent: row.head, resolves } };
  // It grew from the head, and will be the head by then; or it waits beside it, and is settled too.
  const onHead = rootOf(rows, ours) === row.head;
  const parent = onHead ? ours.revision : row.head;
  return {
    row: now,
    choice: { parent, resolves: onHead ? resolves : [...new Set([...resolves, ours.revision])] },
  };
}

/** What the first text on its way in this line goes on from. */
function rootOf(rows: readonly OutboxRow[], row: OutboxRow): string | null {
  const before = rows.find((each) => each.revision === row.parent);
  return before && before.seq < row.seq ? rootOf(rows, before) : row.parent;
}

/** Rescues content that is about to be replaced by a text that does not descend from it. */
export async function fork(tx: Tx, row: EntryRow): Promise<void> {
  await append(tx, waiting(row, uuid7(), true));
}

/** Puts everything in the outbox that was kept but never queued (the page died before that). */
export async function enqueueKept(db: Db): Promise<number> {
  const tx = write(db);
  let count = 0;
  for (const row of await tx.objectStore("entries").index("dirty").getAll(1)) {
    if (row.counter > row.queued) {
      await tx.objectStore("entries").put(await enqueue(tx, row));
      count += 1;
    }
  }
  await tx.done;
  return count;
}
