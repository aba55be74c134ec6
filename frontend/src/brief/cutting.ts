/** The sentences of something handed over, each as the stretch that would go. */
import type { Content } from "../api/types.ts";
import { pointsBefore, sentences } from "../sharing/passage.ts";

export interface Sentence {
  /** Where it stands: the item, the line in it, and code points within the line. */
  item: number;
  line: number;
  start: number;
  end: number;
  /** Exactly what goes, with the space behind it. */
  quote: string;
}

export interface Text {
  question: string;
  label: string | null;
  sentences: Sentence[];
}

/** The person's own words in it; numbers and picked answers have no sentences. */
export function sentencesOf(items: Content["items"]): Text[] {
  return items.flatMap(({ question, answer }, item) =>
    answer.lines.flatMap(({ own, label, value }, line) =>
      own && value.trim() !== ""
        ? [
            {
              question,
              label,
              sentences: sentences(value).map(({ start, end }) => {
                const quote = value.slice(start, end);
                const from = pointsBefore(value, start);
                const to = from + pointsBefore(quote, quote.length);
                return { item, line, start: from, end: to, quote };
              }),
            },
          ]
        : [],
    ),
  );
}
