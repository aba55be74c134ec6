/** Which entries may be shown again to somebody who asks for something from before. */
import type { Guide } from "../api/types.ts";
import type { LocalEntry } from "../data/entries.ts";
import { firstWords } from "../domain/answers.ts";
import { notesThatHold } from "../domain/notes.ts";

const WEEK = 7 * 86_400_000;
/** Written to be read again. Pages about one's care, plans, measures and logs are not. */
const KINDS = new Set<Guide["kind"]>(["writing", "reflection", "extra"]);
/** Under this name the content says that something was hard. */
const HARD = "hard_part";

/** Whether the person said themselves that a part of it was hard. */
export function isHard(guide: Guide, entry: Pick<LocalEntry, "answers" | "occurred_at">): boolean {
  const at = Date.parse(entry.occurred_at);
  return guide.items.some((item) =>
    notesThatHold(item, entry.answers[item.id], [], at).some(({ note }) => note === HARD),
  );
}

export function fromBefore(
  entries: readonly LocalEntry[],
  guideOf: (entry: LocalEntry) => Guide | undefined,
  now: number,
): LocalEntry[] {
  return entries.filter((entry) => {
    const guide = guideOf(entry);
    if (!guide || !KINDS.has(guide.kind) || now - Date.parse(entry.occurred_at) < WEEK) {
      return false;
    }
    return firstWords(guide, entry.answers) !== "" && !isHard(guide, entry);
  });
}
