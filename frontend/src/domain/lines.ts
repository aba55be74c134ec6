/**
 * Answers as lines to read, worked out on the phone exactly as the server does it when something is
 * handed over: the person reads their own journal in the same lines as the other side would.
 */
import type { Answer, BodyPlace, Contact, Item, Line, Part } from "../api/types.ts";

/**
 * The lines of one answer. `known` are the emotion words there are to pick; without them every word
 * counts as picked.
 */
export function linesOf(item: Item, answer: Answer, known: ReadonlySet<string> | null): Line[] {
  if ("state" in answer) return [];
  return item.parts.flatMap((part) =>
    [...valuesOf(part, answer, known)]
      .filter(([value]) => value.trim() !== "")
      .map(([value, own]) => ({ label: part.label ?? null, value, own })),
  );
}

type Value = readonly [value: string, own: boolean];

type Known = ReadonlySet<string> | null;

function* valuesOf(part: Part, answer: Answer, known: Known): Iterable<Value> {
  const value = answer[part.name];
  if (value !== undefined) yield* saidIn(part, value, known);
  const other = answer[`${part.name}_other`];
  if (part.kind === "choices" && part.other && typeof other === "string") yield [other, true];
}

function* saidIn(part: Part, value: Answer[string], known: Known): Iterable<Value> {
  const label = (id: string) =>
    "options" in part ? (part.options.find((one) => one.id === id)?.label ?? id) : id;
  switch (part.kind) {
    case "text":
      yield [value as string, true];
      break;
    case "choice":
      yield [label(value as string), false];
      break;
    case "choices":
      yield [(value as string[]).map(label).join("; "), false];
      break;
    case "scale":
      yield [`${String(value)} of 10 (0 is ${part.low}, 10 is ${part.high})`, false];
      break;
    case "words": {
      const words = value as string[];
      const picked = (word: string): boolean => known?.has(word) ?? true;
      yield [words.filter(picked).join(", "), false];
      yield [words.filter((word) => !picked(word)).join(", "), true];
      break;
    }
    case "places":
      for (const row of value as BodyPlace[]) yield [placed(row), false];
      break;
    case "contacts":
      for (const row of value as Contact[]) yield [`${row.name} ${row.phone}`.trim(), true];
      break;
  }
}

function placed(row: BodyPlace): string {
  const quality = row.quality === undefined ? "" : `, ${row.quality}`;
  const strength = row.strength === undefined ? "" : `, ${row.strength} of 10`;
  return `${row.place}: ${row.kind}${quality}${strength}`;
}
