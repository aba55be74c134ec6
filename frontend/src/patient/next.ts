/**
 * The one next thing on the first screen: a yes that was put off to a clear head, what was left
 * open, what fits the days, a check-in, or a blank page.
 */
import type { Answers, Care, Guide, Handed, Library, Rung } from "../api/types.ts";
import type { LocalEntry } from "../data/entries.ts";
import { softNow } from "../domain/stage.ts";

export type NextThing =
  | { kind: "waiting"; handed: Handed }
  | { kind: "go-on"; entry: LocalEntry; guide: Guide }
  | { kind: "guide"; guide: Guide }
  | { kind: "check-in"; guide: Guide }
  | { kind: "free" };

/** What was left open is offered for some days; after that it rests in the journal. */
const OPEN_DAYS = 7;
/** The questions for the week come again after a pause; the others once in their time. */
const AGAIN_DAYS: Partial<Record<Rung["stage"], number>> = { week: 2 };
const DAY = 86_400_000;
const MOOD = ["check-01", "prac-01"];
/** What one answers question by question. The others have screens of their own. */
const ASKED = new Set<Guide["kind"]>(["reflection", "extra"]);
/** Never shown on a screen that somebody else may look at too. */
const KEPT_CLOSE = new Set<Guide["kind"]>(["concern", "plan", "measure", "own", "log"]);

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
  return (
    leftOpen(library, entries, now) ?? ofTheStage(library, care, rung, entries, now) ?? small()
  );

  function small(): NextThing {
    const guide = library?.guides.find((each) => each.id === "check-in");
    // The day of a dose asks for a few words at most.
    if (!guide || rung?.stage === "day" || checkedIn(entries, now)) return { kind: "free" };
    return { kind: "check-in", guide };
  }
}

/** Whether the mood of today is told already, by the calendar of this phone. */
export function checkedIn(entries: readonly LocalEntry[], now: number): boolean {
  const today = new Date(now).toDateString();
  return entries.some(
    (entry) =>
      MOOD.some((item) => told(entry.answers, item)) &&
      new Date(entry.occurred_at).toDateString() === today,
  );
}

/** The guide of this entry when its words may stand on the first screen. */
export function shownOnHome(library: Library | null, entry: LocalEntry): Guide | null {
  const guide = library?.guides.find((each) => each.id === entry.guide);
  return guide && !KEPT_CLOSE.has(guide.kind) ? guide : null;
}

function leftOpen(
  library: Library | null,
  entries: readonly LocalEntry[],
  now: number,
): NextThing | null {
  for (const entry of entries) {
    const guide = library?.guides.find((each) => each.id === entry.guide);
    const recent = now - Date.parse(entry.occurred_at) < OPEN_DAYS * DAY;
    const same = guide?.edition === entry.edition && ASKED.has(guide.kind);
    if (guide && same && !entry.finished && recent) return { kind: "go-on", entry, guide };
  }
  return null;
}

function ofTheStage(
  library: Library | null,
  care: Care | null,
  rung: Rung | null,
  entries: readonly LocalEntry[],
  now: number,
): NextThing | null {
  // Between sessions nothing is set: a check-in, if anything.
  if (!rung || rung.stage === "prac") return null;
  const guide = library?.guides.find((each) => each.id === care?.suggested[rung.stage]);
  if (!guide) return null;
  const again = AGAIN_DAYS[rung.stage];
  const since = Math.max(Date.parse(rung.from), again ? now - again * DAY : -Infinity);
  const done = entries.some(
    (entry) => entry.guide === guide.id && Date.parse(entry.occurred_at) >= since,
  );
  return done ? null : { kind: "guide", guide };
}

function told(answers: Answers, item: string): boolean {
  return typeof answers[item]?.["scale"] === "number";
}
