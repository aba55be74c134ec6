/** Guides in the editions that entries were written against. Not needed for the first question. */
import { server } from "../api/server.ts";
import { ask, within } from "../api/trouble.ts";
import type { Guide } from "../api/types.ts";
import { currentRow, device, store } from "./db.ts";
import { keepSealed, readSealed } from "./kept.ts";
import { library } from "./library.ts";

/** The edition an entry was written against, also when the library has a newer one. */
export async function guideOf(id: string, edition: number): Promise<Guide> {
  const same = (guide: Guide): boolean => guide.id === id && guide.edition === edition;
  const current = (await library()).guides.find(same) ?? (await given()).find(same);
  if (current) return current;
  const name = `guide:${id}:${edition}` as const;
  // What was written for one person begins like this, and is never kept in the open.
  const own = id.startsWith("q-");
  const db = await device();
  const found = own ? await readSealed<Guide>(name) : (await db.get("public", name))?.body;
  if (found) return found as Guide;
  const account = own ? (await store()).account : null;
  const api = await server();
  const guide = await ask(
    api.GET("/api/guides/{id}/{edition}", { params: { path: { id, edition } }, ...within() }),
  );
  if (account) await keepSealed(name, guide, account);
  else await db.put("public", { etag: null, body: guide }, name);
  return guide;
}

/** What therapists have given, as this phone last heard. */
async function given(): Promise<Guide[]> {
  return ((await currentRow()) && (await readSealed<Guide[]>("assigned"))) ?? [];
}
