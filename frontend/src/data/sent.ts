/** What happens to the rows around sending: taken for a batch, acknowledged, in conflict, refused. */
import type { Problem } from "../api/types.ts";
import type { Db, EntryRow, OutboxRow } from "./db.ts";
import { calmed, rowsOf, settled, type Tx, write } from "./queue.ts";
import type { Box } from "./vault.ts";

export interface Limits {
  items: number;
  bytes: number;
  /** A text the server failed on this often travels alone, after the others. */
  tries: number;
}

/**
 * Takes the next batch: the oldest waiting text of each entry, marked as attempted so that it
 * cannot change any more. Texts in `passed` had their turn.
 */
export async function claim(
  db: Db,
  limits: Limits,
  passed: ReadonlySet<number>,
): Promise<OutboxRow[]> {
  const tx = db.transaction("outbox", "readwrite");
  const rows = await tx.store.getAll();
  const firsts = new Map<string, OutboxRow>();
  for (const row of rows) {
    if (!row.problem && !firsts.has(row.entry)) firsts.set(row.entry, row);
  }
  const ready = [...firsts.values()].filter((row) => !passed.has(row.seq));
  const healthy = ready.filter((row) => row.tries < limits.tries);
  const ailing = ready.filter((row) => row.tries >= limits.tries).sort((a, b) => a.tries - b.tries);
  const batch = healthy.length ? fill(healthy, limits) : ailing.slice(0, 1);
  for (const row of batch) {
    if (!row.attempted) {
      row.attempted = true;
      await tx.store.put(row);
    }
  }
  await tx.done;
  return batch;
}

function fill(rows: OutboxRow[], limits: Limits): OutboxRow[] {
  const batch: OutboxRow[] = [];
  let bytes = 0;
  for (const row of rows) {
    // The box is as long as its text; the rest of an item is ids.
    const size = row.box.data.byteLength + 600;
    if (batch.length && (batch.length >= limits.items || bytes + size > limits.bytes)) break;
    batch.push(row);
    bytes += size;
  }
  return batch;
}

/** The outbox row, if it still is what was sent. */
async function same(tx: Tx, sent: OutboxRow): Promise<boolean> {
  const row = await tx.objectStore("outbox").get(sent.seq);
  return row !== undefined && row.revision === sent.revision && row.counter === sent.counter;
}

/** The server has it on disk. */
export async function acknowledge(
  db: Db,
  sent: OutboxRow,
  saved: { saved_at: string; conflicts: string[] },
): Promise<void> {
  const tx = write(db);
  if (!(await same(tx, sent))) return tx.done;
  await tx.objectStore("outbox").delete(sent.seq);
  const row = await tx.objectStore("entries").get(sent.entry);
  if (row) {
    const calm = saved.conflicts.length === 0 && row.tip === sent.revision;
    await tx.objectStore("entries").put(
      settled({
        ...row,
        // A forked text says nothing about the text that took its place.
        acked: row.tip === sent.revision ? Math.max(row.acked, sent.counter) : row.acked,
        saved_at: saved.saved_at,
        ...(calm ? calmed : {}),
      }),
    );
  }
  await tx.done;
}

export interface Clash {
  head: string;
  saved_at: string;
  /** Every conflicting revision the server keeps, ours too. */
  rivals: string[];
  /** The head's content, and all the texts, sealed for this entry. */
  box: Box;
  texts: Box;
}

/** The server kept our text beside another: nothing is lost, the person chooses. */
export async function clash(db: Db, sent: OutboxRow, found: Clash): Promise<void> {
  const tx = write(db);
  if (!(await same(tx, sent))) return tx.done;
  await tx.objectStore("outbox").delete(sent.seq);
  const row = await tx.objectStore("entries").get(sent.entry);
  if (row) {
    const { head, rivals, saved_at, texts } = found;
    const now = { ...row, head, rivals, saved_at, conflicts: texts, problem: null };
    const newer = row.counter > sent.counter || row.tip !== sent.revision;
    // What our own text goes on from is not worth a choice: its heir takes its place.
    const rows = await rowsOf(tx, sent.entry);
    const heir = row.tip === sent.revision || rows.some((each) => each.parent === sent.revision);
    const goesOn = newer && heir;
    const older = sent.parent === null ? row.mine : [...row.mine, sent.parent];
    const mine = goesOn ? [...older, sent.revision] : older;
    const next = newer ? now : replaced(now, found.box, head);
    await tx.objectStore("entries").put(settled({ ...next, mine }));
  }
  await tx.done;
}

/** The row with content that came from the server. */
export function replaced(row: EntryRow, box: Box, tip: string): EntryRow {
  const counter = row.counter + 1;
  return { ...row, box, tip, counter, queued: counter, acked: counter };
}

/** The server refuses it: it stays on the phone, is shown, and no longer holds up the others. */
export async function setAside(db: Db, sent: OutboxRow, problem: Problem): Promise<void> {
  const tx = write(db);
  if (!(await same(tx, sent))) return tx.done;
  const outbox = tx.objectStore("outbox");
  const heirs = (await rowsOf(tx, sent.entry)).filter((row) => row.parent === sent.revision);
  for (const heir of heirs) await outbox.put({ ...heir, parent: sent.parent });
  if (heirs.some((heir) => !heir.resolves.length)) {
    // A later state of the same text is waiting: it may well be acceptable. (One that settles a
    // choice is another text, and does not hold these words.)
    await outbox.delete(sent.seq);
  } else {
    await outbox.put({ ...sent, problem });
    const row = await tx.objectStore("entries").get(sent.entry);
    if (row) await tx.objectStore("entries").put(settled({ ...row, problem }));
  }
  await tx.done;
}

/** The server failed on these. */
export async function failed(db: Db, rows: readonly OutboxRow[]): Promise<void> {
  const tx = db.transaction("outbox", "readwrite");
  for (const sent of rows) {
    const row = await tx.store.get(sent.seq);
    if (row?.revision === sent.revision) await tx.store.put({ ...row, tries: row.tries + 1 });
  }
  await tx.done;
}
