/** What was added to an entry later: entries of their own that name the first. */
import type { Answer, Answers } from "../api/types.ts";

export const ADDITION = "addition";
export const ITEM = "addition-01";
export const WORDS = "text";
export const TO = "entries";

interface Added {
  id: string;
  guide: string;
  occurred_at: string;
  answers: Answers;
}

/** The parts of an answer that say what it is added to. */
export const addedTo = (id: string): Answer => ({ [TO]: [id] });

/** The entry that this one was added to; null for one that stands alone. */
export function firstOf({ guide, answers }: Pick<Added, "guide" | "answers">): string | null {
  if (guide !== ADDITION) return null;
  const named = answers[ITEM]?.[TO];
  const first = Array.isArray(named) ? named[0] : undefined;
  return typeof first === "string" ? first : null;
}

/** What was added to an entry, the earliest first. */
export function additionsTo<E extends Added>(id: string, entries: readonly E[]): E[] {
  return entries
    .filter((each) => firstOf(each) === id)
    .sort((a, b) => Date.parse(a.occurred_at) - Date.parse(b.occurred_at));
}

export function wordsAdded({ answers }: Pick<Added, "answers">): string {
  const words = answers[ITEM]?.[WORDS];
  return typeof words === "string" ? words : "";
}
