/**
 * Whether certain words stand in a text: a plain list and nothing else. No model, no score, no
 * learning; the same text always gives the same answer.
 */
import type { Answers, Guide } from "../api/types.ts";

export interface PhraseList {
  version: number;
  /** Phrases of intent: looked for in every guide. */
  intent_only: readonly string[];
  /** Looked for as well, but not where images of dying are common: the day and the days after. */
  any: readonly string[];
}

/** Stages in which dying and leaving the body are common images. */
const IMAGES: readonly (string | null)[] = ["day", "refl"];

/** Short forms and slips that mean the same. Longer ones stand before those they contain. */
const SAME: readonly [RegExp, string][] = [
  [/\bim\b/g, "i am"],
  [/\bive\b/g, "i have"],
  [/\b(?:ima|imma)\b/g, "i am going to"],
  [/\bgonna\b/g, "going to"],
  [/\bwanna\b/g, "want to"],
  [/\bgotta\b/g, "have to"],
  [/\bcannot\b/g, "can not"],
  [/\bcant\b/g, "can not"],
  [/\bwont\b/g, "will not"],
  [/\b(do|does|did|is|are|was|would|should|could|have)nt\b/g, "$1 not"],
  [/\b(?:tonite|2nite)\b/g, "tonight"],
  [/\bmy self\b/g, "myself"],
  [/\bany more\b/g, "anymore"],
];

/** Words that say how much, not what: they may stand anywhere in a phrase. */
const FILLERS = /\b(?:really|so|honestly|actually|truly|literally|seriously|still)\b/g;

/** What follows turns the phrase into a figure of speech: "I want to die laughing". */
const AFTER = /^ (?:laughing|of (?:laughter|shame|embarrassment|boredom|happiness|old age)|old\b)/;
/** What comes before takes it back: "I do not think", "she said", "if". */
const BEFORE =
  /(?:\b(?:not|never|no longer|nor) (?:say(?:ing)?|said|mean|think|feel|believe|that|like)(?: that| like)?|\b(?:he|she|they|who|friend|brother|sister|mother|father|mom|mum|dad|son|daughter|patient|client|character|song|film|movie|book|line|lyric|lyrics)(?: once)? (?:said|says|told me|wrote|sang|sings|goes|went)(?: that)?|\bused to (?:say|think|feel)(?: that)?|\bback then) $/;

/** Small letters, no accents on apostrophes, one mark between sentences, one space between words. */
export function normal(text: string): string {
  let said = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’‘`´ʼ]/g, "")
    .replace(/(?:[.!?;:\n\r"“”„«»()[\]…|]|\s[-–—]+\s|—)+/g, " | ")
    .replace(/[^\p{L}\p{N}|]+/gu, " ");
  for (const [short, long] of SAME) said = said.replace(short, long);
  return said.replace(FILLERS, " ").replace(/ +/g, " ").trim();
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

/** The phrases that count in this guide. */
export function phrasesFor(guide: Pick<Guide, "stage">, list: PhraseList): readonly string[] {
  return IMAGES.includes(guide.stage) ? list.intent_only : [...list.intent_only, ...list.any];
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
export function matches(guide: Guide, answers: Answers, list: PhraseList): boolean {
  const phrases = phrasesFor(guide, list);
  return typedIn(guide, answers).some((text) => contains(text, phrases));
}
