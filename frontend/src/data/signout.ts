/** Signing out: fetched when somebody does. */
import { deleteDB, openDB } from "idb";

import { who } from "../api/who.ts";
import { settleSignOut, SHELL_CACHE } from "./account.ts";
import { changed } from "./changes.ts";
import { underWhoLock } from "./lock.ts";
import {
  accountDb,
  accountDbName,
  closeStore,
  type CurrentRow,
  device,
  dropKey,
  type Emptying,
  type Left,
  type Owed,
  type Wish,
} from "./db.ts";
import { named } from "./named.ts";

/**
 * Signs out and empties this phone at once, with or without the network; the server is told now
 * or as soon as it can be reached, and of the wishes that narrow before that; those that do not get
 * through wait for the same person. Unsent words are gone: ask first (`unsent`). With `keep` they stay behind the lock of this phone, if it has one,
 * until the same person signs in again.
 * Public documents (the app itself, the help page) stay, so that help opens for anybody; and the
 * public half of the drop key, which is no secret and names nobody.
 * Throws where this phone cannot be written to. Whoever was here may then be gone all the same:
 * ask `current`; what lies here goes with the next `empty` that comes to its end.
 */
export async function signOut({ everywhere = false, keep = false } = {}): Promise<void> {
  const kept = keep && (await hasLock());
  const here = await accountDb().catch(() => null);
  const wishes = await unsentWishes();
  try {
    await underWhoLock(async () => {
      await leave(everywhere, kept, wishes);
      // They wait in one place: a pause sent twice would undo what was done between the two.
      if (kept) await here?.db.clear("intents").catch(() => undefined);
      who.account = null;
      dropKey();
      await emptied(null);
    });
  } finally {
    // Nobody is here from the moment that is written down, however the emptying ends: no screen
    // goes on showing their words, and the server hears of it.
    changed("account");
    await settleSignOut();
  }
}

/** Writes down who has left, and what is still to be done about it. */
async function leave(everywhere: boolean, kept: boolean, wishes: Wish[]): Promise<void> {
  const db = await device();
  const tx = db.transaction("meta", "readwrite");
  const row = (await tx.store.get("current")) as CurrentRow | undefined;
  const [drop, owed, begun, before] = await Promise.all(
    (["drop", "owed", "emptying", "left"] as const).map((name) => tx.store.get(name)),
  );
  const left = (before ?? []) as Left[];
  // The key goes with it: the next person's name is sealed under another.
  await tx.store.clear();
  if (row) {
    await tx.store.put({ everywhere, account: row.id }, "owed");
    if (wishes.length) left.push({ account: row.id, wishes });
    await tx.store.put({ account: kept ? null : row.id }, "emptying");
  } else {
    // Another tab was before us, and perhaps did not come to its end.
    const theirs = (owed ?? { everywhere, account: null }) as Owed;
    await tx.store.put({ ...theirs, everywhere: everywhere || theirs.everywhere }, "owed");
    await tx.store.put(begun ?? { account: null }, "emptying");
  }
  if (left.length) await tx.store.put(left, "left");
  if (drop) await tx.store.put(drop, "drop");
  await tx.done;
}

/** Goes on with a sign-out that has begun, to its end: after a crash too. */
export const empty = (): Promise<void> => underWhoLock(() => emptied(null));

/** Goes on with it; false when it cannot be brought to its end just now. */
export async function finished(): Promise<boolean> {
  try {
    await empty();
    return true;
  } catch {
    // A browser that keeps nothing has nothing to empty either.
    const begun = (await device().catch(() => null))?.get("meta", "emptying");
    return (await begun?.catch(() => undefined)) === undefined;
  }
}

/** The same, for whoever has the turn; what `staying` wrote is not touched any more. */
export async function emptied(staying: string | null): Promise<void> {
  const db = await device();
  const begun = (await db.get("meta", "emptying")) as Emptying | undefined;
  if (!begun) return;
  try {
    if (begun.account !== null && begun.account !== staying) await wipe(begun.account);
  } finally {
    await wipeCaches();
  }
  await db.delete("meta", "emptying");
}

/** Whether the words of whoever is here lie behind a lock. */
async function hasLock(): Promise<boolean> {
  try {
    return (await (await accountDb()).db.count("meta", "lock")) > 0;
  } catch {
    return false;
  }
}

/** Also what was refused: nobody has been told of it yet, perhaps. */
async function unsentWishes(): Promise<Wish[]> {
  try {
    const { db } = await accountDb();
    return await named(await db.getAll("intents"));
  } catch {
    // Nobody here, or a store that does not open: signing out works all the same.
    return [];
  }
}

async function wipe(account: string): Promise<void> {
  // Emptied first: removing the whole database may have to wait for another tab.
  try {
    closeStore();
    const db = await openDB(accountDbName(account));
    try {
      const names = [...db.objectStoreNames];
      if (names.length) {
        const tx = db.transaction(names, "readwrite");
        await Promise.all(names.map((name) => tx.objectStore(name).clear()));
        await tx.done;
      }
    } finally {
      db.close();
    }
  } finally {
    await Promise.race([
      deleteDB(accountDbName(account)),
      new Promise((resolve) => setTimeout(resolve, 2000)),
    ]);
  }
}

async function wipeCaches(): Promise<void> {
  // A worker has neither of these two.
  const page = globalThis as {
    localStorage?: { clear(): void };
    sessionStorage?: { clear(): void };
  };
  page.localStorage?.clear();
  page.sessionStorage?.clear();
  if (!globalThis.caches) return;
  for (const name of await caches.keys()) {
    if (!name.startsWith(SHELL_CACHE)) await caches.delete(name);
  }
}
