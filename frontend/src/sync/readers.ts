/** Who can read what: the last word of the server, kept sealed so that it shows offline too. */
import { server } from "../api/server.ts";
import { ask, Trouble, within } from "../api/trouble.ts";
import type { Category, Grant, Handed, Uuid } from "../api/types.ts";
import { changed } from "../data/changes.ts";
import { store } from "../data/db.ts";
import { keepSealed, readSealed } from "../data/kept.ts";
import type { IntentRow } from "../data/db.ts";
import { stands } from "../domain/grants.ts";
import { intents } from "./wishes.ts";

/**
 * All grants, newest first; what the phone last heard when there is no network. Wishes not sent
 * yet are already counted: a grant being withdrawn reads "withdrawn".
 */
export async function grants(): Promise<Grant[]> {
  return withWishes(await heardGrants(), await intents());
}

const fetchGrants = async (): Promise<Grant[]> =>
  ask((await server()).GET("/api/grants", within()));

const heardGrants = () => kept<Grant[]>("grants", fetchGrants);

/** The grants as the server has them just now. Throws a `Trouble` when it does not say. */
export const grantsNow = () => heard<Grant[]>("grants", fetchGrants);

/**
 * Everything handed over and not over; what the phone last heard when offline. What was wished
 * back is not in it.
 */
export async function excerpts(): Promise<Handed[]> {
  return (await stillOut()).filter(({ state }) => state !== "leaving");
}

/**
 * The same with what is `leaving`: until the server has heard of a wish, what it is about can be
 * read. Only what the server has said closes anything.
 */
export async function stillOut(): Promise<Handed[]> {
  const handed = await kept<Handed[]>("excerpts", async () =>
    ask((await server()).GET("/api/excerpts", within())),
  );
  const [wishes, given] = await Promise.all([intents(), lastGrants()]);
  const shut = new Set(given.flatMap(({ id, state }) => (state === "in_force" ? [] : [id])));
  return handed.flatMap((each): Handed[] => {
    const out = each.state === "handed";
    const closed = shut.has(each.grant_id);
    // What waits, or is closed, nobody can read: it goes from the list at once.
    if (wishes.some((wish) => takes(wish, each)))
      return out && !closed ? [{ ...each, state: "leaving" }] : [];
    if (!closed && !wishes.some((wish) => pauses(wish, each.grant_id))) return [each];
    if (out) return [{ ...each, state: closed ? "closed" : "closing" }];
    return [{ ...each, shut: true }];
  });
}

/** The last word on the grants; without one nothing is known to be closed. */
async function lastGrants(): Promise<readonly Grant[]> {
  const last = await readSealed<Grant[]>("grants");
  if (last) return last;
  return heardGrants().catch((error: unknown) => {
    if (error instanceof Trouble) return [];
    throw error;
  });
}

export const pauses = ({ kind, target }: IntentRow, grant: Uuid): boolean =>
  kind === "pause-everything" || (kind === "pause" && target === grant);

function takes({ kind, target, categories }: IntentRow, each: Handed): boolean {
  switch (kind) {
    case "withdraw-everything":
      return true;
    case "withdraw":
      return target === each.grant_id;
    case "take-back":
      return target === each.id;
    case "delete-entry":
      return target === each.entry_id;
    case "narrow":
      return target === each.grant_id && !categories?.includes(each.category);
    default:
      return false;
  }
}

/** The grants as they are once the wishes are counted. */
export function withWishes(list: readonly Grant[], wishes: readonly IntentRow[]): Grant[] {
  return list.map((grant) => {
    if (!stands(grant)) return grant;
    const mine = wishes.filter((wish) => wish.target === grant.id);
    const wished = (kind: "withdraw" | "pause") =>
      mine.some((wish) => wish.kind === kind) ||
      wishes.some((wish) => wish.kind === `${kind}-everything`);
    if (wished("withdraw")) return { ...grant, state: "withdrawn" };
    const left = mine.reduce<Category[]>(
      (categories, wish) =>
        wish.kind === "narrow"
          ? categories.filter((category) => wish.categories?.includes(category))
          : categories,
      grant.categories,
    );
    const state = grant.state === "in_force" && wished("pause") ? "paused" : grant.state;
    return { ...grant, state, categories: left };
  });
}

async function heard<T>(name: "grants" | "excerpts", fetch: () => Promise<T>): Promise<T> {
  const { account } = await store();
  const fresh = await fetch();
  if (await keepSealed(name, fresh, account)) changed("sharing");
  return fresh;
}

async function kept<T>(name: "grants" | "excerpts", fetch: () => Promise<T>): Promise<T> {
  try {
    return await heard(name, fetch);
  } catch (error) {
    if (!(error instanceof Trouble) || error.kind === "problem") throw error;
    const last = await readSealed<T>(name);
    if (last === null) throw error;
    return last;
  }
}

/** Fetches grants and excerpts again. */
export async function refreshSharing(): Promise<void> {
  await Promise.all([grants(), excerpts()]);
}
