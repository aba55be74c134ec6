/** Who uses this phone. Works without the network, except for signing in. */
import { server } from "../api/server.ts";
import { ask, Trouble, within } from "../api/trouble.ts";
import type { Me } from "../api/types.ts";
import { as } from "../api/who.ts";
import { changed } from "./changes.ts";
import {
  accountDb,
  currentRow,
  type CurrentRow,
  device,
  deviceKey,
  NobodyHere,
  type Owed,
  waitingMedia,
} from "./db.ts";
import { open, seal } from "./vault.ts";

/** Public files of the app (the shell) lie in caches of this name and survive a sign-out. */
export const SHELL_CACHE = "journal-shell";

export const mePlace = (id: string): string => `me:${id}`;

/** The person this phone belongs to now, or null. Needs no network. */
export async function current(): Promise<Me | null> {
  const row = await currentRow();
  if (!row) return null;
  try {
    return await open<Me>(await deviceKey(), mePlace(row.id), row.box);
  } catch {
    return null;
  }
}

/** True while the server wants a new sign-in: show a bar, never a wall. */
export async function sessionEnded(): Promise<boolean> {
  return (await currentRow())?.ended ?? false;
}

export async function patchCurrent(patch: Partial<CurrentRow>, only?: string): Promise<void> {
  const tx = (await device()).transaction("meta", "readwrite");
  const row = (await tx.store.get("current")) as CurrentRow | undefined;
  if (row && (only === undefined || row.id === only)) {
    await tx.store.put({ ...row, ...patch }, "current");
  }
  await tx.done;
}

/** Makes the next sending ask first whose session it is. */
export function forgetVerified(): Promise<void> {
  return patchCurrent({ verified: false });
}

/** Says that the server no longer knows this session. */
export async function markEnded(account: string): Promise<void> {
  const row = await currentRow();
  if (row?.id !== account || row.ended) return;
  await patchCurrent({ ended: true, verified: false }, account);
  changed("account");
}

/**
 * Makes sure that what is about to be sent goes to the journal of `account`: the cookie may be
 * somebody else's. Throws a `Trouble` when it is not, or cannot be known.
 */
export async function verify(account: string): Promise<void> {
  const row = await currentRow();
  if (row?.id !== account) throw new NobodyHere();
  if (row.verified) return;
  const api = await server();
  const me = await ask(api.GET("/api/session", { ...as(account), ...within() }));
  if (me.id !== account) throw new Trouble("signed-out");
  const box = await seal(await deviceKey(), mePlace(account), me);
  // Only if nobody has signed out or in meanwhile.
  await patchCurrent({ box, verified: true, ended: false }, account);
  changed("account");
}

/** How many entries the server has not acknowledged whole. Ask about them before signing out. */
export async function unsent(): Promise<number> {
  try {
    const { db } = await accountDb();
    const dirty = await db.getAllKeysFromIndex("entries", "dirty", 1);
    const waiting = new Set([...dirty, ...(await waitingMedia(db))]);
    // A rescued text waits beside one that is saved. Keys alone: the words are not needed.
    const index = db.transaction("outbox").store.index("entry");
    let cursor = await index.openKeyCursor(null, "nextunique");
    for (; cursor; cursor = await cursor.continue()) waiting.add(cursor.key as string);
    return waiting.size;
  } catch (error) {
    if (error instanceof NobodyHere) return 0;
    throw error;
  }
}

export async function owing(): Promise<Owed | null> {
  return ((await (await device()).get("meta", "owed")) as Owed | undefined) ?? null;
}

/**
 * Tells the server of a sign-out it has not heard of, after what that person still wished for.
 * True when no end of a session is owed (any more).
 */
export async function settleSignOut(): Promise<boolean> {
  const owed = await owing();
  if (!owed) return true;
  // Fetched only when somebody has signed out.
  const parts = await import("./owed.ts").catch(() => null);
  return parts !== null && parts.settle(owed);
}
