/**
 * A sealed copy of everything the server has not acknowledged, as one file, and the way back.
 *
 * What is in it keeps its ids and revisions: brought back on this phone or another, twice or
 * beside what was sent meanwhile, it makes one text of one entry, as a replay after a lost answer
 * does. The file opens with its passphrase alone (ADR 0019).
 */
import { longEnough, plainly } from "../domain/passphrase.ts";
import { changed } from "./changes.ts";
import { type OutboxRow, type Store, store, type Wish } from "./db.ts";
import { type EntryContent, entryPlace } from "./entries.ts";
import { named } from "./named.ts";
import { enqueueKept, freshRow, settled, write } from "./queue.ts";
import { open, seal } from "./vault.ts";

const KIND = "integration-journal-copy";
const VERSION = 1;
const ROUNDS = 600_000;
/** A file that asks for more is not one of ours. */
const MOST_ROUNDS = 10_000_000;

interface CopyFile {
  kind: typeof KIND;
  version: number;
  kdf: { name: "PBKDF2-SHA-256"; iterations: number; salt: string };
  iv: string;
  data: string;
}

type Text = Pick<OutboxRow, "revision" | "parent" | "resolves" | "forked"> & {
  content: EntryContent;
};

interface CopiedEntry {
  id: string;
  place: number;
  finished: boolean;
  saved_at: string | null;
  /** Every text on its way, oldest first. */
  texts: Text[];
}

interface Contents {
  account: string;
  entries: CopiedEntry[];
  wishes: Wish[];
}

/**
 * - `not-a-copy`: another file, or a newer kind of copy than this version knows
 * - `wrong-words`: they do not open it (or it was damaged on the way)
 * - `not-yours`: it belongs to another journal than the one that is signed in
 * - `too-short`: a passphrase of one's own needs fifteen letters
 */
export class CopyTrouble extends Error {
  override name = "CopyTrouble";
  readonly kind: "not-a-copy" | "wrong-words" | "not-yours" | "too-short";

  constructor(kind: CopyTrouble["kind"]) {
    super(kind);
    this.kind = kind;
  }
}

export interface Copied {
  /** The text of the file. */
  file: string;
  /** How many entries are in it. */
  entries: number;
}

/** Seals all that waits. The phone keeps it too: a copy is a copy. */
export async function sealCopy(passphrase: string): Promise<Copied> {
  if (!longEnough(passphrase)) throw new CopyTrouble("too-short");
  const here = await store();
  const contents = await collect(here);
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const kdf: CopyFile["kdf"] = {
    name: "PBKDF2-SHA-256",
    iterations: ROUNDS,
    salt: toBase64(salt),
  };
  const key = await keyFrom(plainly(passphrase), kdf);
  const box = await seal(key, placeOf(VERSION, kdf), contents);
  const file: CopyFile = {
    kind: KIND,
    version: VERSION,
    kdf,
    iv: toBase64(box.iv),
    data: toBase64(new Uint8Array(box.data)),
  };
  return { file: JSON.stringify(file), entries: contents.entries.length };
}

export interface Brought {
  /** How many entries have something on its way that was not here before. */
  entries: number;
  /** Whether anything was in the copy at all. */
  empty: boolean;
}

/** Brings back what a copy holds, for the person it belongs to. It is sent like all that waits. */
export async function openCopy(file: string, passphrase: string): Promise<Brought> {
  const copy = parsed(file);
  const contents = await unsealed(copy, passphrase);
  const here = await store();
  if (contents.account !== here.account) throw new CopyTrouble("not-yours");
  const touched: string[] = [];
  for (const entry of contents.entries) if (await bring(here, entry)) touched.push(entry.id);
  await bringWishes(here, contents.wishes);
  changed("entries");
  changed("outbox", KIND);
  if (contents.wishes.length) changed("sharing");
  return {
    entries: touched.length,
    empty: contents.entries.length + contents.wishes.length === 0,
  };
}

// ---------------------------------------------------------------- out

/**
 * From here on none of these texts changes under its revision, here or in the file: what is
 * written next goes on from it. Otherwise the copy would come back as a second version.
 */
async function frozen({ db }: Store): Promise<OutboxRow[]> {
  await enqueueKept(db);
  const tx = db.transaction("outbox", "readwrite");
  const rows = await tx.store.getAll();
  for (const row of rows) if (!row.attempted) await tx.store.put({ ...row, attempted: true });
  await tx.done;
  return rows;
}

async function collect(here: Store): Promise<Contents> {
  const waiting = new Map<string, OutboxRow[]>();
  for (const row of await frozen(here)) {
    waiting.set(row.entry, [...(waiting.get(row.entry) ?? []), row]);
  }
  const entries: CopiedEntry[] = [];
  for (const [id, rows] of waiting) {
    const texts = await Promise.all(
      rows.map(async ({ revision, parent, resolves, forked, box }): Promise<Text> => {
        const content = await open<EntryContent>(here.key, entryPlace(id), box);
        return { revision, parent, resolves, forked, content };
      }),
    );
    const row = await here.db.get("entries", id);
    const { place = 0, finished = true, saved_at = null } = row ?? {};
    entries.push({ id, place, finished, saved_at, texts });
  }
  return { account: here.account, entries, wishes: await wishesOf(here) };
}

