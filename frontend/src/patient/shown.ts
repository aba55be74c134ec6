/** Answers as lines to read, the way the other side sees them once they are handed over. */
import type { Answer, Answers, Guide, Item, Line } from "../api/types.ts";
import { stateOf } from "../domain/answers.ts";
import { type Known, linesOf } from "../domain/lines.ts";

export interface Answered {
  item: Item;
  lines: Line[];
  /** "skipped", "unsure", "nothing" where that is the whole answer. */
  state: "skipped" | "unsure" | "nothing" | null;
  /** The answer, where something is attached to it that is shown and not read. */
  attached: Answer | null;
}

const ATTACHED: readonly string[] = ["recordings", "drawing", "photos"];

/** Every answered question of a guide, in the order the guide asks them. */
export function answered(guide: Guide, answers: Answers, known: Known | null): Answered[] {
  const found: Answered[] = [];
  for (const item of guide.items) {
    const answer = answers[item.id];
    if (answer === undefined) continue;
    const parts = item.parts.filter(({ kind }) => !ATTACHED.includes(kind));
    const lines = linesOf({ ...item, parts }, answer, known);
    const state = stateOf(answer);
    const attached = hasAttached(item, answer) ? answer : null;
    if (lines.length || state || attached) found.push({ item, lines, state, attached });
  }
  return found;
}

/** Whether something to hear or look at belongs to this answer. */
export function hasAttached(item: Item, answer: Answer | undefined): boolean {
  return item.parts.some(
    ({ kind, name }) => ATTACHED.includes(kind) && answer?.[name] !== undefined,
  );
}
