/**
 * What lies on this device.
 *
 * `journal-device` belongs to the device: who is signed in (sealed), a sign-out the server has
 * not heard of yet, what those who left still wished for (ids, no words), public documents (library,
 * help), which must open before any sign-in, and what was caught before one (sealed to the person
 * who used it last).
 * `journal-<account id>` belongs to one person. Another person on the same phone gets another
 * database and neither sees nor sends this one.
 */
import { deleteDB, type DBSchema, type IDBPDatabase, openDB } from "idb";

import type { Problem } from "../api/types.ts";
import { who } from "../api/who.ts";
import { type Box, newKey, open, readyKey } from "./vault.ts";

// ---------------------------------------------------------------- the device

export interface CurrentRow {
  id: string;
  box: Box;
  /** Whether the cookie is known to be this person's. Nothing is sent before that. */
  verified: boolean;
  /** The server said 401: a bar, never a wall. */
  ended: boolean;
}

/** A sign-out the server has not heard of. */
export interface Owed {
  everywhere: boolean;
  account: string | null;
}

/** What somebody who left still wished for. It is sent for them and for nobody else. */
export interface Left {
  account: string;
  wishes: Wish[];
}

/**
 * To whom this phone seals what is caught without a sign-in: the public half of the last person's
 * pair. No secret and no name, so it outlives a sign-out.
 */
export interface DropTo {
  id: string;
  account: string;
  public: JsonWebKey;
}

/** A drop somebody is at, or was: its last piece was put at this time. */
export interface OpenDrop {
  id: string;
  to: string;
  at: number;
  /** It adds to an entry: nothing but that goes on with it. */
  onto: boolean;
}

/** One piece of what was caught. Nothing on this phone opens it before the person is here. */
export interface DropRow {
  drop: string;
  n: number;
  /** The pair it is sealed to. */
  to: string;
  /** The public half of the pair made for this piece's page. */
  from: ArrayBuffer;
  box: Box;
}

/** A sign-out that has begun and is not over: whose words have to go, or null where they stay. */
export interface Emptying {
  account: string | null;
}

interface DeviceSchema extends DBSchema {
  meta: {
    key: string;
    value: CryptoKey | CurrentRow | Owed | Left[] | DropTo | OpenDrop | Emptying;
  };
  drops: { key: [string, number]; value: DropRow };
  /** `account`: who it was fetched for. */
  public: { key: string; value: { etag: string | null; body: unknown; account?: string | null } };
}

export type DeviceDb = IDBPDatabase<DeviceSchema>;

let deviceDb: Promise<DeviceDb> | null = null;

export function device(): Promise<DeviceDb> {
  deviceDb ??= openDB<DeviceSchema>("journal-device", 2, {
    upgrade(db, from) {
      if (from < 1) {
        db.createObjectStore("meta");
        db.createObjectStore("public");
      }
      if (from < 2) db.createObjectStore("drops", { keyPath: ["drop", "n"] });
    },
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close();
      deviceDb = null;
    },
    terminated() {
      deviceDb = null;
    },
  }).catch((error: unknown) => {
    deviceDb = null;
    throw error;
  });
  return deviceDb;
}

/** The key made once in this device's life; two tabs that race agree on the first one. */
export async function deviceKey(): Promise<CryptoKey> {
  const db = await device();
  const found = await db.get("meta", "key");
  if (found) return found as CryptoKey;
  const made = await newKey();
  const tx = db.transaction("meta", "readwrite");
  const first = (await tx.store.get("key")) ?? made;
  await tx.store.put(first, "key");
  await tx.done;
  return first as CryptoKey;
}

export async function currentRow(): Promise<CurrentRow | null> {
  const db = await device();
  return ((await db.get("meta", "current")) as CurrentRow | undefined) ?? null;
}

// ---------------------------------------------------------------- one person

/** One entry. Words are only inside the boxes. */
export interface EntryRow {
  id: string;
  /** Guide, edition, times, zone and answers. */
  box: Box;
  /** Goes up with every change on this phone. */
  counter: number;
  /** The counter when the content was last put in the outbox or came from the server. */
  queued: number;
  /** The counter the server has acknowledged. */
  acked: number;
  /** 1 while the server has not acknowledged the latest content (indexed). */
  dirty: 0 | 1;
  /** The revision this content is or descends from; null before the first is made. */
  tip: string | null;
  saved_at: string | null;
  place: number;
  finished: boolean;
  /** Why the server refuses it; the entry stays here and is shown. */
  problem: Problem | null;
  /** Every text of a conflict, the server's head among them. */
  conflicts: Box | null;
  /** In a conflict: the server's head, and the revisions a choice would resolve. */
  head: string | null;
  rivals: string[];
  /** In a conflict: earlier states of the text on this phone, not worth showing. */
  mine: string[];
  /** The round of a fresh start in which the server mentioned it. */
  round: number;
}

