/** Small things that are kept sealed on the phone: answers of the server, preferences. */
import { NobodyHere, store } from "./db.ts";
import { open, seal } from "./vault.ts";

type Name =
  | "care"
  | "grants"
  | "excerpts"
  | "prefs"
  | "assigned"
  | "suggested"
  | "across"
  | "turns"
  | "drop-key"
  | `guide:${string}`;

const place = (name: Name): string => `kept:${name}`;

export async function readSealed<T>(name: Name): Promise<T | null> {
  const { db, key } = await store();
  const box = await db.get("kept", name);
  return box ? open<T>(key, place(name), box) : null;
}

/**
 * Stores the value for `account`; true when it differs from what was there. An answer that
 * arrives after somebody else has signed in is dropped.
 */
export async function keepSealed(name: Name, value: unknown, account: string): Promise<boolean> {
  const here = await store();
  if (here.account !== account) throw new NobodyHere();
  const before = await readSealed(name);
  if (before !== null && JSON.stringify(before) === JSON.stringify(value)) return false;
  await here.db.put("kept", await seal(here.key, place(name), value), name);
  return true;
}
