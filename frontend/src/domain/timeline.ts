/**
 * Entries by the day on which they were lived, with the dosing sessions among them. Everything here
 * is worked out from times; nothing of it is stored.
 */
import type { DosingSession } from "../api/types.ts";
import { clock, dayOf } from "./when.ts";

/** As much of an entry as is needed here. */
export interface Lived {
  id: string;
  occurred_at: string;
  zone: string;
  created_at: string;
}

export type Row<E> =
  { kind: "entry"; at: number; entry: E } | { kind: "session"; at: number; session: DosingSession };

export interface Day<E> {
  /** `2026-11-24`. */
  date: string;
  /** The latest first. */
  rows: Row<E>[];
}

const HOUR = 3_600_000;
/** What is lived within this time of a dose belongs to it. */
export const NEAR = 72 * HOUR;
/** Written down so long after it happened, it is remembered. */
export const LATER = 6 * HOUR;

const ms = (at: string): number => Date.parse(at);

/** The day in the zone where it was lived. */
export const dayLived = ({ occurred_at, zone }: Lived): string => dayOf(occurred_at, zone);

/** The days that have something in them, the latest first. `zone`: where the sessions are. */
export function byDay<E extends Lived>(
  entries: readonly E[],
  sessions: readonly DosingSession[],
  zone: string,
): Day<E>[] {
  const days = new Map<string, Row<E>[]>();
  const put = (date: string, row: Row<E>): void => {
    const there = days.get(date);
    if (there) there.push(row);
    else days.set(date, [row]);
  };
  for (const entry of entries) {
    put(dayLived(entry), { kind: "entry", at: ms(entry.occurred_at), entry });
  }
  for (const session of sessions) {
    put(dayOf(session.started_at, zone), { kind: "session", at: ms(session.started_at), session });
  }
  return [...days]
    .map(([date, rows]) => ({ date, rows: rows.sort((a, b) => b.at - a.at) }))
    .sort((a, b) => (a.date < b.date ? 1 : -1));
}

/** The dosing session whose 72 hours this is: the last one before it. Derived, never stored. */
export function sessionNear(
  occurred_at: string,
  sessions: readonly DosingSession[],
): DosingSession | null {
  const at = ms(occurred_at);
  let found: DosingSession | null = null;
  for (const session of sessions) {
    const since = at - ms(session.started_at);
    if (since < 0 || since > NEAR) continue;
    if (!found || ms(session.started_at) > ms(found.started_at)) found = session;
  }
  return found;
}

const V7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7/i;

/**
 * When it was written down. The id says it: it is made with the first word, on the device, and
 * nobody changes it. The server's `created_at` is when it got there, which may be a month later.
 */
export function writtenAt({ id, created_at }: Lived): number {
  const [, high, low] = V7.exec(id) ?? [];
  return high && low ? parseInt(high + low, 16) : ms(created_at);
}

/** Whether it was written down long after it happened. */
export function rememberedLater(entry: Lived): boolean {
  return writtenAt(entry) - ms(entry.occurred_at) > LATER;
}

/** "Lisbon", where the clock there shows another time than here; null where they agree. */
export function elsewhere(at: string, zone: string, here: string): string | null {
  const same = dayOf(at, zone) === dayOf(at, here) && clock(at, zone) === clock(at, here);
  return same ? null : (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

// ---------------------------------------------------------------- around one session

export interface Around<E> {
  before: E[];
  first: E[];
  next: E[];
}

const WEEK = 7 * 24 * HOUR;

/** When the time of this session begins and ends, in ms: a week each way, up to its neighbours. */
export function reach(
  session: DosingSession,
  sessions: readonly DosingSession[],
): { from: number; to: number } {
  const started = ms(session.started_at);
  const others = sessions.filter(({ id }) => id !== session.id);
  const ended = others
    .filter((other) => ms(other.started_at) < started)
    .map((other) => Math.min(ms(other.started_at) + NEAR, started));
  const coming = others.map((other) => ms(other.started_at)).filter((at) => at > started);
  return {
    from: Math.max(started - WEEK, ...ended),
    to: Math.min(started + WEEK, ...coming),
  };
}

/** What was lived before, in the first hours and in the days after; in the order it was lived. */
export function around<E extends Lived>(
  session: DosingSession,
  sessions: readonly DosingSession[],
  entries: readonly E[],
): Around<E> {
  const { from, to } = reach(session, sessions);
  const started = ms(session.started_at);
  const clear = Math.min(ms(session.clear_at), to);
  const found: Around<E> = { before: [], first: [], next: [] };
  for (const entry of [...entries].sort((a, b) => ms(a.occurred_at) - ms(b.occurred_at))) {
    const at = ms(entry.occurred_at);
    if (at < from || at >= to) continue;
    if (at < started) found.before.push(entry);
    else if (at < clear) found.first.push(entry);
    else found.next.push(entry);
  }
  return found;
}
