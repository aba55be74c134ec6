/**
 * A question of one's own is an entry without an answer; each answer is an entry of its own with
 * the question as it was then. So changing or deleting a question changes no answer.
 */
import type { LocalEntry } from "../data/entries.ts";
import { valueOf } from "./answer.ts";

export const OWN_QUESTION = "own-question";
export const ASKS = "own-question-01";
export const SAYS = "own-question-02";

export interface OwnQuestion {
  entry: LocalEntry;
  question: string;
  /** When it was last answered. */
  answered: string | null;
}

/** The saved questions, the newest first; the same question twice is shown once. */
export function ownQuestions(entries: readonly LocalEntry[]): OwnQuestion[] {
  const mine = entries.filter((entry) => entry.guide === OWN_QUESTION);
  const found = new Map<string, OwnQuestion>();
  for (const entry of mine) {
    const question = asked(entry);
    if (question === "" || isAnswer(entry) || found.has(question)) continue;
    const last = mine.find((each) => isAnswer(each) && asked(each) === question);
    found.set(question, { entry, question, answered: last?.occurred_at ?? null });
  }
  return [...found.values()];
}

function asked(entry: LocalEntry): string {
  const text = valueOf(entry.answers[ASKS], "text");
  return typeof text === "string" ? text.trim() : "";
}

function isAnswer(entry: LocalEntry): boolean {
  return entry.answers[SAYS] !== undefined;
}
