/**
 * When a measure may be taken again. Its questions look back over days or weeks, so it is not
 * asked more often than that, and not in the hours after a dose.
 */
import type { DosingSession, Measure } from "../api/types.ts";
import { dayOf } from "./when.ts";

export type Timing = Pick<Measure, "days_between" | "hours_after_dose">;

/** One time a measure was begun. */
export interface Taken {
  readonly entry: string;
  readonly at: string;
  /** It has a total, or the person went through to its end. */
  readonly complete: boolean;
}

export interface Moment {
  readonly now: number;
  readonly zone: string;
  readonly sessions: readonly DosingSession[];
  /** The calm screen is on, whatever the sessions say. */
  readonly calm: boolean;
}

export type Due =
  | { readonly state: "open" }
  /** Left part of the way, not long ago: it goes on where it stopped. */
  | { readonly state: "started"; readonly entry: string; readonly at: string }
  /** `from` is when it opens; null where that is up to the person. */
  | {
      readonly state: "waits";
      readonly why: "taken" | "hours" | "calm";
      readonly from: number | null;
    };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Whether a measure can be begun now, and if not, from when. */
export function due(timing: Timing, taken: readonly Taken[], moment: Moment): Due {
  const last = latest(taken.filter((each) => each.complete));
  const again = last ? dayAfter(last.at, timing.days_between, moment.zone) : 0;
  const clear = clearOf(timing, moment);
  const from = Math.max(again, clear);
  if (from > moment.now) return { state: "waits", why: again > clear ? "taken" : "hours", from };
  if (moment.calm) return { state: "waits", why: "calm", from: null };
  const begun = latest(taken);
  const open = begun && !begun.complete && moment.now - Date.parse(begun.at) < DAY;
  return open ? { state: "started", entry: begun.entry, at: begun.at } : { state: "open" };
}

/** Whether answers to a measure begun at `at` still count with the others: one sitting, clear. */
export function inSitting(timing: Timing, at: string | number, moment: Moment): boolean {
  const begun = new Date(at).getTime();
  return moment.now - begun < DAY && clearOf(timing, moment) <= moment.now && !moment.calm;
}

/** Whether this time may be gone on with, or changed; `taken` may have it among the others. */
export function goesOn(
  timing: Timing,
  one: Taken,
  taken: readonly Taken[],
  moment: Moment,
): boolean {
  if (!inSitting(timing, one.at, moment)) return false;
  if (one.complete) return true;
  const found = due(timing, [...taken.filter(({ entry }) => entry !== one.entry), one], moment);
  return found.state === "started" && found.entry === one.entry;
}

/** The last time it was taken to its end, or null. */
export function lastTaken(taken: readonly Taken[]): Taken | null {
  return latest(taken.filter((each) => each.complete));
}

function latest(taken: readonly Taken[]): Taken | null {
  return taken.reduce<Taken | null>(
    (last, each) => (last && Date.parse(last.at) >= Date.parse(each.at) ? last : each),
    null,
  );
}

/** When the hours after the doses that have begun are over: the measure's own, and the clinic's. */
function clearOf(timing: Timing, { now, sessions }: Moment): number {
  const ends = sessions
    .filter((dose) => Date.parse(dose.started_at) <= now)
    .map((dose) => {
      const dosed = Date.parse(dose.ended_at ?? dose.started_at);
      return Math.max(dosed + timing.hours_after_dose * HOUR, Date.parse(dose.clear_at));
    });
  return Math.max(0, ...ends);
}

/** The first moment of the calendar day `days` after the one of `at`. */
function dayAfter(at: string, days: number, zone: string): number {
  const noon = Date.parse(`${dayOf(at, zone)}T12:00Z`) + days * DAY;
  const wanted = new Date(noon).toISOString().slice(0, 10);
  // Between any two zones there are less than 28 hours; the day begins somewhere in there.
  let before = noon - 28 * HOUR;
  let after = noon + 28 * HOUR;
  while (after - before > 1_000) {
    const middle = Math.floor((before + after) / 2_000) * 1_000;
    if (dayOf(middle, zone) >= wanted) after = middle;
    else before = middle;
  }
  return after;
}
