/**
 * The guides behind a list of entries. Most are in the library; a question a therapist wrote, or a
 * guide that is no longer offered, is looked up once, so that no answer loses its question.
 */
import { guideOf } from "../data/edition.ts";
import type { Guide } from "../api/types.ts";
import type { LocalEntry } from "../data/entries.ts";
import { frame } from "./frame.svelte.ts";

type Of = Pick<LocalEntry, "guide" | "edition">;

const name = (entry: Of): string => `${entry.guide}/${String(entry.edition)}`;
const offered = (entry: Of): Guide | undefined =>
  frame.library?.guides.find((guide) => guide.id === entry.guide);

export function guidesOf(entries: () => readonly LocalEntry[]): (entry: Of) => Guide | undefined {
  let others: Readonly<Record<string, Guide>> = $state.raw({});
  const asked: string[] = [];

  $effect(() => {
    if (frame.library === null) return;
    for (const entry of entries()) {
      const id = name(entry);
      if (offered(entry) || asked.includes(id)) continue;
      asked.push(id);
      guideOf(entry.guide, entry.edition).then(
        (guide) => (others = { ...others, [id]: guide }),
        () => asked.splice(asked.indexOf(id), 1),
      );
    }
  });

  return (entry) => offered(entry) ?? others[name(entry)];
}
