/**
 * A question of one's own is an entry; each answer is an entry of its own with the question as it
 * was then. So changing or deleting a question changes no answer.
 */
import type { LocalEntry } from "../data/entries.ts";
import { valueOf } from "./answer.ts";

export const OWN_QUESTION = "own-question";
export const ASKS = "own-question-01";
export const SAYS = "own-question-02";

export interface OwnQuestion {
  question: string;
  /** The entry that holds the question and no answer; null where only answers hold it. */
  card: LocalEntry | null;
  /** When it was last answered. */
  answered: string | null;
}

/** Under this name it is remembered that a question with answers was let go. */
export const letGo = (question: string): string => `own-question:${question}`;

/** The questions, the newest first, each once; `gone` are names of those that were let go. */
export function ownQuestions(
  entries: readonly LocalEntry[],
  gone: readonly string[] = [],
): OwnQuestion[] {
  const found = new Map<string, OwnQuestion>();
  for (const entry of entries) {
    const question = entry.guide === OWN_QUESTION ? asked(entry) : "";
    if (question === "") continue;
    const before = found.get(question) ?? { question, card: null, answered: null };
    const answer = isAnswer(entry);
    found.set(question, {
      question,
      card: before.card ?? (answer ? null : entry),
      answered: before.answered ?? (answer ? entry.occurred_at : null),
    });
  }
  return [...found.values()].filter(
    ({ question, card }) => card !== null || !gone.includes(letGo(question)),
  );
}

function asked(entry: LocalEntry): string {
  const text = valueOf(entry.answers[ASKS], "text");
  return typeof text === "string" ? text.trim() : "";
}

function isAnswer(entry: LocalEntry): boolean {
  return entry.answers[SAYS] !== undefined;
}
