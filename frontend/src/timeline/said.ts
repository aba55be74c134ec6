/** What stands under an entry in a list. */
import type { DosingSession, Guide } from "../api/types.ts";
import type { LocalEntry } from "../data/entries.ts";
import { elsewhere, rememberedLater, sessionNear } from "../domain/timeline.ts";
import { hereZone } from "../domain/when.ts";
import { clock, shortDay } from "../page/when.ts";
import { later } from "../text/later.ts";
import { timeline } from "../text/timeline.ts";

/** "23:50 (Lisbon)": as it was lived; the place where clocks here say something else. */
export function timeLived({ occurred_at, zone }: LocalEntry): string {
  return timeline.at(clock(occurred_at, zone), elsewhere(occurred_at, zone, hereZone()));
}

export function dotOf(entry: LocalEntry): "phone" | "saved" | "waiting" {
  if (entry.conflicts.length || entry.state === "set-aside") return "waiting";
  return entry.state === "saved" ? "saved" : "phone";
}

/** "21:40 · After session 3 · Saved". */
export function lineOf(
  entry: LocalEntry,
  guide: Guide | undefined,
  sessions: readonly DosingSession[],
  dated = false,
): string {
  const near = sessionNear(entry.occurred_at, sessions);
  const open = !entry.finished && guide !== undefined && guide.kind !== "writing";
  return [
    dated ? `${shortDay(entry.occurred_at, entry.zone)}, ${timeLived(entry)}` : timeLived(entry),
    ...(near ? [timeline.near(near.number)] : []),
    ...(rememberedLater(entry) ? [timeline.later] : []),
    ...(open ? [later.journal.unfinished] : []),
    later.journal.state[entry.conflicts.length ? "two" : entry.state],
  ].join(" · ");
}
