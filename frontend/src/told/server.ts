/** What clinics did about the one who is signed in. Asked for each time, and kept nowhere. */
import { api, ask, within } from "../api/client.ts";
import type { Act } from "../api/types.ts";
import type { Told } from "./acts.ts";

export const acts = (): Promise<Act[]> => ask(api.GET("/api/acts", within()));

/** Lets it lie: it stays in the list, and is shown by itself no more. */
export async function putAway({ ids }: Told): Promise<void> {
  for (const id of ids) {
    await ask(api.PUT("/api/acts/{id}/seen", { params: { path: { id } }, ...within() }));
  }
}
