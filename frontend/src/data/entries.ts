/**
 * The person's entries on this phone.
 *
 * Take one with `startEntry` or `getEntry`, change its `answers`, `place` and `finished`, and
 * `keep` it as they type. `queue` it at resting points (a question left, done for now, the page
 * hidden): from then on it is on its way to the server. Both keep the entry's own bookkeeping
 * (`dirty`, `revision`, `state`) up to date in the object you hold.
 */
import type { Answers, Conflict, Guide, Problem } from "../api/types.ts";
import { canonical, wellFormed, withoutBlanks } from "../domain/answers.ts";
import { uuid7 } from "../domain/ids.ts";
import { hereZone } from "../domain/when.ts";
import { changed } from "./changes.ts";
import { type EntryRow, type Store, store, waitingMedia } from "./db.ts";
import { calmed, choosing, enqueue, fork, freshRow, settled, type Tx, write } from "./queue.ts";
import { withRoom } from "./room.ts";
import { open, seal } from "./vault.ts";

export interface LocalEntry {
  readonly id: string;
  readonly guide: string;
  readonly edition: number;
  occurred_at: string;
  zone: string;
  readonly created_at: string;
  answers: Answers;
  /** The revision this text is, or goes on from. With `state` "saved" it is the server's. */
  revision: string | null;
  /** Goes up with every change on this phone; 0 while nothing is stored. */
  dirty: number;
  state: "on-phone" | "saved" | "set-aside";
  /** The question to reopen. */
  place: number;
  finished: boolean;
  /** When the server last acknowledged a text of this entry. */
  saved_at: string | null;
  /** Other texts of the same entry, written elsewhere: the person chooses (`choose`). */
  conflicts: Conflict[];
  /** The text that all of them grew from, where it is known: tells which answers were changed. */
  base: Answers | null;
  /** Why the server refuses it. Status 410: deleted on another device (`keepAsNew`). */
  problem: Problem | null;
}

/** What is sealed. */
export interface EntryContent {
  guide: string;
  edition: number;
  created_at: string;
  occurred_at: string;
  zone: string;
  answers: Answers;
}

export const entryPlace = (id: string): string => `entry:${id}`;

/** Entries deleted in this page: a late autosave must not bring them back. */
const deletedHere = new Set<string>();

/** A new entry in memory. Nothing is stored before something is said in it. */
export function startEntry(guide: Pick<Guide, "id" | "edition">): LocalEntry {
  const now = new Date().toISOString();
  return {
    id: uuid7(),
    guide: guide.id,
    edition: guide.edition,
    occurred_at: now,
    zone: hereZone(),
    created_at: now,
    answers: {},
    revision: null,
    dirty: 0,
    state: "on-phone",
    place: 0,
    finished: false,
    saved_at: null,
    conflicts: [],
    base: null,
    problem: null,
  };
}

/** Stores the entry, sealed, on this phone (autosave). */
export async function keep(entry: LocalEntry): Promise<void> {
  if (await inTurn(entry.id, () => fit(entry, null))) changed("entries", entry.id);
}

/** Stores the entry and puts it on its way to the server, in one step. */
export async function queue(entry: LocalEntry): Promise<void> {
  if (await inTurn(entry.id, () => fit(entry, { send: true }))) {
    changed("entries", entry.id);
    changed("outbox", entry.id);
  }
}

/**
 * Changes the answers of an entry as it stands now, and puts it on its way: two changes at once
 * go on from each other. `edit` says null where there is nothing to change.
 */
export async function change(id: string, edit: (now: Answers) => Answers | null): Promise<void> {
  const done = await inTurn(id, async () => {
    const entry = await getEntry(id);
    const answers = entry && edit(entry.answers);
    return entry && answers ? put({ ...entry, answers }, { send: true }) : false;
  });
  if (!done) return;
  changed("entries", id);
  changed("outbox", id);
}

/**
 * Settles a conflict: `answers` (one of the texts, or one made of them) becomes the entry; the
 * others stay readable among the earlier revisions.
 */
export async function choose(id: string, answers: Answers): Promise<LocalEntry | null> {
  const entry = await getEntry(id);
  if (!entry) return null;
  entry.answers = answers;
  await inTurn(id, () => put(entry, { send: true, choice: true }));
  changed("entries", id);
  changed("outbox", id);
  return getEntry(id);
}

/** Sends a refused entry once more. */
export async function tryAgain(id: string): Promise<void> {
  const { db } = await store();
  const tx = write(db);
  const row = await tx.objectStore("entries").get(id);
  if (row?.problem) await tx.objectStore("entries").put(await enqueue(tx, row));
  await tx.done;
  changed("entries", id);
  changed("outbox", id);
}

/**
 * Keeps the words of an entry that was deleted on another device, as a new entry. One takes the
 * other's place in one step: whoever asks twice, or in two tabs, has one. Null: it is gone.
 */
export async function keepAsNew(id: string): Promise<LocalEntry | null> {
  const made = await inTurn(id, () => renew(id));
  if (!made) return null;
  for (const each of [id, made]) {
    changed("entries", each);
    changed("outbox", each);
  }
  return getEntry(made);
}

