/** Own entries as the lines of a list: with their guide, when they are about, and first words. */

import type { Guide } from "../api/types.ts";
import type { LocalEntry } from "../data/entries.ts";
import { guideOf } from "../data/library.ts";
import { firstWords } from "../domain/answers.ts";
import { clock, day } from "../page/when.ts";
import { bin } from "./bin.svelte.ts";

export interface EntryRow {
  entry: LocalEntry;
  guide: Guide;
  /** "yesterday, 14:05", where the entry was written. */
  when: string;
  words: string;
}

/** The lines of these entries, in their order; what lies in the bin or has no guide is left out. */
export async function rowsOf(entries: readonly LocalEntry[]): Promise<EntryRow[]> {
  const found: EntryRow[] = [];
  for (const entry of entries) {
    if (bin.holds(entry.id)) continue;
    const guide = await guideOf(entry.guide, entry.edition).catch(() => null);
    if (!guide) continue;
    const { occurred_at, zone, answers } = entry;
    const when = `${day(occurred_at, new Date(), zone)}, ${clock(occurred_at, zone)}`;
    found.push({ entry, guide, when, words: firstWords(guide, answers) });
  }
  return found;
}
