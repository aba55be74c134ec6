/** What clinics did about the one who is signed in. Asked for each time, and kept nowhere. */
import { api, ask, within } from "../api/client.ts";
import type { Act } from "../api/types.ts";
import type { Told } from "./acts.ts";

export const acts = (): Promise<Act[]> => ask(api.GET("/api/acts", within()));

/** Lets it lie: it stays in the list, and is shown by itself no more. One act stands for its moment. */
export async function putAway({ id }: Told): Promise<void> {
  // Kept alive: somebody presses it and is gone.
  const options = { params: { path: { id } }, keepalive: true, ...within() };
  await ask(api.PUT("/api/acts/{id}/seen", options));
}
