/** Who uses this phone. Works without the network, except for signing in. */
import { server } from "../api/server.ts";
import { ask, Trouble, within } from "../api/trouble.ts";
import type { Me } from "../api/types.ts";
import { as, who } from "../api/who.ts";
import { underSendLock } from "./lock.ts";
import { changed } from "./changes.ts";
import {
  accountDb,
  currentRow,
  type CurrentRow,
  device,
  deviceKey,
  type DropTo,
  NobodyHere,
  type Owed,
  waitingMedia,
} from "./db.ts";
import { fulfil, isPassing } from "./fulfil.ts";
import { open, seal } from "./vault.ts";

/** Public files of the app (the shell) lie in caches of this name and survive a sign-out. */
export const SHELL_CACHE = "journal-shell";

const place = (id: string): string => `me:${id}`;

/** The person this phone belongs to now, or null. Needs no network. */
export async function current(): Promise<Me | null> {
  const row = await currentRow();
  if (!row) return null;
  try {
    return await open<Me>(await deviceKey(), place(row.id), row.box);
  } catch {
    return null;
  }
}

/** True while the server wants a new sign-in: show a bar, never a wall. */
export async function sessionEnded(): Promise<boolean> {
  return (await currentRow())?.ended ?? false;
}

/**
 * Signs in. A patient's journal is then kept on this phone; the same person finds unsent words
 * again, another person starts with an empty phone. Nothing of a therapist is stored.
 * Throws a `Trouble`; a wrong password is `problem` with status 401.
 */
export async function signIn(email: string, password: string): Promise<Me> {
  // "Everywhere" has to be true before anybody is let in again.
  if (!(await settleSignOut()) && (await owing())?.everywhere) throw new Trouble("offline");
  const me = await underSendLock(async () => {
    // From here on nobody knows whose cookie it is, until an answer says so.
    await patchCurrent({ verified: false });
    const api = await server();
    return ask(api.POST("/api/session", { body: { email, password }, ...within() }));
  }).catch((error: unknown) => {
    if (error instanceof Trouble && error.kind === "signed-out") {
      throw new Trouble("problem", error.problem);
    }
    throw error;
  });
  await adopt(me, () => takeOver(me));
  if (me.role === "patient") {
    // Before anything else may go wrong: from now on this phone can catch words at any time.
    await import("./dropkey.ts").then(({ keepDropKey }) => keepDropKey()).catch(() => undefined);
  }
  return me;
}

/**
 * Asks the server whose session this is and takes that person in; null when there is none.
 * For the first start on a device that knows nobody (or was emptied by the browser).
 */
export async function resume(): Promise<Me | null> {
  if (!(await settleSignOut())) return null;
  try {
    const api = await server();
    const me = await ask(api.GET("/api/session", within()));
    await adopt(me);
    return me;
  } catch (error) {
    if (error instanceof Trouble) return null;
    throw error;
  }
}

/** `before`: what has to be so when others hear of it. */
async function adopt(me: Me, before?: () => Promise<void>): Promise<void> {
  const db = await device();
  if (me.role === "patient") {
    const box = await seal(await deviceKey(), place(me.id), me);
    const tx = db.transaction("meta", "readwrite");
    await tx.store.put({ id: me.id, box, verified: true, ended: false }, "current");
    // What is caught from here on is this person's, or nobody's until their own key is here.
    const drop = (await tx.store.get("drop")) as DropTo | undefined;
    if (drop && drop.account !== me.id) await tx.store.delete("drop");
    await tx.done;
    void askToStay();
  } else {
    await db.delete("meta", "current");
  }
  who.account = me.role === "patient" ? me.id : null;
  await before?.();
  changed("account");
}

/** Asks the browser not to empty this store when space runs short; only pages may ask. */
async function askToStay(): Promise<void> {
  const storage = globalThis.navigator?.storage as { persist?(): Promise<boolean> } | undefined;
  await storage?.persist?.().catch(() => false);
}

async function patchCurrent(patch: Partial<CurrentRow>, only?: string): Promise<void> {
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
  const box = await seal(await deviceKey(), place(account), me);
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

async function owing(): Promise<Owed | null> {
  const found = (await (await device()).get("meta", "owed")) as Partial<Owed> | undefined;
  return found ? { everywhere: false, account: null, wishes: [], ...found } : null;
}

/** Tells the server of a sign-out it has not heard of. True when nothing is owed (any more). */
export async function settleSignOut(): Promise<boolean> {
  const owed = await owing();
  if (!owed) return true;
  try {
    if (!(await grantWishes(owed))) return false;
    const api = await server();
    const theirs = { ...as(owed.account), ...within() };
    await ask(
      owed.everywhere ? api.DELETE("/api/sessions", theirs) : api.DELETE("/api/session", theirs),
    );
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    // Without a session, or with another person's, there is nothing to end and no wish to send.
    if (error.kind !== "signed-out") return false;
  }
  await (await device()).delete("meta", "owed");
  return true;
}

/** Sends the wishes of whoever signed out. False when one of them has to be sent again. */
async function grantWishes({ account, wishes }: Owed): Promise<boolean> {
  if (!wishes.length) return true;
  const api = await server();
  const me = await ask(api.GET("/api/session", { ...as(account), ...within() }));
  // "Withdraw everything" names nobody: under another cookie it would be another person's.
  if (me.id !== account) return true;
  let all = true;
  for (const wish of wishes) {
    try {
      await fulfil(wish, account);
    } catch (error) {
      if (!(error instanceof Trouble) || error.kind !== "problem") throw error;
      // What is gone is done; what is refused has nobody left to be shown to.
      if (isPassing(error.status)) all = false;
    }
  }
  return all;
}

/**
 * A sign-in takes the place of a session whose end the server never heard of. What that one still
 * wished for goes on, if it is the same person; nobody else can send it.
 */
async function takeOver(me: Me): Promise<void> {
  const owed = await owing();
  if (!owed || owed.everywhere) return;
  if (me.role === "patient" && me.id === owed.account) {
    const { db } = await accountDb();
    // The store numbers its rows itself; the type cannot say so.
    for (const wish of owed.wishes) await db.add("intents", { ...wish, problem: null } as never);
  }
  await (await device()).delete("meta", "owed");
}
