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
  type Left,
  NobodyHere,
  type Owed,
  waitingMedia,
  type Wish,
} from "./db.ts";
import { fulfil, isOver, isPassing } from "./fulfil.ts";
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

/** What this person still wished for when they left, oldest first. */
export async function leftBy(account: string): Promise<Wish[]> {
  const all = ((await (await device()).get("meta", "left")) as Left[] | undefined) ?? [];
  return all.flatMap((each) => (each.account === account ? each.wishes : []));
}

/** Lets go of wishes of this person that are done, or that wait elsewhere now. */
export async function dropLeft({ account, wishes }: Left): Promise<void> {
  const done = new Set(wishes.map((wish) => JSON.stringify(wish)));
  const tx = (await device()).transaction("meta", "readwrite");
  const all = ((await tx.store.get("left")) as Left[] | undefined) ?? [];
  const stay = all
    .map((each) =>
      each.account === account
        ? { account, wishes: each.wishes.filter((wish) => !done.has(JSON.stringify(wish))) }
        : each,
    )
    .filter((each) => each.wishes.length);
  await (stay.length ? tx.store.put(stay, "left") : tx.store.delete("left"));
  await tx.done;
}

/**
 * Tells the server of a sign-out it has not heard of, after what that person still wished for.
 * True when no end of a session is owed (any more). Wishes that did not get through stay until
 * the same person signs in again.
 */
export async function settleSignOut(): Promise<boolean> {
  const owed = await owing();
  if (!owed) return true;
  try {
    if (!(await grantWishes(owed.account))) return false;
    const api = await server();
    const theirs = { ...as(owed.account), ...within() };
    await ask(
      owed.everywhere ? api.DELETE("/api/sessions", theirs) : api.DELETE("/api/session", theirs),
    );
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    // Without a session, or with another person's, there is nothing to end.
    if (error.kind !== "signed-out") return false;
  }
  await (await device()).delete("meta", "owed");
  return true;
}

/** Sends the wishes of whoever signed out. False when the server could not take one just now. */
async function grantWishes(account: string | null): Promise<boolean> {
  const mine = account ? await leftBy(account) : [];
  if (!account || !mine.length) return true;
  const api = await server();
  const me = await ask(api.GET("/api/session", { ...as(account), ...within() }));
  // "Withdraw everything" names nobody: under another cookie it would be another person's.
  if (me.id !== account) return true;
  let all = true;
  for (const wish of mine) {
    try {
      await fulfil(wish, account);
    } catch (error) {
      if (!(error instanceof Trouble) || error.kind !== "problem") throw error;
      if (!isOver(error.status)) {
        // What is refused stays, and is shown to them when they are back.
        if (isPassing(error.status)) all = false;
        continue;
      }
    }
    await dropLeft({ account, wishes: [wish] });
  }
  return all;
}
