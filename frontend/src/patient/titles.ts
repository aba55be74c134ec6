/** What an entry is called in a list. */
import type { Guide } from "../api/types.ts";
import { later } from "../text/later.ts";

/**
 * A worry about one's care stays in the list, so that it does not seem lost, and says neither what
 * it is about nor a word of it: people show their journal to the very person it may be about.
 */
export function titleInList(guide: Guide): string {
  return guide.kind === "concern" ? later.journal.locked : guide.title;
}
