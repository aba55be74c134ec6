/** The page before a visit, as the patient lets it go, and a sentence that is taken out of it. */
import { server } from "../api/server.ts";
import { ask, within } from "../api/trouble.ts";
import type { Cutting, Handed, PageOrder, Released, Uuid } from "../api/types.ts";
import { changed } from "../data/changes.ts";
import { refreshSharing } from "./readers.ts";

/** Lets the therapist see the order and the list, and again after a change. */
export async function letSee(therapist: Uuid, order: PageOrder): Promise<Released> {
  const params = { path: { id: therapist } };
  const released = await ask(
    (await server()).PUT("/api/therapists/{id}/brief", { params, body: order, ...within() }),
  );
  changed("sharing");
  return released;
}

/** The page stands without list and order again. What is handed over stays. */
export async function takeOrderBack(therapist: Uuid): Promise<void> {
  const params = { path: { id: therapist } };
  await ask((await server()).DELETE("/api/therapists/{id}/brief", { params, ...within() }));
  changed("sharing");
}

/**
 * Takes exactly these words out; null when they were the last of it. `id` is made once for one act,
 * so that sending it again is no second one.
 */
export async function cut(
  excerpt: Uuid,
  id: Uuid,
  what: Omit<Cutting, "id">,
): Promise<Handed | null> {
  const params = { path: { id: excerpt } };
  const { item, line, start, end, quote } = what;
  const body = { id, item, line, start, end, quote };
  const left = await ask(
    (await server()).POST("/api/excerpts/{id}/cut", { params, body, ...within() }),
  );
  await refreshSharing().catch(() => changed("sharing"));
  return left.excerpt;
}
