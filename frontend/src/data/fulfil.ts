/** Sends one wish that narrows what others can see. Every one of them can be sent twice. */
import { server } from "../api/server.ts";
import { ask, within } from "../api/trouble.ts";
import type { Category } from "../api/types.ts";
import { TOO_OLD } from "../api/version.ts";
import { as } from "../api/who.ts";
import type { Wish } from "./db.ts";

export async function fulfil(
  { kind, target, categories }: Wish,
  account: string | null,
): Promise<unknown> {
  const api = await server();
  const mine = { ...as(account), ...within() };
  const params = { path: { id: target ?? "" } };
  switch (kind) {
    case "withdraw":
      return ask(api.POST("/api/grants/{id}/withdraw", { params, ...mine }));
    case "pause":
      return ask(api.POST("/api/grants/{id}/pause", { params, ...mine }));
    case "narrow": {
      const body = { categories: (categories ?? []) as Category[] };
      return ask(api.POST("/api/grants/{id}/narrow", { params, body, ...mine }));
    }
    case "withdraw-everything":
      return ask(api.POST("/api/withdraw-everything", mine));
    case "pause-everything":
      return ask(api.POST("/api/pause-everything", mine));
    case "take-back":
      return ask(api.DELETE("/api/excerpts/{id}", { params, ...mine }));
    case "delete-entry":
      return ask(api.DELETE("/api/entries/{id}", { params, ...mine }));
  }
}

/** The server could not just now, or not from this edition of the app. */
export const isPassing = (status: number): boolean =>
  status >= 500 || status === 429 || status === 408 || status === TOO_OLD;
/** Not there (any more): what was wished for is so. */
export const isOver = (status: number): boolean => status === 404 || status === 410;
