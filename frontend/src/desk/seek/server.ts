/** The one question of the search; its answer is read, and recorded as read. */
import { api, ask, within } from "../../api/client.ts";
import type { Found } from "../../api/types.ts";

export const search = async (text: string): Promise<Found[]> =>
  (await ask(api.POST("/api/search", { body: { text }, ...within() }))).found;
