/** Who can read this: the sentence that always stands with the words. */
import type { Handed } from "../api/types.ts";
import type { LocalEntry } from "../data/entries.ts";
import { soon } from "../page/when.ts";
import { first as en } from "../text/first.ts";

export function readers(
  entry: LocalEntry | null,
  handed: readonly Handed[] | null,
  now: Date = new Date(),
): string {
  // What never left this phone has no reader but its writer.
  if (entry === null || (entry.state !== "saved" && entry.saved_at === null)) return en.readers.you;
  if (handed === null) return en.readers.unknown;
  const mine = handed.filter((each) => each.entry_id === entry.id);
  const open = mine.filter((each) => each.state === "handed");
  if (open.length) return en.readers.some(names(open));
  // Paused, or waiting for a newer text: nothing of it goes anywhere until that is settled.
  if (mine.length && mine.every((each) => each.state === "closed"))
    return `${en.readers.you} ${en.readers.closed}`;
  const held = mine.find((each) => each.state === "held" && each.release_at !== null);
  if (held?.release_at)
    return `${en.readers.you} ${en.readers.held(held.therapist.name, soon(held.release_at, now))}`;
  if (mine.length) return `${en.readers.you} ${en.readers.waiting}`;
  return en.readers.you;
}

function names(handed: readonly Handed[]): string {
  return [...new Set(handed.map((each) => each.therapist.name))].join(en.readers.and);
}
