/**
 * A passage is a stretch of one answer. The server counts its offsets in Unicode code points;
 * a JavaScript string counts UTF-16 units, where an emoji is two. Everything inside the app uses
 * units (what the DOM speaks) and is turned into code points once, when it is sent.
 */

/** A stretch of text in UTF-16 units, end excluded. */
export interface Stretch {
  start: number;
  end: number;
}

/** The same stretch as the server wants it: code points, and the words themselves. */
export interface Passage extends Stretch {
  quote: string;
}

/** How many code points lie before `unit`. A lone half of a pair counts as one, as in Python. */
export function pointsBefore(text: string, unit: number): number {
  let pairs = 0;
  for (let at = 1; at < unit; at += 1) if (isPair(text, at - 1)) pairs += 1;
  return unit - pairs;
}

/** The stretch in code points with its quote, or null when it holds no words. */
export function passage(text: string, stretch: Stretch): Passage | null {
  const exact = tidy(text, stretch);
  if (exact === null) return null;
  const start = pointsBefore(text, exact.start);
  const quote = text.slice(exact.start, exact.end);
  return { start, end: start + pointsBefore(quote, quote.length), quote };
}

/** The stretch without space at its edges, and without half a character at either end. */
export function tidy(text: string, stretch: Stretch): Stretch | null {
  let start = Math.max(0, Math.min(stretch.start, stretch.end));
  let end = Math.min(text.length, Math.max(stretch.start, stretch.end));
  start = wholeCharacter(text, start).start;
  if (end > start) end = wholeCharacter(text, end - 1).end;
  while (start < end && isSpace(text[start])) start += 1;
  while (end > start && isSpace(text[end - 1])) end -= 1;
  return start < end ? { start, end } : null;
}

/** The sentences of a text. Together they cover every unit of it, white space included. */
export function sentences(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (const part of segmenter("sentence").segment(text)) {
    const last = found.at(-1);
    const stretch = { start: part.index, end: part.index + part.segment.length };
    // Blank lines come as sentences of their own: there is nothing in them to choose.
    if (last && part.segment.trim() === "") last.end = stretch.end;
    else found.push(stretch);
  }
  return found;
}

/** What is marked after the sentence at `index` was chosen: always one unbroken stretch. */
export function choose(all: Stretch[], marked: Stretch | null, index: number): Stretch | null {
  const chosen = all[index];
  if (!chosen) return marked;
  if (marked === null) return { ...chosen };
  if (chosen.end <= marked.start) return { start: chosen.start, end: marked.end };
  if (chosen.start >= marked.end) return { start: marked.start, end: chosen.end };
  const first = all.findIndex((s) => s.end > marked.start);
  const last = all.findLastIndex((s) => s.start < marked.end);
  if (first === last) return null;
  if (index === first) return { start: chosen.end, end: marked.end };
  if (index === last) return { start: marked.start, end: chosen.start };
  return { ...chosen };
}

/** Move one edge of the stretch to the next word, outwards or inwards; it never becomes empty. */
export function nudge(
  text: string,
  marked: Stretch,
  edge: "start" | "end",
  by: "earlier" | "later",
): Stretch {
  const words = [...segmenter("word").segment(text)].filter((part) => part.isWordLike);
  // An edge sits where a word begins, or behind a word with the marks that close it.
  const edges = words.map((word, i) =>
    edge === "start"
      ? openingOf(text, word.index, i === 0 ? 0 : endOf(words[i - 1]))
      : closingOf(text, endOf(word), words[i + 1]?.index ?? text.length),
  );
  const at = marked[edge];
  const next = by === "earlier" ? edges.findLast((e) => e < at) : edges.find((e) => e > at);
  const moved = { ...marked, [edge]: next ?? at };
  return tidy(text, moved) !== null && moved.start < moved.end ? moved : marked;
}

function endOf(part: Intl.SegmentData | undefined): number {
  return part ? part.index + part.segment.length : 0;
}

/** The start of a word with the quotation marks and brackets that open it. */
function openingOf(text: string, word: number, floor: number): number {
  let at = word;
  while (at > floor && !isSpace(text[at - 1])) at -= 1;
  return at;
}

/** The end of a word with the full stop or the marks that close it. */
function closingOf(text: string, word: number, ceiling: number): number {
  let at = word;
  while (at < ceiling && !isSpace(text[at])) at += 1;
  return at;
}

/** The whole visible character around a unit: never half an emoji, never a letter without accent. */
function wholeCharacter(text: string, unit: number): Stretch {
  if (unit >= text.length) return { start: text.length, end: text.length };
  // A window is enough, and keeps a long text from being walked for one character.
  const from = startOfPair(text, Math.max(0, unit - 64));
  const near = text.slice(from, unit + 64);
  const found = segmenter("grapheme")
    .segment(near)
    .containing(unit - from);
  if (!found) return { start: unit, end: unit };
  return { start: from + found.index, end: from + found.index + found.segment.length };
}

function startOfPair(text: string, unit: number): number {
  return unit > 0 && isPair(text, unit - 1) ? unit - 1 : unit;
}

/** Whether the unit and the next one are one code point. */
function isPair(text: string, unit: number): boolean {
  const [high, low] = [text.charCodeAt(unit), text.charCodeAt(unit + 1)];
  return high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && /\s/u.test(character);
}

function segmenter(granularity: "grapheme" | "word" | "sentence"): Intl.Segmenter {
  return new Intl.Segmenter(undefined, { granularity });
}
