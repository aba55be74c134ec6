/** What waits for a day of its own: the note for the morning after, a letter to oneself. */
import type { LocalEntry } from "../data/entries.ts";
import { isoDay } from "../page/when.ts";
import { valueOf } from "./answer.ts";

const DAY = 86_400_000;
const NIGHT_ENDS = 5;

export interface Waiting {
  /** Under this name it is remembered that it was shown. */
  key: string;
  entry: LocalEntry;
}

/** The note somebody asked for the evening before. It is there for that one day. */
export function morningNote(entries: readonly LocalEntry[], now: number): Waiting | null {
  if (new Date(now).getHours() < NIGHT_ENDS) return null;
  const yesterday = isoDay(now - DAY);
  const entry = entries.find(
    (each) =>
      valueOf(each.answers["day-10"], "choice") === "yes" && isoDay(each.occurred_at) === yesterday,
  );
  return entry ? { key: `morning:${entry.id}`, entry } : null;
}

export interface Letter extends Waiting {
  text: string;
}

/** The letter to oneself whose day has come. */
export function letter(entries: readonly LocalEntry[], now: number): Letter | null {
  for (const entry of entries) {
    const answer = entry.answers["end-08"];
    const text = valueOf(answer, "text");
    const date = valueOf(answer, "date");
    if (typeof text !== "string" || typeof date !== "string") continue;
    if (date <= isoDay(now)) return { key: `letter:${entry.id}:${date}`, entry, text };
  }
  return null;
}