/** One text on its way. Once attempted it never changes, so its revision can be replayed. */
export interface OutboxRow {
  seq: number;
  entry: string;
  counter: number;
  revision: string;
  parent: string | null;
  resolves: string[];
  /** A copy of the entry's box. */
  box: Box;
  /** Rescued from being overwritten by another tab: not an ancestor of the entry's text. */
  forked: boolean;
  attempted: boolean;
  /** How often the server failed on it. */
  tries: number;
  /** Set when the server refuses it: it is set aside and no longer sent. */
  problem: Problem | null;
}

export type IntentKind =
  | "withdraw"
  | "pause"
  | "take-back"
  | "narrow"
  | "withdraw-everything"
  | "pause-everything"
  | "delete-entry";

export interface IntentRow {
  seq: number;
  kind: IntentKind;
  /** The id the intent is about: a grant, an excerpt or an entry. */
  target: string | null;
  categories: string[] | null;
  problem: Problem | null;
}

/** One recording or photo. What it holds lies in `pieces`; captions are in the entry. */
export interface MediaRow {
  id: string;
  entry: string;
  kind: "recording" | "photo";
  type: string;
  size: number;
  sha256: string;
  seconds: number | null;
  /** "saved": the server has read it back from its disk, and it was the same. */
  state: "on-phone" | "saved";
  /** 1 while it is to be sent (indexed). */
  waits: 0 | 1;
  /** Its pieces are on this phone. */
  here: boolean;
  /** Why the server refuses it; it stays here and is shown. */
  problem: Problem | null;
}

export interface PieceRow {
  media: string;
  n: number;
  box: Box;
}

/** What is asked of the server in an intent. */
export type Wish = Pick<IntentRow, "kind" | "target" | "categories">;

/** One way to open the lock: what to derive from (`salt`), and the data key sealed under that. */
export interface Way {
  salt: Uint8Array<ArrayBuffer>;
  box: Box;
}

/** The lock of this phone. Nothing in it opens without its person. */
export interface LockRow {
  /** Names this phone to the server, which holds its half of the PIN and counts the tries. */
  phone: string;
  /** Minutes without a touch after which it locks by itself. */
  minutes: number;
  /** With the share the server holds. */
  pin: Way | null;
  /** With what the phone's own unlock gives; `id` of the credential. */
  passkey: (Way & { id: Uint8Array<ArrayBuffer> }) | null;
  /** With the six words alone. */
  passphrase: Way | null;
}

interface AccountSchema extends DBSchema {
  /** `wrap` and `dek`: the data key while there is no lock. `lock`: while there is one. */
  meta: {
    key: string;
    value: CryptoKey | Box | LockRow | string | number | boolean | number[] | string[];
  };
  media: { key: string; value: MediaRow; indexes: { entry: string; waits: number } };
  pieces: { key: [string, number]; value: PieceRow };
  entries: { key: string; value: EntryRow; indexes: { dirty: number } };
  outbox: { key: number; value: OutboxRow; indexes: { entry: string } };
  intents: { key: number; value: IntentRow };
  kept: { key: string; value: Box };
}

export type Db = IDBPDatabase<AccountSchema>;

/** One person's open database. Ids, counters and wishes can be read; no words. */
export interface AccountDb {
  account: string;
  db: Db;
}

/** One person's open database and the key to its boxes. */
export interface Store extends AccountDb {
  key: CryptoKey;
}

/** Nobody is signed in on this device (any more): nothing may be written. */
export class NobodyHere extends Error {
  override name = "NobodyHere";
}

/** Somebody's words are here, and the key to them is not: they have to unlock first. */
export class Locked extends NobodyHere {
  override name = "Locked";
}

export const accountDbName = (account: string): string => `journal-${account}`;

let opened: { account: string; db: Promise<Db>; key: Promise<CryptoKey> | null } | null = null;
/** The data key of a phone with a lock, while it is unlocked: in memory, and nowhere else. */
let inHand: { account: string; key: CryptoKey } | null = null;
/** What `newkey.ts` does. */
interface Maker {
  newDataKey(): string;
  layOpen(db: Db, key: string): Promise<void>;
  carryOver(db: Db, from: CryptoKey, to: CryptoKey): Promise<void>;
}

