/** Two texts of one entry made into one, where that loses nothing. */
import type { Answer, Answers, Guide, Item, Part, PartValue } from "../api/types.ts";
import { canonical, stateOf } from "./answers.ts";

const same = (a: unknown, b: unknown): boolean => canonical(a ?? null) === canonical(b ?? null);

function itemsOf(texts: readonly Answers[]): string[] {
  return [...new Set(texts.flatMap((text) => Object.keys(text)))];
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [canonical(value ?? null), value])).values()];
}

/** What an item became in the texts that changed it; [] where none did. */
function changes(
  item: string,
  base: Answers,
  texts: readonly Answers[],
): readonly (Answer | undefined)[] {
  return distinct(texts.map((text) => text[item]).filter((answer) => !same(answer, base[item])));
}

/**
 * The texts put together answer by answer: only where each answer was changed on one side alone,
 * since `base`, the text they all grew from. Null where two sides changed one answer differently,
 * and where one text has every change already (then there is nothing to put together).
 */
export function together(base: Answers | null, texts: readonly Answers[]): Answers | null {
  if (!base) return null;
  const merged: Answers = {};
  for (const item of itemsOf([base, ...texts])) {
    const changed = changes(item, base, texts);
    if (changed.length > 1) return null;
    const answer = changed.length ? changed[0] : base[item];
    if (answer) merged[item] = answer;
  }
  return texts.some((text) => same(text, merged)) ? null : merged;
}

export interface Both {
  answers: Answers;
  /** False where an answer can stand only once (a number, a choice): the first text's stands. */
  whole: boolean;
}

/**
 * Both kept in one text: words one below the other, lists one after the other. Null where nothing
 * of the second could be kept that way.
 */
export function both(
  guide: Pick<Guide, "items">,
  base: Answers | null,
  texts: readonly Answers[],
): Both | null {
  const answers: Answers = {};
  let whole = true;
  for (const item of itemsOf(texts)) {
    const changed = base ? changes(item, base, texts) : distinct(texts.map((text) => text[item]));
    const candidates = (changed.length ? changed : [base?.[item]]).filter(
      (answer) => answer !== undefined,
    );
    const joined = joinAnswers(
      guide.items.find((each) => each.id === item),
      candidates,
    );
    whole &&= joined.whole;
    if (joined.answer) answers[item] = joined.answer;
  }
  return texts.some((text) => same(text, answers)) ? null : { answers, whole };
}

function joinAnswers(
  item: Item | undefined,
  answers: readonly Answer[],
): { answer: Answer | undefined; whole: boolean } {
  const said = answers.filter((answer) => !stateOf(answer));
  const [first, ...others] = distinct(said.length ? said : answers);
  if (!first || !others.length) return { answer: first, whole: true };
  const answer: Answer = {};
  let whole = true;
  for (const name of new Set([first, ...others].flatMap((each) => Object.keys(each)))) {
    const values = distinct(
      [first, ...others].flatMap((each) => (each[name] === undefined ? [] : [each[name]])),
    );
    const part = item?.parts.find((each) => each.name === name);
    const one = values.length > 1 ? joinValues(part, values) : values[0];
    whole &&= one !== null;
    const kept = one ?? values[0];
    if (kept !== undefined) answer[name] = kept;
  }
  return { answer, whole };
}

/** Lists in which each row stands for itself. */
const LISTS = new Set<Part["kind"]>(["words", "skills", "list", "contacts", "places", "entries"]);
/** Rows of one kind may be there once. */
const ONCE: Partial<Record<Part["kind"], (row: unknown) => unknown>> = {
  skills: (row) => (row as { skill: string }).skill,
  places: (row) => [(row as { place: string }).place, (row as { kind: string }).kind],
};

function joinValues(part: Part | undefined, values: readonly PartValue[]): PartValue | null {
  if (part?.kind === "text") return joinTexts(values as readonly string[], part.max);
  if (!part || !LISTS.has(part.kind)) return null;
  const rows = distinct((values as readonly unknown[][]).flat());
  const once = ONCE[part.kind];
  if (once && distinct(rows.map(once)).length < rows.length) return null;
  const max = "max" in part ? part.max : null;
  return max !== null && rows.length > max ? null : (rows as PartValue);
}

/** One below the other; what another text holds already is not said twice. */
function joinTexts(texts: readonly string[], max: number): string | null {
  const kept = texts.filter(
    (text, n) => !texts.some((other, m) => m !== n && other.includes(text) && other !== text),
  );
  const joined = kept.join("\n\n");
  return [...joined].length > max ? null : joined;
}
