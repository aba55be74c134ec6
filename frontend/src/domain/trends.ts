/**
 * The numbers a person gave, over time: arithmetic only. Nothing is smoothed, filled in, compared
 * with anybody or called better or worse.
 */
import type { Answer, Answers, DosingSession, Guide } from "../api/types.ts";
import { stateOf } from "./answers.ts";

/** As much of an entry as is needed here. */
export interface Told {
  id: string;
  guide: string;
  occurred_at: string;
  zone: string;
  answers: Answers;
}

export interface Point {
  entry: string;
  at: number;
  zone: string;
  value: number;
}

export interface Series {
  id: string;
  /** A measure has its guide's title; the scales of the journal are named by the screen. */
  title: string | null;
  least: number;
  most: number;
  /** What the ends of a scale are called; measures have no words for theirs. */
  low: string | null;
  high: string | null;
  /** In the order in which they were lived. */
  points: Point[];
}

export interface Span {
  from: number;
  to: number;
}

/** The scales that are followed, and the questions that ask for them. */
export const SCALES: Readonly<Record<string, readonly string[]>> = {
  mood: ["check-01", "prac-01"],
  sleep: ["check-02", "refl-09"],
  pain: ["check-03", "prac-07"],
  self: ["week-09"],
};

/** A total for the answers of a measure, or null when something is missing. */
export type Total = (guide: Guide, answers: Answers) => number | null;

/** The last `days` days, today among them whole. */
export function lastDays(days: number, now: number): Span {
  const midnight = new Date(now);
  midnight.setHours(24, 0, 0, 0);
  const to = midnight.getTime();
  return { from: midnight.setDate(midnight.getDate() - days), to };
}

/** The scales of the journal, those without a number in this time left out. */
export function scales(told: readonly Told[], guides: readonly Guide[], span: Span): Series[] {
  return Object.entries(SCALES)
    .map(([id, items]) => {
      const ends = items.flatMap((item) => endsOf(guides, item) ?? [])[0];
      const points = told.flatMap((entry) =>
        items.flatMap((item) => {
          const value = numberIn(entry.answers[item]);
          return value === null ? [] : [pointOf(entry, value)];
        }),
      );
      const { low = null, high = null } = ends ?? {};
      return { id, title: null, least: 0, most: 10, low, high, points: within(points, span) };
    })
    .filter((series) => series.points.length > 0);
}

/** The measures that were answered whole, each by its own total. */
export function measures(
  told: readonly Told[],
  guides: readonly Guide[],
  span: Span,
  total: Total,
): Series[] {
  const once = [...new Map(guides.map((guide) => [guide.id, guide])).values()];
  return once
    .flatMap((guide) => {
      if (!guide.measure) return [];
      const points = told
        .filter((entry) => entry.guide === guide.id)
        .flatMap((entry) => {
          const value = total(guide, entry.answers);
          return value === null ? [] : [pointOf(entry, value)];
        });
      const most = guide.measure.most;
      const ends = { least: 0, most, low: null, high: null };
      return [{ id: guide.id, title: guide.title, ...ends, points: within(points, span) }];
    })
    .filter((series) => series.points.length > 0);
}

/** The dosing sessions of this time, in order. */
export function sessionsIn(sessions: readonly DosingSession[], span: Span): DosingSession[] {
  return sessions
    .filter((dose) => inside(Date.parse(dose.started_at), span))
    .toSorted((a, b) => Date.parse(a.started_at) - Date.parse(b.started_at));
}

/** Where a moment lies in the time shown: 0 at its beginning, 1 at its end. */
export function across(at: number, { from, to }: Span): number {
  return (at - from) / (to - from);
}

/** Where a value lies between the ends of its scale. */
export function up(value: number, { least, most }: Pick<Series, "least" | "most">): number {
  return (value - least) / (most - least);
}

/** Two dots say nothing about the way between them. */
export function isLine(series: Series): boolean {
  return series.points.length >= 3;
}

/** Whether marks so close together leave room for a word each. */
export function roomFor(places: readonly number[], room: number): boolean {
  const sorted = [...places].sort((a, b) => a - b);
  return sorted.every((place, at) => at === 0 || place - (sorted[at - 1] ?? 0) >= room);
}

function inside(at: number, { from, to }: Span): boolean {
  return from <= at && at < to;
}

function within(points: Point[], span: Span): Point[] {
  return points.filter((point) => inside(point.at, span)).sort((a, b) => a.at - b.at);
}

function pointOf({ id, occurred_at, zone }: Told, value: number): Point {
  return { entry: id, at: Date.parse(occurred_at), zone, value };
}

/** The number on the scale of an answer. */
function numberIn(answer: Answer | undefined): number | null {
  if (answer === undefined || stateOf(answer)) return null;
  const value = answer["scale"] ?? Object.values(answer).find((each) => typeof each === "number");
  return typeof value === "number" && value >= 0 && value <= 10 ? value : null;
}

function endsOf(guides: readonly Guide[], id: string): { low: string; high: string } | null {
  for (const guide of guides) {
    const part = guide.items.find((item) => item.id === id)?.parts.find((p) => p.kind === "scale");
    if (part?.kind === "scale") return { low: part.low, high: part.high };
  }
  return null;
}