/** All entries, the latest lived first. */
export async function listEntries(): Promise<LocalEntry[]> {
  const here = await store();
  const rows = await here.db.getAll("entries");
  const waiting = await waitingMedia(here.db);
  const read = await Promise.allSettled(rows.map((row) => toLocal(here, row, waiting)));
  return read
    .flatMap((each) => (each.status === "fulfilled" ? [each.value] : []))
    .sort((a, b) => Date.parse(b.occurred_at) - Date.parse(a.occurred_at));
}

/** The entries of which something is on this phone alone, the earliest first. */
export async function unsentEntries(): Promise<LocalEntry[]> {
  const here = await store();
  const ids = new Set(await here.db.getAllKeysFromIndex("entries", "dirty", 1));
  for (const { entry } of await here.db.getAll("outbox")) ids.add(entry);
  const found = await Promise.all([...ids].sort().map((id) => getEntry(id).catch(() => null)));
  return found.filter((entry) => entry !== null);
}

export async function getEntry(id: string): Promise<LocalEntry | null> {
  const here = await store();
  const row = await here.db.get("entries", id);
  return row ? toLocal(here, row, await waitingMedia(here.db)) : null;
}

/** The latest entry of this guide that was left before its end. */
export async function unfinished(guide: string): Promise<LocalEntry | null> {
  const entries = await listEntries();
  return entries.find((entry) => entry.guide === guide && !entry.finished) ?? null;
}

/** Deletes here at once, and on the server (with all that was handed over from it) when it can. */
export async function deleteEntry(id: string): Promise<void> {
  deletedHere.add(id);
  await inTurn(id, async () => {
    const { db } = await store();
    const tx = write(db);
    await remove(tx, id);
    await tx.done;
  });
  changed("entries", id);
  changed("outbox", id);
}

// ---------------------------------------------------------------- inside

const turns = new Map<string, Promise<unknown>>();

/** One write at a time for each entry, in the order they were asked for. */
function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(id) ?? Promise.resolve()).then(work, work);
  const over = turn.catch(() => undefined);
  turns.set(id, over);
  void over.then(() => {
    if (turns.get(id) === over) turns.delete(id);
  });
  return turn;
}

/** Deletes the row and what waits of it; the server is asked to where it may have it. */
async function remove(tx: Tx, id: string): Promise<void> {
  const row = await tx.objectStore("entries").get(id);
  const rows = await tx.objectStore("outbox").index("entry").getAll(id);
  if (row?.saved_at || rows.some((each) => each.attempted)) {
    const intent = { kind: "delete-entry", target: id, categories: null, problem: null } as const;
    // The store numbers its rows itself; the type cannot say so.
    await tx.objectStore("intents").add(intent as never);
  }
  for (const each of rows) await tx.objectStore("outbox").delete(each.seq);
  await forgetEntry(tx, id);
}

/** Lets go of an entry on this phone, and of what is attached to it. */
export async function forgetEntry(tx: Tx, id: string): Promise<void> {
  for (const medium of await tx.objectStore("media").index("entry").getAllKeys(id)) {
    await tx.objectStore("pieces").delete(IDBKeyRange.bound([medium, 0], [medium, Infinity]));
    await tx.objectStore("media").delete(medium);
  }
  await tx.objectStore("entries").delete(id);
}

/** What is attached goes on with its words; the server let its copy go with the old entry. */
async function moveMedia(tx: Tx, from: string, to: string): Promise<void> {
  for (const row of await tx.objectStore("media").index("entry").getAll(from)) {
    const again = row.here ? ({ state: "on-phone", waits: 1, problem: null } as const) : {};
    await tx.objectStore("media").put({ ...row, ...again, entry: to });
  }
}

/** The id under which the words go on; null where they are not here any more. */
async function renew(id: string): Promise<string | null> {
  const here = await store();
  for (;;) {
    const old = await getEntry(id);
    if (!old) return null;
    const made = startEntry({ id: old.guide, edition: old.edition });
    const content = { ...contentOf(old), created_at: made.created_at };
    const box = await seal(here.key, entryPlace(made.id), content);
    const tx = write(here.db);
    const now = await tx.objectStore("entries").get(id);
    if (now?.counter === old.dirty) {
      const row: EntryRow = {
        ...freshRow(made.id, box),
        counter: 1,
        place: old.place,
        finished: old.finished,
      };
      await tx.objectStore("entries").put(await enqueue(tx, row));
      await moveMedia(tx, id, made.id);
      await remove(tx, id);
      await tx.done;
      deletedHere.add(id);
      return made.id;
    }
    // It was changed, or let go, while it was sealed: what stands now counts.
    await tx.done;
  }
}

function contentOf(entry: LocalEntry): EntryContent {
  const { guide, edition, created_at, occurred_at, zone, answers } = entry;
  return {
    guide,
    edition,
    created_at,
    occurred_at,
    zone,
    answers: withoutBlanks(wellFormed(answers)),
  };
}

