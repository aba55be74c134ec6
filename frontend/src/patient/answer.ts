/** Giving an answer part by part. A part without a value is left out, and so is an empty answer. */
import type { Answer, Answers, EffectRow, Item, Part, PartValue } from "../api/types.ts";
import { isAnswered, stateOf } from "../domain/answers.ts";

/** The value of one part, or undefined. */
export function valueOf(answer: Answer | undefined, name: string): PartValue | undefined {
  return stateOf(answer) === null ? answer?.[name] : undefined;
}

/** Whether words were typed, or a picture taken: those are never dropped for another answer. */
export function hasWords(item: Item, answer: Answer | undefined): boolean {
  return item.parts.some((part) => {
    if (valueOf(answer, `${part.name}_other`) !== undefined) return true;
    const value = valueOf(answer, part.name);
    if (value === undefined) return false;
    if (part.kind === "effects") return (value as EffectRow[]).some((row) => row.note);
    return TYPED.includes(part.kind);
  });
}

const TYPED: readonly Part["kind"][] = [
  "text",
  "contacts",
  "step",
  "list",
  "picture",
  "recordings",
  "drawing",
  "photos",
];

/** The answer with one part set, or without it when the value is empty. */
export function withPart(
  answer: Answer | undefined,
  name: string,
  value: PartValue | null,
): Answer | undefined {
  const rest = stateOf(answer) === null ? without(answer ?? {}, name) : {};
  const next = isEmpty(value) ? rest : { ...rest, [name]: value };
  return Object.keys(next).length ? next : undefined;
}

/** The answers with one of them set or taken out. */
export function withAnswer(answers: Answers, id: string, answer: Answer | undefined): Answers {
  return answer === undefined ? without(answers, id) : { ...answers, [id]: answer };
}

/** Whether anything was answered. "Not sure" and "nothing came" are answers; a skip is none. */
export function anyAnswered(answers: Answers): boolean {
  return Object.values(answers).some((answer) => {
    const state = stateOf(answer);
    return state === "unsure" || state === "nothing" || isAnswered(answer);
  });
}

/** The ids that stand once `id` was tapped: "none of these" leaves no other beside it. */
export function picked(before: readonly string[], id: string, on: boolean): string[] {
  const rest = before.filter((each) => each !== id);
  if (!on) return rest;
  return isNone(id) ? [id] : [...rest.filter((each) => !isNone(each)), id];
}

/** What comes after the first part of a question and takes much room opens on request. */
export function isAside(item: Item, part: Part): boolean {
  return ASIDE.includes(part.kind) && item.parts[0]?.name !== part.name;
}

const ASIDE: readonly Part["kind"][] = ["text", "words", "places", "skills", "picture"];

function isNone(id: string): boolean {
  return id === "none" || id.startsWith("none-");
}

function isEmpty(value: PartValue | null): value is null {
  if (value === null) return true;
  if (typeof value === "string") return value.trim() === "";
  return Array.isArray(value) && value.length === 0;
}

function without<T>(record: Record<string, T>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}
