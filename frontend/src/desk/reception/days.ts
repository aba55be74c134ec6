/** Days and times of the clinic's wall, as its calendar shows them. */
import { clock, dayOf, longDay } from "../../domain/when.ts";
import type { Dose, Schedule, Visit } from "./server.ts";

export type Item = { at: string } & (
  { dose: Dose; visit?: never } | { visit: Visit; dose?: never }
);

export interface Day {
  readonly iso: string;
  readonly name: string;
  readonly items: readonly Item[];
}

/** What stands in the calendar, by day. */
export function days(found: Schedule): Day[] {
  const items: Item[] = [
    ...found.dosing_sessions.map((dose) => ({ at: dose.started_at, dose })),
    ...found.appointments.map((visit) => ({ at: visit.starts_at, visit })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const byDay = new Map<string, Item[]>();
  for (const item of items) {
    const iso = dayOf(item.at, found.zone);
    byDay.set(iso, [...(byDay.get(iso) ?? []), item]);
  }
  return [...byDay].map(([iso, some]) => ({
    iso,
    name: longDay(some[0]?.at ?? iso, found.zone, new Date()),
    items: some,
  }));
}

/** "13:00", as a time field wants it. */
export function timeOf(at: string, zone: string): string {
  return clock(at, zone).padStart(5, "0");
}

/** A day so many days from another, as "2026-03-10". */
export function daysFrom(iso: string, count: number): string {
  const day = new Date(`${iso}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + count);
  return day.toISOString().slice(0, 10);
}

/** An end at or before the start is on the day after it. */
export function endOf(date: string, starts: string, ends: string): string | null {
  if (!ends) return null;
  return `${ends > starts ? date : daysFrom(date, 1)}T${ends}`;
}
