/** When a measure opens, and when it is closed, in words. */
import { type Due, inSitting, type Moment, type Timing } from "../domain/due.ts";
import { onDay, soon } from "../page/when.ts";
import { measures as text } from "../text/measures.ts";

/** A sentence, or nothing where it is open. */
export function opens(due: Due, now: Date): string {
  if (due.state === "open") return "";
  if (due.state === "started") return text.started(onDay(due.at, now));
  if (due.why === "calm" || due.from === null) return text.waits.calm;
  if (due.why === "taken") return text.waits.taken(onDay(due.from, now));
  return text.waits.hours(soon(due.from, now));
}

/** Why the answers of one time stay as they are, or nothing where they can be changed. */
export function closed(
  timing: Timing,
  { at, said }: { at: string; said: string | null },
  moment: Moment,
): string {
  if (inSitting(timing, at, moment)) return "";
  // In a calm hour of the same day it is put off; after that day it is over.
  if (inSitting({ ...timing, hours_after_dose: 0 }, at, { ...moment, sessions: [], calm: false })) {
    return text.closed.waits;
  }
  return said === null ? text.closed.unscored : text.closed.scored;
}
