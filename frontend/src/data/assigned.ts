/**
 * The guides therapists have given to this person, and the skills they suggest: shown from the phone at once, asked for again
 * behind the scenes (`onChange` says "assigned" when there are others).
 */
import { server } from "../api/server.ts";
import { ask, Trouble, within } from "../api/trouble.ts";
import type { Guide, SuggestedSkill, Uuid } from "../api/types.ts";
import { changed } from "./changes.ts";
import { NobodyHere, store } from "./db.ts";
import { keepSealed, readSealed } from "./kept.ts";

/** What the phone last heard; the first time it asks and waits. Throws a `Trouble` if it cannot. */
export async function assigned(): Promise<Guide[]> {
  const last = await readSealed<Guide[]>("assigned");
  const fresh = fetched();
  if (last === null) return fresh;
  fresh.catch((error: unknown) => {
    if (!(error instanceof Trouble || error instanceof NobodyHere)) throw error;
  });
  return last;
}

async function fetched(): Promise<Guide[]> {
  const { account } = await store();
  const api = await server();
  const { guides, skills } = await ask(api.GET("/api/assigned", within()));
  const others = await keepSealed("suggested", skills, account);
  if ((await keepSealed("assigned", guides, account)) || others) changed("assigned");
  return guides;
}

/** The skills somebody suggests, as this phone last heard; it asks again behind the scenes. */
export async function suggestedSkills(): Promise<SuggestedSkill[]> {
  await assigned();
  return (await readSealed<SuggestedSkill[]>("suggested")) ?? [];
}

/** Lets a suggestion lie for good; the one who made it is told nothing. */
export async function letLie(suggestion: Uuid): Promise<void> {
  const { account } = await store();
  const api = await server();
  const params = { path: { id: suggestion } };
  await ask(api.POST("/api/suggestions/{id}/set-aside", { params, ...within() }));
  const left = ((await readSealed<SuggestedSkill[]>("suggested")) ?? []).filter(
    ({ id }) => id !== suggestion,
  );
  if (await keepSealed("suggested", left, account)) changed("assigned");
}