async function toLocal(
  here: Store,
  row: EntryRow,
  waiting: ReadonlySet<string>,
): Promise<LocalEntry> {
  const content = await open<EntryContent>(here.key, entryPlace(row.id), row.box);
  return localOf(here, row, content, waiting);
}

/** The entry of a row whose content is open already. `waiting`: those with media to be sent. */
export async function localOf(
  { key }: Store,
  row: EntryRow,
  content: EntryContent,
  waiting: ReadonlySet<string>,
): Promise<LocalEntry> {
  const texts = row.conflicts ? await open<Conflict[]>(key, entryPlace(row.id), row.conflicts) : [];
  return {
    id: row.id,
    ...content,
    revision: row.tip,
    dirty: row.counter,
    // Saved means all of it: the words, and what is attached to them.
    state: stateOfRow(row) === "saved" && waiting.has(row.id) ? "on-phone" : stateOfRow(row),
    place: row.place,
    finished: row.finished,
    saved_at: row.saved_at,
    conflicts: texts.filter(
      (text) => text.revision !== row.tip && !row.mine.includes(text.revision),
    ),
    base: oneBase(texts),
    problem: row.problem,
  };
}

/** What two or more texts grew from, when they all say the same. */
function oneBase(texts: readonly Conflict[]): Answers | null {
  const [first, ...others] = texts.flatMap(({ base }) => (base ? [base] : []));
  if (!first) return null;
  return others.every((each) => canonical(each) === canonical(first)) ? first : null;
}

function stateOfRow(row: EntryRow): LocalEntry["state"] {
  if (row.problem) return "set-aside";
  return row.dirty ? "on-phone" : "saved";
}

interface Send {
  send: true;
  /** Settles a conflict. */
  choice?: boolean;
}

/** What is known of the stored row before the transaction, where nothing can be opened. */
interface Before {
  counter: number | null;
  /** The stored words are the same. */
  same: boolean;
  /** The stored words were kept by somebody else and are nowhere but here. */
  rescue: boolean;
}

/** As `put`; on a full phone, words come before copies of what the server has. */
const fit = (entry: LocalEntry, send: Send | null): Promise<boolean> =>
  // More than the longest page takes.
  withRoom(1e6, () => put(entry, send));

/** Whether anything was stored. */
async function put(entry: LocalEntry, send: Send | null): Promise<boolean> {
  const here = await store();
  const content = contentOf(entry);
  const box = await seal(here.key, entryPlace(entry.id), content);
  for (;;) {
    const before = await look(here, entry, content);
    if (before.counter === null && entry.dirty === 0 && !Object.keys(content.answers).length) {
      return false;
    }
    const tx = write(here.db);
    const row = await tx.objectStore("entries").get(entry.id);
    if ((row?.counter ?? null) !== before.counter) {
      await tx.done;
      continue;
    }
    if (!row && (await isDeleted(tx, entry.id))) {
      await tx.done;
      return false;
    }
    const stored = await inside(tx, row ?? freshRow(entry.id, box), before);
    await tx.done;
    entry.dirty = stored.counter;
    entry.revision = stored.tip;
    entry.state = stateOfRow(stored);
    entry.problem = stored.problem;
    return true;
  }

  async function inside(tx: Tx, stored: EntryRow, before: Before): Promise<EntryRow> {
    const settling = send?.choice ? await choosing(tx, stored, before.same) : null;
    const row = settling?.row ?? stored;
    let next: EntryRow = { ...row, place: entry.place, finished: entry.finished };
    if (!before.same) {
      if (before.rescue && !settling) await fork(tx, row);
      // Somebody else's text is in the row: ours goes on from the revision we read.
      const tip = row.counter === entry.dirty ? row.tip : entry.revision;
      // Beside other texts, what ours goes on from is no version of its own any more.
      const mine = row.conflicts && tip !== null ? [...row.mine, tip] : row.mine;
      next = settled({ ...next, box, tip, mine, counter: row.counter + 1 });
    }
    if (send && (next.counter > next.queued || settling?.choice)) {
      next = await enqueue(tx, next, settling?.choice);
      if (settling) next = { ...next, ...calmed };
    }
    await tx.objectStore("entries").put(next);
    return next;
  }
}

async function look(here: Store, entry: LocalEntry, content: EntryContent): Promise<Before> {
  const row = await here.db.get("entries", entry.id);
  if (!row) return { counter: null, same: false, rescue: false };
  const stored = await open<EntryContent>(here.key, entryPlace(entry.id), row.box);
  const same = canonical(stored) === canonical(content);
  const rescue = !same && row.counter !== entry.dirty && row.counter > row.queued;
  return { counter: row.counter, same, rescue };
}

async function isDeleted(tx: Tx, id: string): Promise<boolean> {
  if (deletedHere.has(id)) return true;
  const intents = await tx.objectStore("intents").getAll();
  return intents.some((intent) => intent.kind === "delete-entry" && intent.target === id);
}
