/** Who can read this: the sentence that always stands with the words. */
import type { Handed } from "../api/types.ts";
import type { LocalEntry } from "../data/entries.ts";
import { soon } from "../page/when.ts";
import { first as en } from "../text/first.ts";

export function readers(
  entry: LocalEntry | null,
  handed: readonly Handed[] | null | undefined,
  now: Date = new Date(),
): string {
  // What never left this phone has no reader but its writer.
  if (entry === null || (entry.state !== "saved" && entry.saved_at === null)) return en.readers.you;
  // A moment later it is known. Three lines that become one would move what is below from under a
  // thumb that is on its way.
  if (handed === undefined) return "";
  if (handed === null) return en.readers.unknown;
  const mine = handed.filter((each) => each.entry_id === entry.id);
  const told = (state: Handed["state"]) => names(mine.filter((each) => each.state === state));
  const [open, closing, leaving] = [told("handed"), told("closing"), told("leaving")];
  const can = [
    ...(open ? [en.readers.some(open)] : []),
    ...(closing ? [en.readers.closing(closing)] : []),
    ...(leaving ? [en.readers.leaving(leaving)] : []),
  ];
  if (can.length) return can.join(" ");
  const held = mine.find((each) => each.state === "held" && each.release_at !== null);
  // Paused, or waiting for a newer text: nothing of it goes anywhere until that is settled.
  if (mine.some((each) => each.state === "closed") || held?.shut)
    return `${en.readers.you} ${en.readers.closed}`;
  if (held?.release_at)
    return `${en.readers.you} ${en.readers.held(held.therapist.name, soon(held.release_at, now))}`;
  if (mine.length) return `${en.readers.you} ${en.readers.waiting}`;
  return en.readers.you;
}

function names(handed: readonly Handed[]): string {
  return [...new Set(handed.map((each) => each.therapist.name))].join(en.readers.and);
}
