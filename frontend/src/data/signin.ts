/** Letting somebody in: fetched when a page asks who it is, or somebody signs in. */
import { server } from "../api/server.ts";
import { ask, Trouble, within } from "../api/trouble.ts";
import type { Me } from "../api/types.ts";
import { who } from "../api/who.ts";
import { mePlace, owing, patchCurrent, settleSignOut } from "./account.ts";
import { changed } from "./changes.ts";
import { accountDb, device, deviceKey, type DropTo } from "./db.ts";
import { underSendLock, underWhoLock } from "./lock.ts";
import type { Way } from "../enter/ways.ts";
import { keeps } from "./keeps.ts";
import { dropLeft, leftBy } from "./owed.ts";
import { emptied, empty } from "./signout.ts";
import { seal } from "./vault.ts";

/**
 * Signs in. A patient's journal is then kept on this phone; the same person finds unsent words
 * again, another person starts with an empty phone. Nothing of a therapist is stored.
 * Throws a `Trouble`; a wrong password, or a second proof that is missing, is `problem` with
 * status 401.
 */
export function signIn(way: Way): Promise<Me> {
  return signInBy(async () => {
    const { letIn } = await import("../enter/ways.ts").catch(() => {
      throw new Trouble("offline");
    });
    return letIn(way, await keeps());
  });
}

/** The same for another way in: `letIn` asks the server, whose answer sets the cookie. */
export async function signInBy(letIn: () => Promise<Me>): Promise<Me> {
  // A phone that died while it was emptied is emptied now, before anybody is let in.
  await empty();
  // "Everywhere" has to be true before anybody is let in again.
  if (!(await settleSignOut()) && (await owing())?.everywhere) throw new Trouble("offline");
  const me = await underSendLock(async () => {
    // From here on nobody knows whose cookie it is, until an answer says so.
    await patchCurrent({ verified: false });
    return letIn();
  }).catch((error: unknown) => {
    if (error instanceof Trouble && error.kind === "signed-out") {
      throw new Trouble("problem", error.problem);
    }
    throw error;
  });
  await adopt(me, { signedIn: true });
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
  await empty();
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

/** `signedIn`: just now, in the place of a session whose end the server may not have heard of. */
async function adopt(me: Me, { signedIn = false } = {}): Promise<void> {
  await underWhoLock(() => takeIn(me));
  who.account = me.role === "patient" ? me.id : null;
  // Others hear of it after that: what was wished for goes before anything else.
  if (me.role === "patient") await takeUp(me.id);
  if (signedIn) await forgetOwed();
  changed("account");
}

/** Written down in one turn with whatever a sign-out before it left to be emptied. */
async function takeIn(me: Me): Promise<void> {
  await emptied(me.role === "patient" ? me.id : null);
  const db = await device();
  if (me.role === "patient") {
    const box = await seal(await deviceKey(), mePlace(me.id), me);
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
}

/** Asks the browser not to empty this store when space runs short; only pages may ask. */
async function askToStay(): Promise<void> {
  const storage = globalThis.navigator?.storage as { persist?(): Promise<boolean> } | undefined;
  await storage?.persist?.().catch(() => false);
}

/** Whoever comes back goes on with what they wished for when they left; nobody else can send it. */
async function takeUp(account: string): Promise<void> {
  const wishes = await leftBy(account);
  if (!wishes.length) return;
  const { db } = await accountDb();
  // The store numbers its rows itself; the type cannot say so.
  for (const wish of wishes) await db.add("intents", { ...wish, problem: null } as never);
  await dropLeft({ account, wishes });
}

/** A sign-in takes the place of the session whose end was owed. */
async function forgetOwed(): Promise<void> {
  const owed = await owing();
  if (owed && !owed.everywhere) await (await device()).delete("meta", "owed");
}
