/** The first words of something: as they were written, and cut where that is least in the way. */
import type { Content } from "../api/types.ts";

export interface Cut {
  text: string;
  /** There is more of it than this. */
  cut: boolean;
}

const segmenter = new Intl.Segmenter("en", { granularity: "word" });

/** How many words there are, in any script. */
export function countWords(text: string): number {
  let words = 0;
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) words += 1;
  return words;
}

/** At most so many words: to the end of a sentence where one ends in the second half of them. */
export function firstWords(text: string, most: number): Cut {
  const whole = text.trim();
  let words = 0;
  for (const { index, isWordLike } of segmenter.segment(whole)) {
    if (!isWordLike) continue;
    words += 1;
    if (words <= most) continue;
    const there = whole.slice(0, index).trimEnd();
    const sentence = /^[\s\S]*[.!?…。！？]["”’)\]]*(?=\s|$)/u.exec(there)?.[0];
    const long = sentence !== undefined && countWords(sentence) * 2 >= most;
    return { text: long ? sentence : `${there}\u00a0…`, cut: true };
  }
  return { text: whole, cut: false };
}

type Items = Content["items"];

/** What an excerpt says first: a line of the person's own words, or of what they picked. */
export function highlight(items: Items, most: number): Cut & { own: boolean } {
  const lines = items.flatMap(({ answer }) => answer.lines);
  const own = lines.find((line) => line.own);
  const line = own ?? lines[0];
  if (line === undefined) return { text: "", cut: false, own: false };
  const { text, cut } = firstWords(line.value, most);
  return { text, cut: cut || lines.length > 1, own: own !== undefined };
}
