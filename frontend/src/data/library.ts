/**
 * Documents the app shows again and again: taken from the phone at once, asked for again behind
 * the scenes (`onChange` says "library", "help" or "care" when a newer one has come).
 */
import { server } from "../api/server.ts";
import { ask, Trouble, within } from "../api/trouble.ts";
import type { Care, Guide, Help, Library } from "../api/types.ts";
import { changed } from "./changes.ts";
import { device, NobodyHere, store } from "./db.ts";
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

async function publicDocument<T>(name: "library" | "help", get: () => Fetched<T>): Promise<T> {
  const db = await device();
  return stale<T>(
    name,
    async () => ((await db.get("public", name))?.body as T | undefined) ?? null,
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
      if (!same) {
        await db.put("public", { etag, body }, name);
        if (before) changed(name);
      }
      return body;
    },
  );
}

type Fetched<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** Guides, skills, the agreement, words. Throws a `Trouble` when it was never fetched. */
export function library(): Promise<Library> {
  return publicDocument("library", async () =>
    (await server()).GET("/api/library", { cache: "no-cache", ...within() }),
  );
}

/** Phone numbers and crisis lines. Opens before sign-in and offline. */
export function help(): Promise<Help> {
  return publicDocument("help", async () => (await server()).GET("/api/help", within()));
}

/** The edition an entry was written against, also when the library has a newer one. */
export async function guideOf(id: string, edition: number): Promise<Guide> {
  const current = (await library()).guides.find((guide) => guide.id === id);
  if (current?.edition === edition) return current;
  const name = `guide:${id}:${edition}`;
  const db = await device();
  const found = await db.get("public", name);
  if (found) return found.body as Guide;
  const api = await server();
  const guide = await ask(
    api.GET("/api/guides/{id}/{edition}", { params: { path: { id, edition } }, ...within() }),
  );
  await db.put("public", { etag: null, body: guide }, name);
  return guide;
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
