/** What somebody who signed out left to be done: wishes that narrow, then the end of the session. */
import { server } from "../api/server.ts";
import { ask, Trouble, within } from "../api/trouble.ts";
import { as } from "../api/who.ts";
import { device, type Left, type Owed, type Wish } from "./db.ts";
import { fulfil, isOver, isPassing } from "./fulfil.ts";

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
 * Sends the wishes and ends the session. True when that is no longer owed; wishes that did not get
 * through stay until the same person signs in again.
 */
export async function settle(owed: Owed): Promise<boolean> {
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
