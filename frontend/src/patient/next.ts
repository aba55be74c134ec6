/**
 * The one next thing on the first screen: a yes that was put off to a clear head, what was left
 * open, what fits the days, or a blank page.
 */
import type { Care, Guide, Handed, Library, Rung } from "../api/types.ts";
import type { LocalEntry } from "../data/entries.ts";
import { softNow } from "../domain/stage.ts";

export type NextThing =
  | { kind: "waiting"; handed: Handed }
  | { kind: "go-on"; entry: LocalEntry; guide: Guide }
  | { kind: "guide"; guide: Guide }
  | { kind: "free" };

/** What was left open is offered for some days; after that it rests in the journal. */
const OPEN_DAYS = 7;
const DAY = 86_400_000;

export function nextThing(
  library: Library | null,
  care: Care | null,
  rung: Rung | null,
  entries: readonly LocalEntry[],
  handed: readonly Handed[],
  now: number,
): NextThing {
  const waiting = handed.find((each) => each.state === "waiting");
  if (waiting && !(care && softNow(care.dosing_sessions, now))) {
    return { kind: "waiting", handed: waiting };
  }
  const guideOf = (id: string) => library?.guides.find((guide) => guide.id === id);
  for (const entry of entries) {
    const guide = guideOf(entry.guide);
    const recent = now - Date.parse(entry.occurred_at) < OPEN_DAYS * DAY;
    if (!entry.finished && recent && guide && guide.edition === entry.edition) {
      if (guide.items.length > 1) return { kind: "go-on", entry, guide };
    }
  }
  const id = rung ? care?.suggested[rung.stage] : null;
  const guide = id ? guideOf(id) : undefined;
  if (!guide || !rung) return { kind: "free" };
  const since = Date.parse(rung.from);
  const done = entries.some(
    (entry) => entry.guide === guide.id && Date.parse(entry.occurred_at) >= since,
  );
  return done ? { kind: "free" } : { kind: "guide", guide };
}
