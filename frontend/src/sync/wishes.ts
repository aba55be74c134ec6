/** Wishes that wait for a connection. */
import type { Category } from "../api/types.ts";
import { changed } from "../data/changes.ts";
import { type IntentKind, type IntentRow, accountDb } from "../data/db.ts";

/**
 * A wish that narrows: it is sent before anything else, as soon as there is a connection.
 * Use it when `withdraw`, `takeBack`, `narrow` or `withdrawEverything` found no network.
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

/** The wishes the server has not heard of yet. */
export async function intents(): Promise<IntentRow[]> {
  const { db } = await accountDb();
  return db.getAll("intents");
}
