/**
 * Whether the words on this phone can be opened now. Opening them, and making the lock, is in
 * `unlock.ts`, which is fetched when somebody needs it.
 *
 * `onChange({ kind: "lock" })` tells when it turns: `id` "locked" or "open", none when the lock
 * itself was made, changed or taken off.
 */
import { changed } from "./changes.ts";
import { accountDb, dropKey, Locked, type LockRow, NobodyHere, store } from "./db.ts";

export { Locked } from "./db.ts";

/** "none": there is no lock, or nobody's words are here. */
export type LockState = "open" | "locked" | "none";

/** The lock of this phone, or null. */
export async function lockRow(): Promise<LockRow | null> {
  try {
    const { db } = await accountDb();
    return ((await db.get("meta", "lock")) as LockRow | undefined) ?? null;
  } catch (error) {
    if (error instanceof NobodyHere) return null;
    throw error;
  }
}

export async function lockState(): Promise<LockState> {
  if (!(await lockRow())) return "none";
  try {
    await store();
    return "open";
  } catch (error) {
    if (error instanceof Locked) return "locked";
    throw error;
  }
}

/**
 * Drops the key from memory, here and in every other tab. What is being written has to be stored
 * before (`app/lock.svelte.ts` sees to it): nothing can be afterwards.
 */
export async function lock(): Promise<void> {
  if (!(await lockRow())) return;
  dropKey();
  changed("lock", "locked");
}
