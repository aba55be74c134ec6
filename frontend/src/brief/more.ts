/** What else of the journal could go to somebody as a whole. */
import type { Category, Guide, Handed } from "../api/types.ts";
import type { LocalEntry } from "../data/entries.ts";
import type { Known } from "../domain/lines.ts";
import { choosable, offered } from "../sharing/preview.ts";
import { AGENDA } from "./agenda.ts";

interface To {
  grant: string;
  categories: readonly Category[];
  handed: readonly Handed[];
}

/**
 * Saved in one version, with something in it that goes with the whole, all of it of kinds that are
 * shared, and not out to them in these words already.
 */
export function canGo(
  entry: LocalEntry,
  guide: Guide,
  known: Known | null,
  { grant, categories, handed }: To,
): boolean {
  if (entry.state !== "saved" || entry.conflicts.length || entry.guide === AGENDA) return false;
  if (guide.kind === "concern") return false;
  const out = handed.some((each) => each.entry_id === entry.id && each.grant_id === grant);
  const goes = offered(choosable(guide, entry.answers, known));
  return !out && goes.length > 0 && goes.every(({ category }) => categories.includes(category));
}

/** Whether something in it is kept back when the whole goes. */
export function keepsSome(entry: LocalEntry, guide: Guide, known: Known | null): boolean {
  const all = choosable(guide, entry.answers, known);
  return offered(all).length < all.length;
}
