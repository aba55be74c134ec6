/**
 * What a hand-over would copy, worked out on the phone exactly as the server does it, so that the
 * preview is true to the letter: the same questions, the same lines, the same order.
 */
import type { Answers, Category, Content, Guide, Item, Line } from "../api/types.ts";
import { isAnswered } from "../domain/answers.ts";
import { type Known, linesOf, wordsOnly } from "../domain/lines.ts";
import { saidScore, score } from "../domain/scoring.ts";

export interface Choosable {
  item: Item;
  category: Category;
  lines: Line[];
}

export interface Text {
  item: Item;
  part: string;
  label: string;
  text: string;
}

/** The answered questions that may leave the journal at all, in the order of the guide. */
export function choosable(guide: Guide, answers: Answers, known: Known | null): Choosable[] {
  return guide.items
    .filter((item) => item.share !== "never")
    .map((item) => ({
      item,
      category: item.category ?? guide.category,
      lines: linesOf(wordsOnly(item), answers[item.id] ?? {}, known),
    }))
    .filter(({ lines }) => lines.length > 0);
}

/** What of it goes with the whole entry: private answers wait to be picked by name. */
export const offered = (all: readonly Choosable[]): Choosable[] =>
  all.filter(({ item }) => item.share === "ask");

/** What an entry as a whole asks, answered or not: all but what is private or never leaves. */
export function whole(guide: Guide): string[] {
  return guide.items.filter((item) => item.share === "ask").map((item) => item.id);
}

/** The rows that go across when `items` are handed over; under those of a measure its total. */
export function contentOf(
  guide: Guide,
  answers: Answers,
  items: readonly string[],
  known: Known | null,
): Content["items"] {
  const rows = choosable(guide, answers, known)
    .filter(({ item }) => items.includes(item.id))
    .map(({ item, lines }) => ({ question: item.text, answer: { lines } }));
  return [...rows, ...totalOf(guide, answers, items)];
}

/** What the answers of a measure add up to; a part of them is handed over without. */
function totalOf(guide: Guide, answers: Answers, items: readonly string[]): Content["items"] {
  const found = score(guide, answers);
  const counted = guide.measure?.items ?? [];
  const all = counted.every((id) => items.includes(id));
  if (!found || !guide.measure || !all || !counted.some((id) => isAnswered(answers[id]))) return [];
  const value = saidScore(guide.measure, found);
  return [{ question: "Total", answer: { lines: [{ label: null, value, own: false }] } }];
}

/** The long and short texts among them: what a passage can be taken from. */
export function texts(chosen: readonly Choosable[], answers: Answers): Text[] {
  return chosen.flatMap(({ item }) =>
    item.parts.flatMap((part) => {
      const text = answers[item.id]?.[part.name];
      if (part.kind !== "text" || typeof text !== "string" || text.trim() === "") return [];
      return [{ item, part: part.name, label: part.label ?? item.text, text }];
    }),
  );
}

/** The first words of somebody's answer, for a list; null when nothing in it is their own. */
export function firstWords(items: Content["items"], length = 60): string | null {
  const own = items.flatMap((item) => item.answer.lines).find((line) => line.own);
  if (!own) return null;
  const words = own.value.trim().replace(/\s+/gu, " ");
  const points = Array.from(words);
  if (points.length <= length) return words;
  // Cut behind a word; a text without spaces is cut where it must be.
  const start = points.slice(0, length).join("");
  return `${start.replace(/\s+\S*$/u, "")}…`;
}
