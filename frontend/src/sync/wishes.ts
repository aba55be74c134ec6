/** Wishes that wait for a connection. */
import type { Category } from "../api/types.ts";
import { changed } from "../data/changes.ts";
import { type IntentKind, type IntentRow, accountDb } from "../data/db.ts";

/**
 * A wish that narrows: it is sent before anything else, as soon as there is a connection.
 * Use it when `withdraw`, `pause`, `takeBack`, `narrow`, or one of them for everybody, found no
 * network.
 */
export async function intend(
  kind: IntentKind,
  params: { target?: string; categories?: Category[] } = {},
): Promise<void> {
  const { db } = await accountDb();
  const { target = null, categories = null } = params;
  const row = { kind, target, categories, problem: null };
  // The store numbers its rows itself; the type cannot say so.
  await db.add("intents", row as never);
  changed("outbox", kind);
  changed("sharing");
}

/** The wishes the server has not heard of yet; what it refused is not so, and does not count. */
export async function intents(): Promise<IntentRow[]> {
  return (await all()).filter((row) => !row.problem);
}

/** The wishes the server did not take: somebody has to be told, for nothing has changed. */
export async function refusedWishes(): Promise<IntentRow[]> {
  return (await all()).filter((row) => row.problem);
}

/** Wishes for it once more, or lets it go. */
export async function wishAgain(seq: number, { letGo = false } = {}): Promise<void> {
  const { db } = await accountDb();
  const tx = db.transaction("intents", "readwrite");
  const row = await tx.store.get(seq);
  if (row && letGo) await tx.store.delete(seq);
  else if (row) await tx.store.put({ ...row, problem: null });
  await tx.done;
  changed("outbox", String(seq));
  changed("sharing");
}

async function all(): Promise<IntentRow[]> {
  const { db } = await accountDb();
  return db.getAll("intents");
}
