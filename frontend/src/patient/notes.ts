/**
 * Fixed notes under an answer. A plain rule shows them, the same for everyone, on the phone;
 * nothing reads what was written and nothing is sent.
 */
import type { Answer, Item, Library } from "../api/types.ts";
import { en } from "../text/en.ts";
import { valueOf } from "./answer.ts";

export interface FixedNote {
  text: string;
  /** Where it points: the numbers under Help, or the skills. */
  to: "help" | "skills" | null;
}

export function noteFor(
  item: Item,
  answer: Answer | undefined,
  library: Library,
): FixedNote | null {
  const choice = valueOf(answer, "choice");
  const chosen = typeof choice === "string" ? choice : "";
  const notes = library.notes;
  switch (item.id) {
    case "day-01":
      if (chosen === "unwell") return { text: en.notes.unwell, to: "help" };
      if (chosen === "upset") return { text: en.notes.upset, to: "skills" };
      return null;
    case "refl-05":
      return chosen.startsWith("yes") ? note(notes["hard_part"], "skills") : null;
    case "refl-06":
      return chosen.startsWith("yes") ? note(notes["unsure_memory"], null) : null;
    case "refl-10":
      return chosen === "no" ? note(notes["felt_unsafe"], "help") : null;
    default:
      return item.category === "after-effects" ? effectNote(answer, library) : null;
  }
}

/** The strongest of the fixed rules of the effects that were picked. */
function effectNote(answer: Answer | undefined, library: Library): FixedNote | null {
  const value = valueOf(answer, "choices");
  const codes = Array.isArray(value) ? (value as string[]) : [];
  const rules = library.effects.filter(({ code }) => codes.includes(code)).map(({ rule }) => rule);
  if (rules.some((rule) => rule.startsWith("NOW")))
    return { text: en.notes.numbersNow, to: "help" };
  if (rules.some((rule) => /\b(NOW|TODAY)\b/.test(rule)))
    return { text: en.notes.call, to: "help" };
  return null;
}

function note(text: string | undefined, to: FixedNote["to"]): FixedNote | null {
  return text === undefined ? null : { text, to };
}
