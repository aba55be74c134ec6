/**
 * Finding in one's own words. The index is made in memory, of entries that are open anyway; nothing
 * of it is stored, and it is gone when the journal is locked or somebody signs out.
 */
import type { Answers, Guide } from "../api/types.ts";
import type { LocalEntry } from "../data/entries.ts";
import { onShut } from "../data/shut.ts";
import { hay, needles } from "../domain/fold.ts";
import { type Known, linesOf } from "../domain/lines.ts";

export interface Hit {
  entry: LocalEntry;
  /** The line that was found, as it was said; null where the title alone fits. */
  line: string | null;
}

interface Indexed {
  lines: string[];
  /** The lines folded, each on a line of its own. */
  hay: string;
}

type GuideOf = (entry: LocalEntry) => Guide | undefined;

/** So long one slice of work may keep a finger waiting, in ms. */
const SLICE = 12;
/** A page about one's care is found nowhere: a list may be seen by the person it is about. */
const PRIVATE = new Set<Guide["kind"]>(["concern"]);

export class SearchIndex {
  // By the answers themselves: a changed entry has others, and the old ones go with it.
  #known = new WeakMap<Answers, Indexed>();
  #words: Known | null = null;
  #size = 0;

  /** How many entries were read. */
  get size(): number {
    return this.#size;
  }

  /** Forgets everything. */
  clear(): void {
    this.#known = new WeakMap();
    this.#words = null;
    this.#size = 0;
  }

  /** Reads what is not read yet, in slices; false when `stale` said so on the way. */
  async read(
    entries: readonly LocalEntry[],
    guideOf: GuideOf,
    words: Known | null,
    stale: () => boolean = () => false,
  ): Promise<boolean> {
    if (words !== this.#words) {
      this.clear();
      this.#words = words;
    }
    let since = performance.now();
    for (const entry of entries) {
      this.#of(entry, guideOf(entry));
      if (performance.now() - since < SLICE) continue;
      await new Promise((resolve) => setTimeout(resolve));
      if (stale()) return false;
      since = performance.now();
    }
    return true;
  }

  /** Entries in which every word is, in the order in which they were given. */
  find(typed: string, entries: readonly LocalEntry[], guideOf: GuideOf): Hit[] {
    const wanted = needles(typed);
    if (!wanted.length) return [];
    const titles = new Map<Guide, string>();
    const hits: Hit[] = [];
    for (const entry of entries) {
      const guide = guideOf(entry);
      if (guide && PRIVATE.has(guide.kind)) continue;
      const indexed = this.#of(entry, guide);
      const title = guide ? (titles.get(guide) ?? hay(guide.title)) : "";
      if (guide) titles.set(guide, title);
      if (!wanted.every((each) => indexed.hay.includes(each) || title.includes(each))) continue;
      hits.push({ entry, line: bestLine(indexed, wanted) });
    }
    return hits;
  }

  #of(entry: LocalEntry, guide: Guide | undefined): Indexed {
    const found = this.#known.get(entry.answers);
    if (found) return found;
    const lines = guide && PRIVATE.has(guide.kind) ? [] : said(entry.answers, guide, this.#words);
    const indexed = { lines, hay: lines.map(hay).join("\n") };
    // A guide that comes later says better what was answered.
    if (guide) {
      this.#known.set(entry.answers, indexed);
      this.#size += 1;
    }
    return indexed;
  }
}

/** What was said, paragraph by paragraph. */
function said(answers: Answers, guide: Guide | undefined, known: Known | null): string[] {
  const values = guide
    ? guide.items.flatMap((item) => {
        const answer = answers[item.id];
        return answer ? linesOf(item, answer, known).map(({ value }) => value) : [];
      })
    : Object.values(answers).flatMap((answer) =>
        Object.values(answer).filter((value) => typeof value === "string"),
      );
  return values.flatMap((value) => value.split("\n")).filter((line) => line.trim() !== "");
}

/** The line with most of the words in it. */
function bestLine({ lines, hay: folded }: Indexed, wanted: readonly string[]): string | null {
  let best = -1;
  let most = 0;
  for (const [at, line] of folded.split("\n").entries()) {
    const count = wanted.filter((each) => line.includes(each)).length;
    if (count > most) [best, most] = [at, count];
  }
  return best < 0 ? null : (lines[best] ?? null);
}

export const index = new SearchIndex();

onShut(() => index.clear());