/** Makes the key of a new store and carries over an old one; the worker has none, and waits. */
let maker: (() => Promise<Maker>) | null = null;

/** For pages. */
export function keysWith(load: NonNullable<typeof maker>): void {
  maker = load;
}

/** The database of whoever uses this phone now, locked or not. */
export async function accountDb(): Promise<AccountDb> {
  const here = await opening();
  return { account: here.account, db: await here.db };
}

/** The database of whoever uses this phone now, and its key. Throws `Locked` without the key. */
export async function store(): Promise<Store> {
  const here = await opening();
  const db = await here.db;
  here.key ??= keyOf(here.account, db);
  try {
    return { account: here.account, db, key: await here.key };
  } catch (error) {
    here.key = null;
    throw error;
  }
}

async function opening(): Promise<NonNullable<typeof opened>> {
  const row = await currentRow();
  if (!row) throw new NobodyHere();
  // Another tab signed somebody else in: what this page holds is not theirs.
  if ("document" in globalThis && who.account && who.account !== row.id) throw new NobodyHere();
  who.account = row.id;
  if (opened?.account !== row.id) {
    closeStore();
    const made = { account: row.id, db: openDatabase(row.id), key: null };
    opened = made;
    made.db.catch(() => {
      if (opened === made) opened = null;
    });
  }
  return opened as NonNullable<typeof opened>;
}

/** Lets go of the open database. */
export function closeStore(): void {
  const closing = opened;
  opened = null;
  closing?.db.then((db) => db.close()).catch(() => undefined);
}

/** Puts the data key into this page's hand. */
export function takeKey(account: string, key: CryptoKey): void {
  inHand = { account, key };
  if (opened?.account === account) opened.key = null;
}

/**
 * Drops the data key: from here on `store` throws `Locked` where there is a lock. The database
 * stays open: there are no words in it, and what counts or sends just now may come to its end.
 */
export function dropKey(): void {
  inHand = null;
  if (opened) opened.key = null;
}

async function openDatabase(account: string): Promise<Db> {
  let fresh = false;
  const db = await openDB<AccountSchema>(accountDbName(account), 2, {
    upgrade(made, from) {
      fresh = from < 1;
      if (from < 1) {
        made.createObjectStore("meta");
        const entries = made.createObjectStore("entries", { keyPath: "id" });
        entries.createIndex("dirty", "dirty");
        const outbox = made.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true });
        outbox.createIndex("entry", "entry");
        made.createObjectStore("intents", { keyPath: "seq", autoIncrement: true });
        made.createObjectStore("kept");
      }
      if (from < 2) {
        const media = made.createObjectStore("media", { keyPath: "id" });
        media.createIndex("entry", "entry");
        media.createIndex("waits", "waits");
        made.createObjectStore("pieces", { keyPath: ["media", "n"] });
      }
    },
    // A sign-out in another tab deletes the database: it must not wait for us.
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close();
      if (opened?.account === account) opened = null;
    },
    terminated() {
      if (opened?.account === account) opened = null;
    },
  });
  // A sign-out may have passed us on the way; then this is a new, empty database to remove.
  if ((await currentRow())?.id !== account) {
    db.close();
    if (fresh) await deleteDB(accountDbName(account));
    throw new NobodyHere();
  }
  return db;
}

/** The entries of which something waits to be sent besides their words. */
export async function waitingMedia(db: Db): Promise<Set<string>> {
  return new Set((await db.getAllFromIndex("media", "waits", 1)).map((row) => row.entry));
}
async function keyOf(account: string, db: Db): Promise<CryptoKey> {
  if (inHand?.account === account) return inHand.key;
  const old = (await db.get("meta", "key")) as CryptoKey | undefined;
  if (old && !maker) throw new Locked();
  const key = await readyKey(await bareKey(db));
  if (old) await (await maker?.())?.carryOver(db, old, key);
  return key;
}

/**
 * The data key of a phone without a lock, made once in a store's life: it lies in a box under a
 * key that cannot be taken out of the browser. Throws `Locked` where there is a lock.
 */
export async function bareKey(db: Db): Promise<string> {
  const tx = db.transaction("meta");
  const [lock, wrap, dek] = await Promise.all(["lock", "wrap", "dek"].map((n) => tx.store.get(n)));
  if (dek) return open<string>(wrap as CryptoKey, DEK, dek as Box);
  if (lock || !maker) throw new Locked();
  const { layOpen, newDataKey } = await maker();
  await layOpen(db, newDataKey());
  // Two tabs that race agree on the first one.
  return bareKey(db);
}

/** Where the data key lies, for its box. */
export const DEK = "dek";
