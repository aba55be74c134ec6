/** When a measure opens, in words. */
import type { Due } from "../domain/due.ts";
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
