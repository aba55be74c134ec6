/** Where the dots of a small plot lie. Geometry alone: nothing is smoothed, filled in or judged. */
import type { Page, ScaleSeries } from "../api/types.ts";
import { across, roomFor, type Span, up } from "../domain/trends.ts";

export const WIDTH = 272;
export const HEIGHT = 56;
/** Room for half a dot at every side. */
export const EDGE = 6;
/** The ends of every scale. */
const ENDS = { least: 0, most: 10 };
/** The part of the width that "session 3" takes. */
const WORD = 0.26;
/** So near the right edge a name stands to the left of its line. */
const LATE = 0.8;

export interface Dot {
  x: number;
  y: number;
  excerpt: string;
}

export interface Mark {
  x: number;
  number: number;
  side: "start" | "end";
}

export interface Picture {
  dots: Dot[];
  marks: Mark[];
  /** There is room for the word beside the number. */
  words: boolean;
}

/** A dose so shortly before the first number is on the picture too. */
const JUST_BEFORE = 3 * 86_400_000;

/** One span for all plots of a page: from the first number or the last dose, whichever was first. */
export function spanOf({ at, scales, dosings }: Pick<Page, "at" | "scales" | "dosings">): Span {
  const to = Date.parse(at);
  const points = scales.flatMap((scale) => scale.points.map((point) => Date.parse(point.at)));
  const doses = dosings.map(({ started_at }) => Date.parse(started_at)).filter((dose) => dose < to);
  const first = Math.min(to, ...points);
  const near = doses.filter((dose) => dose < first && first - dose <= JUST_BEFORE);
  const from = Math.min(first, ...near, ...doses.slice(-1));
  return from < to ? { from, to } : { from: to - 1, to };
}

/** The dots of one scale, and the dosing sessions of that time. */
export function picture(
  scale: Pick<ScaleSeries, "points">,
  dosings: Page["dosings"],
  span: Span,
): Picture {
  const x = (at: number) => EDGE + across(at, span) * (WIDTH - 2 * EDGE);
  const y = (value: number) => HEIGHT - EDGE - up(value, ENDS) * (HEIGHT - 2 * EDGE);
  const inside = dosings
    .map(({ number, started_at }) => ({ number, at: Date.parse(started_at) }))
    .filter(({ at }) => span.from <= at && at <= span.to);
  const places = inside.map(({ at }) => across(at, span));
  return {
    dots: scale.points.map((point) => ({
      x: x(Date.parse(point.at)),
      y: y(point.value),
      excerpt: point.excerpt,
    })),
    marks: inside.map(({ number, at }) => ({
      number,
      x: x(at),
      side: across(at, span) > LATE ? "end" : "start",
    })),
    words: roomFor(places, WORD),
  };
}
