/**
 * When a fixed note stands under an answer. The rules are data, the same for everyone; they look at
 * options that were picked and at numbers, never at what was written.
 */
import type { Answer, Item, NoteRule } from "../api/types.ts";
import type { Past } from "./past.ts";
import { stateOf } from "./answers.ts";

const DAY = 86_400_000;

/** The rules of a question that hold for its answer, in the order of the guide. */
export function notesThatHold(
  item: Item,
  answer: Answer | undefined,
  past: readonly Past[],
  at: number,
): NoteRule[] {
  return item.notes.filter((rule) => {
    if (!holdsFor(rule, answer)) return false;
    // Counted with this entry; the window ends with it, so reading an old answer again, or
    // changing it, says what held then.
    const since = at - rule.days * DAY;
    const before = past.filter(
      (each) => each.at > since && each.at <= at && holdsFor(rule, each.answers[item.id]),
    );
    return before.length + 1 >= rule.times;
  });
}

function holdsFor(rule: NoteRule, answer: Answer | undefined): boolean {
  const value = stateOf(answer) === null ? answer?.[rule.part] : undefined;
  if (typeof value === "number") {
    const low = rule.at_most === null || value <= rule.at_most;
    const high = rule.at_least === null || value >= rule.at_least;
    return (rule.at_most !== null || rule.at_least !== null) && low && high;
  }
  const picked = Array.isArray(value) ? value : [value];
  return picked.some((one) => rule.any.includes(idOf(one)));
}

/** What was picked: an option, or the code of an after-effect. */
function idOf(one: unknown): string {
  if (one !== null && typeof one === "object" && "code" in one) return String(one.code);
  return typeof one === "string" ? one : "";
}
