/** The times a measure was begun, added up with the edition each was asked in. */
import type { Guide } from "../api/types.ts";
import type { LocalEntry } from "../data/entries.ts";
import { guideOf } from "../data/library.ts";
import { saysAnything } from "../domain/answers.ts";
import type { Taken } from "../domain/due.ts";
import { saidTotal, type Score, score } from "../domain/scoring.ts";

export interface Time extends Taken {
  readonly zone: string;
  readonly score: Score | null;
  /** "12 of 24", or null where it is not scored. */
  readonly said: string | null;
}

type Editions = Readonly<Record<string, Guide>>;
const key = (guide: string, edition: number) => `${guide}.${String(edition)}`;

/** Call it while a component is made. Editions the library has left behind are fetched once. */
export function editions(
  mine: () => readonly LocalEntry[],
  guides: () => readonly Guide[],
): { readonly known: Editions } {
  let older = $state.raw<Editions>({});
  let asked: readonly string[] = [];
  const newest = $derived(
    Object.fromEntries(guides().map((guide) => [key(guide.id, guide.edition), guide])),
  );

  async function fetch(entry: LocalEntry, name: string): Promise<void> {
    asked = [...asked, name];
    const guide = await guideOf(entry.guide, entry.edition).catch(() => null);
    if (guide) older = { ...older, [name]: guide };
    else asked = asked.filter((each) => each !== name);
  }

  $effect(() => {
    for (const entry of mine()) {
      const name = key(entry.guide, entry.edition);
      const measure = guides().some((guide) => guide.id === entry.guide);
      if (measure && !(name in newest) && !asked.includes(name)) void fetch(entry, name);
    }
  });

  return {
    get known() {
      return { ...older, ...newest };
    },
  };
}

/** Every time the measure was begun and something was said, the latest first. */
export function timesOf(id: string, mine: readonly LocalEntry[], known: Editions): Time[] {
  return mine
    .filter((entry) => entry.guide === id && saysAnything(entry.answers))
    .map((entry) => timeOf(entry, known[key(entry.guide, entry.edition)]));
}

/** One time; `guide` is the edition it was asked in. */
export function timeOf(entry: LocalEntry, guide: Guide | undefined): Time {
  const found = guide ? score(guide, entry.answers) : null;
  return {
    entry: entry.id,
    at: entry.occurred_at,
    zone: entry.zone,
    // An edition that cannot be opened now counts as taken: rather late than too often.
    complete: entry.finished || !found || found.total !== null,
    score: found,
    said: found && guide?.measure ? saidTotal(guide.measure, found) : null,
  };
}