const wishesOf = async ({ db }: Store): Promise<Wish[]> =>
  named((await db.getAll("intents")).filter((row) => !row.problem));

// ---------------------------------------------------------------- back

/** Puts back what of this entry is not here; true when there was something. */
async function bring(here: Store, entry: CopiedEntry): Promise<boolean> {
  const at = entryPlace(entry.id);
  const boxes = await Promise.all(entry.texts.map(({ content }) => seal(here.key, at, content)));
  const tx = write(here.db);
  const row = await tx.objectStore("entries").get(entry.id);
  const deleted = (await tx.objectStore("intents").getAll()).some(
    (intent) => intent.kind === "delete-entry" && intent.target === entry.id,
  );
  const waiting = await tx.objectStore("outbox").index("entry").getAll(entry.id);
  const known = new Set([row?.tip, ...waiting.map((each) => each.revision)]);
  const missing = entry.texts
    .map((text, n) => ({ ...text, box: boxes[n], counter: n + 1 }))
    .filter((text) => !known.has(text.revision));
  const last = missing.at(-1);
  if (deleted || !last?.box) {
    await tx.done;
    return false;
  }
  for (const { revision, parent, resolves, forked, box, counter } of missing) {
    if (!box) continue;
    // The store numbers its rows itself; the type cannot say so. What stands here goes its own
    // way: beside it, these texts are as those of another device.
    await tx.objectStore("outbox").add({
      entry: entry.id,
      counter,
      revision,
      parent,
      resolves,
      box,
      forked: row !== undefined || forked,
      attempted: true,
      tries: 0,
      problem: null,
    } as never);
  }
  if (!row) {
    const { place, finished, saved_at } = entry;
    const { revision, counter, box } = missing.findLast((text) => !text.forked) ?? last;
    const fresh = freshRow(entry.id, box ?? last.box);
    const now = { place, finished, saved_at, counter, queued: counter, tip: revision };
    await tx.objectStore("entries").put(settled({ ...fresh, ...now }));
  }
  await tx.done;
  return true;
}

async function bringWishes({ db }: Store, wishes: readonly Wish[]): Promise<void> {
  const tx = db.transaction("intents", "readwrite");
  const there = await tx.store.getAll();
  for (const { kind, target, categories } of wishes) {
    const same = there.some(
      (each) =>
        each.kind === kind &&
        each.target === target &&
        JSON.stringify(each.categories) === JSON.stringify(categories),
    );
    if (!same) await tx.store.add({ kind, target, categories, problem: null } as never);
  }
  await tx.done;
}

// ---------------------------------------------------------------- the file

/** Binds the words to the way they were sealed. */
const placeOf = (version: number, { name, iterations, salt }: CopyFile["kdf"]): string =>
  `${KIND}:${version}:${name}:${iterations}:${salt}`;

function parsed(file: string): CopyFile {
  let copy: Partial<CopyFile>;
  try {
    copy = JSON.parse(file) as Partial<CopyFile>;
  } catch {
    throw new CopyTrouble("not-a-copy");
  }
  const { kind, version, kdf, iv, data } = copy ?? {};
  const rounds = kdf?.iterations ?? 0;
  const ours =
    kind === KIND &&
    version === VERSION &&
    kdf?.name === "PBKDF2-SHA-256" &&
    rounds >= ROUNDS &&
    rounds <= MOST_ROUNDS &&
    [kdf.salt, iv, data].every((each) => typeof each === "string");
  if (!ours) throw new CopyTrouble("not-a-copy");
  return copy as CopyFile;
}

/** As it was typed; then in small letters, since a keyboard may have begun with a large one. */
async function unsealed(copy: CopyFile, passphrase: string): Promise<Contents> {
  const typed = plainly(passphrase);
  let box: { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer };
  try {
    box = { iv: fromBase64(copy.iv), data: fromBase64(copy.data).buffer };
  } catch {
    throw new CopyTrouble("not-a-copy");
  }
  for (const words of new Set([typed, typed.toLowerCase()])) {
    try {
      const key = await keyFrom(words, copy.kdf);
      return await open<Contents>(key, placeOf(copy.version, copy.kdf), box);
    } catch {
      // The next way to read them.
    }
  }
  throw new CopyTrouble("wrong-words");
}

async function keyFrom(words: string, { iterations, salt }: CopyFile["kdf"]): Promise<CryptoKey> {
  const raw = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(words),
    "PBKDF2",
    false,
    ["deriveKey"],
  );
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt: fromBase64(salt), iterations },
    raw,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

function toBase64(bytes: Uint8Array): string {
  const STEP = 0x8000;
  let text = "";
  for (let at = 0; at < bytes.length; at += STEP) {
    text += String.fromCharCode(...bytes.subarray(at, at + STEP));
  }
  return btoa(text);
}

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
