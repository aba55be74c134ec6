/**
 * Fixed notes under an answer. The guide's own rules and those of the after-effects show them, the
 * same for everyone, on the phone; nothing reads what was written and nothing is sent.
 */
import type { Answer, EffectRow, Item, Library } from "../api/types.ts";
import { notesThatHold } from "../domain/notes.ts";
import type { Past } from "../domain/past.ts";
import { answers as text } from "../text/answers.ts";
import { en } from "../text/en.ts";
import { valueOf } from "./answer.ts";

export interface FixedNote {
  text: string;
  /** Where it points: the numbers under Help, the skills, or those outside the therapy. */
  to: "help" | "skills" | "concern" | null;
}

export interface FixedNotes {
  /** The most pressing first. */
  notes: FixedNote[];
  /** Whether the Help card opens under the answer. */
  card: boolean;
}

const HELP_CARD = "help-card";
const STRONG = 3;
/** Effects with a note of their own beside the red flags. */
const BESIDE: readonly (readonly [note: string, codes: readonly string[]])[] = [
  ["bladder", ["pee_freq", "pee_pain", "pee_blood"]],
  ["misuse", ["crave", "extra", "tolerance"]],
];

export function notesFor(
  item: Item,
  answer: Answer | undefined,
  library: Library,
  past: readonly Past[] = [],
  at: number = Date.now(),
): FixedNotes {
  const rules = notesThatHold(item, answer, past, at);
  const rows = effectsIn(item, answer);
  const felt = library.effects.filter(({ code }) => rows.some((row) => row.code === code));
  const said = (key: string, to: FixedNote["to"]): FixedNote[] => {
    const words = library.notes[key];
    return words === undefined ? [] : [{ text: words, to }];
  };
  const notes = [
    ...redFlag(felt.map(({ code, rule }) => (code === "bp" ? pressure(rows) : rule))),
    ...(rows.some((row) => row.strength === STRONG) ? said("strong_effect", "help") : []),
    ...BESIDE.flatMap(([key, codes]) =>
      rows.some((row) => codes.includes(row.code)) ? said(key, null) : [],
    ),
    ...rules
      .filter((rule) => rule.note !== HELP_CARD)
      .flatMap((rule) => said(rule.note, rule.to === "none" ? null : rule.to)),
  ];
  return {
    notes: notes.filter((note, at) => notes.findIndex(({ text }) => text === note.text) === at),
    card: rules.some((rule) => rule.note === HELP_CARD) || felt.some(({ card }) => card),
  };
}

function effectsIn(item: Item, answer: Answer | undefined): EffectRow[] {
  return item.parts.flatMap((part) =>
    part.kind === "effects" ? ((valueOf(answer, part.name) ?? []) as EffectRow[]) : [],
  );
}

/**
 * The rule of a high blood pressure reading depends on its numbers: from 180/120 on it is for the
 * clinic today, and with any other effect beside it for help now. Without numbers: the clinic.
 */
function pressure(rows: readonly EffectRow[]): string {
  const reading = rows.find((row) => row.code === "bp");
  if (reading?.systolic === undefined && reading?.diastolic === undefined) return "TODAY";
  if ((reading.systolic ?? 0) < 180 && (reading.diastolic ?? 0) < 120) return "";
  return rows.length > 1 ? "NOW" : "TODAY";
}

/** The most pressing of the fixed rules of the effects that were marked. */
function redFlag(rules: readonly string[]): FixedNote[] {
  if (rules.some((rule) => rule.startsWith("NOW")))
    return [{ text: en.notes.numbersNow, to: "help" }];
  if (rules.some((rule) => /\b(NOW|TODAY)\b/.test(rule)))
    return [{ text: en.notes.call, to: "help" }];
  if (rules.some((rule) => rule.startsWith("NEXT VISIT")))
    return [{ text: text.note.nextVisit, to: null }];
  return [];
}
