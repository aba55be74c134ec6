/**
 * Whether certain words stand in a text: a plain list and nothing else. No model, no score, no
 * learning; the same text always gives the same answer.
 */
import type { Answers, Guide } from "../api/types.ts";

export interface PhraseList {
  version: number;
  /** Phrases of intent: looked for in every guide. */
  intent_only: readonly string[];
  /** Looked for as well, but not on the day of a session and just after: such images are common. */
  any: readonly string[];
}

/** Stages in which dying and leaving the body are common images. */
const IMAGES: readonly (string | null)[] = ["day", "refl"];

/** Short forms and slips that mean the same, in the order in which they are undone. */
const SAME: readonly [RegExp, string][] = [
  [/\bim\b/g, "i am"],
  [/\bive\b/g, "i have"],
  [/\bid (?=rather|be better)/g, "i would "],
  [/\bill (?=kill|end|take)/g, "i will "],
  [/\b(?:ima|imma)\b/g, "i am going to"],
  [/\bgonna\b/g, "going to"],
  [/\bwanna\b/g, "want to"],
  [/\b(?:cannot|cant)\b/g, "can not"],
  [/\bwont\b/g, "will not"],
  [/\b(do|does|did|is|are|was|were|has|have|had|would|could)nt\b/g, "$1 not"],
  [/\btonite\b/g, "tonight"],
  [/\bmy self\b/g, "myself"],
  [/\bany more\b/g, "anymore"],
  [/\bselfharm\b/g, "self harm"],
  // Words that say how much, not what.
  [/\b(?:just|really|so|honestly|actually|truly|literally|seriously|still)\b/g, " "],
  [/ +/g, " "],
  // A note to oneself often leaves the "I" out at the start of a sentence.
  [/(^|\| )(?=(?:want|plan|feel like|do not want|wish i|might|will|would rather) )/g, "$1i "],
  [/(^|\| )(?=(?:going|about|planning|ready) to |thinking (?:of|about) )/g, "$1i am "],
];

/** What follows makes it a figure of speech, or about something else. */
const AFTER = new RegExp(
  "^ (?:laughing|than|with (?:him|her|them|my|the|this)|back|in a new|my hair" +
    "|of (?:laughter|shame|embarrassment|boredom|happiness|old age)|old)\\b",
);

/** What comes before takes it back, or gives it to somebody else. */
const BEFORE = new RegExp(
  "\\b(?:(?:not|never|stopped|no longer) (?:say|saying|said|mean|think|thinking|feel|believe)" +
    "|(?:said|says|saying|told me|wrote|sang|sings|song|line|lyric) (?:goes|is|was)?" +
    "|used to (?:say|think|feel))(?: that| like)? ?$",
);

/** Small letters, no apostrophes, a bar between sentences, one space between words. */
export function normal(text: string): string {
  let said = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’‘`´ʼ]/g, "")
    .replace(/(?:[.!?;:\n\r"“”„«»()[\]…|—–]|\s-\s)+/g, " | ")
    .replace(/[^\p{L}\p{N}|]+/gu, " ")
    .trim();
  for (const [short, long] of SAME) said = said.replace(short, long);
  return said.trim();
}

/** Whether one of the phrases stands in the text, as whole words and in one sentence. */
export function contains(text: string, phrases: readonly string[]): boolean {
  const said = ` ${normal(text)} `;
  return phrases.some((phrase) => stands(said, ` ${normal(phrase)} `));
}

function stands(said: string, phrase: string): boolean {
  if (phrase.trim() === "") return false;
  for (let at = said.indexOf(phrase); at >= 0; at = said.indexOf(phrase, at + 1)) {
    const before = said.slice(0, at + 1);
    const after = said.slice(at + phrase.length - 1);
    if (!AFTER.test(after) && !BEFORE.test(before)) return true;
  }
  return false;
}

/** The phrases that count in this guide, in these days of the person's course. */
export function phrasesFor(
  guide: Pick<Guide, "stage">,
  list: PhraseList,
  stage: string | null = null,
): readonly string[] {
  const images = IMAGES.includes(guide.stage) || IMAGES.includes(stage);
  return images ? list.intent_only : [...list.intent_only, ...list.any];
}

/** The texts the person typed; nothing picked, drawn, spoken, listed or named. */
export function typedIn(guide: Guide, answers: Answers): string[] {
  return guide.items.flatMap((item) =>
    item.parts.flatMap((part) => {
      const value = answers[item.id]?.[part.name];
      return part.kind === "text" && typeof value === "string" ? [value] : [];
    }),
  );
}

/** Whether the Help card is offered after this entry. */
export function matches(
  guide: Guide,
  answers: Answers,
  list: PhraseList,
  stage: string | null = null,
): boolean {
  const phrases = phrasesFor(guide, list, stage);
  return typedIn(guide, answers).some((text) => contains(text, phrases));
}
