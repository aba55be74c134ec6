/**
 * Documents the app shows again and again: taken from the phone at once, asked for again behind
 * the scenes (`onChange` says "library", "help" or "care" when a newer one has come).
 */
import { server } from "../api/server.ts";
import { ask, Trouble, within } from "../api/trouble.ts";
import type { Care, Help, Library } from "../api/types.ts";
import { as } from "../api/who.ts";
import { changed } from "./changes.ts";
import { currentRow, device, NobodyHere, store } from "./db.ts";
import { keepSealed, readSealed } from "./kept.ts";

/** How long a document counts as fresh, so that ten screens ask the server once. */
const FRESH = 60_000;
const asked = new Map<string, number>();
const asking = new Map<string, Promise<unknown>>();

/** One question at a time for each document. */
function once<T>(name: string, work: () => Promise<T>): Promise<T> {
  const running = asking.get(name) as Promise<T> | undefined;
  if (running) return running;
  const started = work().finally(() => asking.delete(name));
  asking.set(name, started);
  return started;
}

async function stale<T>(
  name: string,
  stored: () => Promise<T | null>,
  fetched: () => Promise<T>,
): Promise<T> {
  const found = await stored();
  const fresh = Date.now() - (asked.get(name) ?? -FRESH) < FRESH;
  if (found !== null && fresh) return found;
  const refresh = once(name, async () => {
    const value = await fetched();
    asked.set(name, Date.now());
    return value;
  });
  if (found === null) return refresh;
  refresh.catch((error: unknown) => {
    if (!(error instanceof Trouble || error instanceof NobodyHere)) throw error;
  });
  return found;
}

// ---------------------------------------------------------------- public documents

/**
 * `account`: who asks. What was fetched for one person is shown to them and before any sign-in,
 * and not to the next person: their clinic may be another.
 */
async function publicDocument<T>(
  name: "library" | "help",
  account: string | null,
  get: () => Fetched<T>,
): Promise<T> {
  const db = await device();
  return stale<T>(
    `${name}:${account ?? ""}`,
    async () => {
      const row = await db.get("public", name);
      const theirs = !account || row?.account === account;
      return theirs ? ((row?.body as T | undefined) ?? null) : null;
    },
    async () => {
      let etag: string | null = null;
      const body = await ask(
        get().then((outcome) => {
          etag = outcome.response.headers.get("ETag");
          return outcome;
        }),
      );
      const before = await db.get("public", name);
      const same =
        before !== undefined &&
        (etag ? before.etag === etag : JSON.stringify(before.body) === JSON.stringify(body));
      if (!same || before.account !== account)
        await db.put("public", { etag, body, account }, name);
      if (before && !same) changed(name);
      return body;
    },
  );
}

export { guideOf } from "./edition.ts";

type Fetched<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** Guides, skills, the agreement, words. Throws a `Trouble` when it was never fetched. */
export async function library(): Promise<Library> {
  const account = (await currentRow())?.id ?? null;
  return publicDocument("library", account, async () =>
    (await server()).GET("/api/library", { cache: "no-cache", ...as(account), ...within() }),
  );
}

/** The library as it lies on this phone, and nobody is asked for a newer one; null without one. */
export async function libraryHere(): Promise<Library | null> {
  const account = (await currentRow())?.id ?? null;
  const row = await (await device()).get("public", "library");
  const theirs = row !== undefined && (!account || row.account === account);
  return theirs ? (row.body as Library) : null;
}

/** Phone numbers and crisis lines. Opens before sign-in and offline. */
export function help(): Promise<Help> {
  return publicDocument("help", null, async () => (await server()).GET("/api/help", within()));
}

// ---------------------------------------------------------------- the patient's own

/** The clinic, therapists, dosing sessions, appointments and the ladder of stages. */
export async function care(): Promise<Care> {
  const { account } = await store();
  return stale<Care>(
    `care:${account}`,
    () => readSealed<Care>("care"),
    async () => {
      const api = await server();
      const fresh = await ask(api.GET("/api/care", within()));
      if (await keepSealed("care", fresh, account)) changed("care");
      return fresh;
    },
  );
}

/** Makes the next reads ask the server again. */
export function expire(): void {
  asked.clear();
}
