/**
 * Words made alike for finding: without case, without accents, without what stands between them.
 * "Crème brûlée" and "creme brulee" are the same, and so are "don’t" and "dont".
 */

/** Letters that no decomposition takes apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};
const PLAIN = /^[\u0000-\u007f]*$/; // eslint-disable-line no-control-regex
const RARE = /[ßæœøłđðþı]/g;
/** Accents, and the vowel points of Hebrew and Arabic, which are often left out. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g;
const APOSTROPHES = /['’ʼ]/g;
/** Marks belong to their word where a script builds its syllables with them. */
const BETWEEN = /[^\p{L}\p{N}\p{M}]+/gu;

/** Words in lower case with one space between them. */
export function fold(text: string): string {
  if (PLAIN.test(text)) {
    return text
      .toLowerCase()
      .replace(/'/g, "")
      .replace(/[^a-z0-9]+/g, " ");
  }
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(ACCENTS, "")
    .replace(APOSTROPHES, "")
    .replace(RARE, (letter) => LETTERS[letter] ?? letter)
    .replace(BETWEEN, " ");
}

/** Scripts that write no spaces: a word of theirs is found anywhere. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;

/**
 * What to look for, of what was typed: each word with a space before it, which stands for the
 * beginning of a word, or without one where the script has no spaces.
 */
export function needles(typed: string): string[] {
  const words = fold(typed).split(" ").filter(Boolean);
  return [...new Set(words)].map((word) => (UNSPACED.test(word) ? word : ` ${word}`));
}

/** Text in which `needles` can be looked for. */
export const hay = (text: string): string => ` ${fold(text)}`;

export interface Piece {
  text: string;
  found: boolean;
}

/** The folded text, and for each of its letters where it came from. */
function traced(text: string): { folded: string; from: number[] } {
  let folded = " ";
  const from = [0];
  let at = 0;
  for (const letter of text) {
    for (const made of fold(letter)) {
      if (made === " " && folded.endsWith(" ")) continue;
      folded += made;
      for (let unit = 0; unit < made.length; unit += 1) from.push(at);
    }
    at += letter.length;
  }
  from.push(text.length);
  return { folded, from };
}

/** The text in pieces: what was looked for, and what stands around it. */
export function pieces(text: string, wanted: readonly string[]): Piece[] {
  const { folded, from } = traced(text);
  const spans: [number, number][] = [];
  for (const needle of wanted) {
    const lead = needle.startsWith(" ") ? 1 : 0;
    for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + 1)) {
      const end = at + needle.length;
      spans.push([from[at + lead] ?? 0, endOf(text, from[end - 1] ?? 0, from[end])]);
    }
  }
  spans.sort(([a], [b]) => a - b);
  const found: Piece[] = [];
  let done = 0;
  for (const [start, end] of spans) {
    if (end <= done) continue;
    if (start > done) found.push({ text: text.slice(done, start), found: false });
    found.push({ text: text.slice(Math.max(start, done), end), found: true });
    done = end;
  }
  if (done < text.length) found.push({ text: text.slice(done), found: false });
  return found;
}

/** To the end of the letter at `last`, with the marks on it. */
function endOf(text: string, last: number, next: number | undefined): number {
  const one = String.fromCodePoint(text.codePointAt(last) ?? 32).length;
  let end = last + one;
  while (end < (next ?? text.length) && /^\p{M}/u.test(text.slice(end))) end += 1;
  return end;
}

const WIDE = 170;
const BEFORE = 60;

/** So much of a long line as shows what was found in it. */
export function excerpt(line: string, wanted: readonly string[]): string {
  const text = line.trim().replace(/\s+/g, " ");
  if (text.length <= WIDE) return text;
  const { folded, from } = traced(text);
  const places = wanted.map((needle) => folded.indexOf(needle)).filter((at) => at >= 0);
  const hit = places.length ? (from[Math.min(...places) + 1] ?? 0) : 0;
  let start = Math.max(0, Math.min(hit - BEFORE, text.length - WIDE));
  // From the beginning of a word where one is near; never inside a letter.
  const space = text.indexOf(" ", start);
  if (start > 0 && space >= 0 && space < hit) start = space + 1;
  if (isHalf(text, start)) start += 1;
  let end = Math.min(text.length, start + WIDE);
  const gap = text.lastIndexOf(" ", end);
  if (end < text.length && gap > hit + BEFORE) end = gap;
  if (isHalf(text, end)) end += 1;
  return `${start > 0 ? "…" : ""}${text.slice(start, end).trim()}${end < text.length ? "…" : ""}`;
}

const isHalf = (text: string, at: number): boolean =>
  at > 0 && at < text.length && /[\udc00-\udfff]/.test(text.charAt(at));
