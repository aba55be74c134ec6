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

const heardGrants = () =>
  kept<Grant[]>("grants", async () => ask((await server()).GET("/api/grants", within())));

/**
 * Everything handed over and not over; what the phone last heard when offline. What nobody can
 * read for now is `closed`.
 */
export async function excerpts(): Promise<Handed[]> {
  const handed = await kept<Handed[]>("excerpts", async () =>
    ask((await server()).GET("/api/excerpts", within())),
  );
  const wishes = await intents();
  const given = withWishes((await readSealed<Grant[]>("grants")) ?? (await heardGrants()), wishes);
  const shut = new Set(given.flatMap(({ id, state }) => (state === "in_force" ? [] : [id])));
  const out = wishes.length ? without(handed, wishes) : handed;
  return out.map((each) => (shut.has(each.grant_id) ? { ...each, state: "closed" } : each));
}

function without(handed: Handed[], wishes: readonly IntentRow[]): Handed[] {
  const withdrawn = new Set(
    wishes.flatMap((wish) => (wish.kind === "withdraw" ? [wish.target] : [])),
  );
  const back = new Set(wishes.flatMap((wish) => (wish.kind === "take-back" ? [wish.target] : [])));
  const gone = new Set(
    wishes.flatMap((wish) => (wish.kind === "delete-entry" ? [wish.target] : [])),
  );
  const all = wishes.some((wish) => wish.kind === "withdraw-everything");
  return handed.filter(
    (each) =>
      !all &&
      !withdrawn.has(each.grant_id) &&
      !back.has(each.id) &&
      !gone.has(each.entry_id) &&
      !wishes.some(
        (wish) =>
          wish.kind === "narrow" &&
          wish.target === each.grant_id &&
          !wish.categories?.includes(each.category),
      ),
  );
}

function withWishes(list: readonly Grant[], wishes: readonly IntentRow[]): Grant[] {
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

/**
 * Who can read this entry now, on the word of the last answer: names without repeats; [] is
 * "Only you". Works offline.
 */
export async function readersOf(entry: Uuid): Promise<string[]> {
  const handed = await excerptsOnPhone();
  return [
    ...new Set(
      handed
        .filter((each) => each.entry_id === entry && each.state === "handed")
        .map((each) => each.therapist.name),
    ),
  ];
}

async function excerptsOnPhone(): Promise<Handed[]> {
  return (await readSealed<Handed[]>("excerpts")) ? excerpts() : [];
}

async function kept<T>(name: "grants" | "excerpts", fetch: () => Promise<T>): Promise<T> {
  const { account } = await store();
  try {
    const fresh = await fetch();
    if (await keepSealed(name, fresh, account)) changed("sharing");
    return fresh;
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

/** The grants as this phone last heard of them; nobody is asked. */
export async function grantsHere(): Promise<Grant[]> {
  return withWishes((await readSealed<Grant[]>("grants")) ?? [], await intents());
}
