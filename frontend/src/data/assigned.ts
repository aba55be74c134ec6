/**
 * The guides therapists have given to this person: shown from the phone at once, asked for again
 * behind the scenes (`onChange` says "assigned" when there are others).
 */
import { server } from "../api/server.ts";
import { ask, Trouble, within } from "../api/trouble.ts";
import type { Guide } from "../api/types.ts";
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
  const { guides } = await ask(api.GET("/api/assigned", within()));
  if (await keepSealed("assigned", guides, account)) changed("assigned");
  return guides;
}
