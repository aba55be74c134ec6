/**
 * The entries of this phone, open in memory: each box is opened once and not at every change of
 * another. Gone when the journal is locked, and when somebody signs in or out.
 */
import { type Change, onChange } from "./changes.ts";
import { type EntryRow, store, type Store, waitingMedia } from "./db.ts";
import { type EntryContent, entryPlace, type LocalEntry, localOf } from "./entries.ts";
import { onShut } from "./shut.ts";
import { type Box, open } from "./vault.ts";

interface Opened {
  box: Box;
  at: number;
  content: EntryContent;
  entry: LocalEntry;
}

let account: string | null = null;
let opened = new Map<string, Opened>();
let sorted: LocalEntry[] | null = null;
/** What has to be looked at again: some, or all. */
let stale: Set<string> | "all" = "all";
let turn: Promise<unknown> = Promise.resolve();
let listening = false;

/**
 * All entries, the latest lived first. Every caller has copies of their own: changing one changes
 * nothing here, and its `answers` are the same object for as long as they say the same.
 */
export function openedEntries(): Promise<LocalEntry[]> {
  listen();
  const mine = turn.then(refresh, refresh);
  turn = mine.catch(() => undefined);
  return mine.then((all) => all.map((entry) => ({ ...entry })));
}

/** So many of the latest open first, where there are more than twice as many. */
const FIRST = 100;

/** The entries that were begun last, at once: the others take a moment where there are thousands. */
export async function latestEntries(): Promise<LocalEntry[]> {
  listen();
  if (sorted) return openedEntries();
  const here = await store();
  const ids = await here.db.getAllKeys("entries");
  // Ids are in the order in which they were made.
  const from = ids.at(-FIRST);
  if (from === undefined || ids.length < 2 * FIRST) return openedEntries();
  const rows = await here.db.getAll("entries", IDBKeyRange.lowerBound(from));
  const waiting = await waitingMedia(here.db);
  const read = await Promise.allSettled(rows.map((row) => readRow(here, row, waiting, undefined)));
  return read
    .flatMap((each) => (each.status === "fulfilled" ? [each.value] : []))
    .sort((a, b) => b.at - a.at)
    .map(({ entry }) => entry);
}

function listen(): void {
  if (listening) return;
  listening = true;
  onChange(heard);
  onShut(forget);
}

function heard({ kind, id }: Change): void {
  if (kind !== "entries") return;
  if (id === undefined) stale = "all";
  else if (stale !== "all") stale.add(id);
}

function forget(): void {
  account = null;
  opened = new Map();
  sorted = null;
  stale = "all";
}

async function refresh(): Promise<LocalEntry[]> {
  const here = await store();
  if (here.account !== account) forget();
  account = here.account;
  const looking = stale;
  stale = new Set();
  try {
    if (looking === "all") await everything(here);
    else if (looking.size) await some(here, looking);
  } catch (error) {
    stale = "all";
    throw error;
  }
  // Shut while it was read: what was opened meanwhile is nobody's to show.
  if (account !== here.account) return refresh();
  if (looking === "all" || looking.size || !sorted) {
    const all = [...opened.values()].sort((a, b) => b.at - a.at);
    sorted = all.map(({ entry }) => entry);
  }
  return sorted;
}

async function everything(here: Store): Promise<void> {
  const rows = await here.db.getAll("entries");
  const waiting = await waitingMedia(here.db);
  const into = opened;
  const read = await Promise.allSettled(
    rows.map((row) => readRow(here, row, waiting, into.get(row.id))),
  );
  if (into !== opened) return;
  opened = new Map();
  for (const each of read) {
    if (each.status === "fulfilled") opened.set(each.value.entry.id, each.value);
  }
}

async function some(here: Store, ids: ReadonlySet<string>): Promise<void> {
  const waiting = await waitingMedia(here.db);
  const into = opened;
  for (const id of ids) {
    const row = await here.db.get("entries", id);
    // One that does not open is left out, as it is from the whole list.
    const found = row && (await readRow(here, row, waiting, into.get(id)).catch(() => null));
    // Shut meanwhile: what was opened is nobody's to keep.
    if (into !== opened) return;
    if (found) into.set(id, found);
    else into.delete(id);
  }
}

async function readRow(
  here: Store,
  row: EntryRow,
  waiting: ReadonlySet<string>,
  before: Opened | undefined,
): Promise<Opened> {
  const same = before && sameBox(before.box, row.box);
  const content = same
    ? before.content
    : await open<EntryContent>(here.key, entryPlace(row.id), row.box);
  const entry = await localOf(here, row, content, waiting);
  return { box: row.box, at: Date.parse(content.occurred_at), content, entry };
}

/** No two boxes ever have the same beginning. */
function sameBox(a: Box, b: Box): boolean {
  return a.iv.every((byte, at) => byte === b.iv[at]);
}
