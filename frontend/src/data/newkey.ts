/** The key of a store: made once, and for a store of the first version put in the old one's place. */
import { type Db, DEK } from "./db.ts";
import { entryPlace } from "./entries.ts";
import { type Box, newKey, open, seal } from "./vault.ts";

/** A data key, as it is sealed: 256 random bits, as base64. */
export function newDataKey(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
}

/** Lays the data key open where there is none and no lock; or in the place of a lock. */
export async function layOpen(db: Db, key: string, { instead = false } = {}): Promise<void> {
  const wrap = await newKey();
  const dek = await seal(wrap, DEK, key);
  const tx = db.transaction("meta", "readwrite", { durability: "strict" });
  if (instead) await tx.store.delete("lock");
  if (!(await tx.store.get("lock")) && !(await tx.store.get("dek"))) {
    await tx.store.put(wrap, "wrap");
    await tx.store.put(dek, "dek");
  }
  await tx.done;
}

const AT_ONCE = 100;
const STORES = ["entries", "outbox", "kept"] as const;
type Name = (typeof STORES)[number];
type Row = Record<string, unknown>;

/**
 * Carries a store of the first version over: every box is sealed anew under the data key, texts on
 * their way too. It can be killed at any moment and goes on at the next opening: a box is under
 * one of the two keys, trying tells which, and the old key goes when nothing is under it any more.
 */
export async function carryOver(db: Db, from: CryptoKey, to: CryptoKey): Promise<void> {
  for (const name of STORES) {
    const keys: IDBValidKey[] = await db.getAllKeys(name);
    for (let at = 0; at < keys.length; at += AT_ONCE) {
      const some = keys.slice(at, at + AT_ONCE);
      await Promise.all(some.map((key) => carryRow(db, name, key, from, to)));
    }
  }
  await db.delete("meta", "key");
}

async function carryRow(
  db: Db,
  name: Name,
  key: IDBValidKey,
  from: CryptoKey,
  to: CryptoKey,
): Promise<void> {
  for (;;) {
    const before = await db.get(name, key as never);
    if (!before) return;
    const after = await anew(name, key, before as unknown as Row, from, to);
    if (!after) return;
    const tx = db.transaction(name, "readwrite");
    const now = await tx.store.get(key as never);
    const same = now !== undefined && unchanged(now as unknown as Row, before as unknown as Row);
    // What another tab changed meanwhile is looked at again.
    if (same) await tx.store.put(after as never, name === "kept" ? (key as never) : undefined);
    await tx.done;
    if (same) return;
  }
}

/** The row with its boxes under the new key; null when they all are. */
async function anew(
  name: Name,
  key: IDBValidKey,
  row: Row,
  from: CryptoKey,
  to: CryptoKey,
): Promise<Row | Box | null> {
  if (name === "kept") return resealed(row as unknown as Box, `kept:${String(key)}`, from, to);
  const place = entryPlace(String(row["entry"] ?? row["id"]));
  const next: Row = { ...row };
  let changed = false;
  for (const part of ["box", "conflicts"]) {
    const box = row[part] as Box | null | undefined;
    const made = box && (await resealed(box, place, from, to));
    if (!made) continue;
    next[part] = made;
    changed = true;
  }
  return changed ? next : null;
}

async function resealed(
  box: Box,
  place: string,
  from: CryptoKey,
  to: CryptoKey,
): Promise<Box | null> {
  try {
    return await seal(to, place, await open(from, place, box));
  } catch {
    // It is under the new key already, or opened under neither before.
    return null;
  }
}

/** Every change of a row makes new boxes or moves a counter. */
function unchanged(now: Row, before: Row): boolean {
  const mark = (row: Row) => JSON.stringify(row, (_name, value: unknown) => plain(value));
  return mark(now) === mark(before);
}

const plain = (value: unknown): unknown =>
  value instanceof Uint8Array || value instanceof ArrayBuffer
    ? [...new Uint8Array(value as ArrayBuffer)].slice(0, 32)
    : value;
