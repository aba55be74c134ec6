/** Answers as lines to read, the way the other side sees them once they are handed over. */
import type { Answers, Guide, Item, Line } from "../api/types.ts";
import { stateOf } from "../domain/answers.ts";
import { type Known, linesOf } from "../domain/lines.ts";

export interface Answered {
  item: Item;
  lines: Line[];
  /** "skipped", "unsure", "nothing" where that is the whole answer. */
  state: "skipped" | "unsure" | "nothing" | null;
}

/** Every answered question of a guide, in the order the guide asks them. */
export function answered(guide: Guide, answers: Answers, known: Known | null): Answered[] {
  const found: Answered[] = [];
  for (const item of guide.items) {
    const answer = answers[item.id];
    if (answer === undefined) continue;
    const lines = linesOf(item, answer, known);
    const state = stateOf(answer);
    if (lines.length || state) found.push({ item, lines, state });
  }
  return found;
}
