/** How long a page takes to read: arithmetic on its words, and nothing about them. */
import type { Page } from "../api/types.ts";

const WORDS_A_MINUTE = 220;

/** Whole minutes, one at least. */
export function readingMinutes(page: Pick<Page, "excerpts">): number {
  let words = 0;
  for (const { content } of page.excerpts) {
    for (const { question, answer } of content.items) {
      words += wordsIn(question);
      for (const line of answer.lines) words += wordsIn(line.value);
    }
  }
  return Math.max(1, Math.round(words / WORDS_A_MINUTE));
}

function wordsIn(text: string): number {
  return text.match(/\S+/gu)?.length ?? 0;
}
