/**
 * Drawings are strokes, not pixels: a few hundred numbers that show sharp at any size. Pure: a
 * stroke is made simpler as it is finished, and further where a whole drawing would be too large.
 */
import type { Drawing, Stroke } from "../api/types.ts";
import { LONGEST_CAPTION } from "./media.ts";

export const MOST_STROKES = 2_000;
export const MOST_NUMBERS = 60_000;
export const COLORS = [0, 1, 2, 3, 4] as const;
export const SIZES = [1, 2, 3] as const;
/** How thick a line of each size is, in the units of the drawing. */
export const THICK = { 1: 5, 2: 11, 3: 24 } as const;
/** Warm, and told apart on the dark sheet they are drawn and shown on. */
export const INKS = ["#e6d6ba", "#d3a35f", "#d4805a", "#96a86c", "#b497c4"] as const;
export const GROUND = "#12100c";
/** How far a point may be from the line that replaces it, at first. */
const TOLERANCE = 1;

type Points = readonly number[];

/** The same line with fewer points (Ramer, Douglas and Peucker), none of them off by more. */
export function simpler(points: Points, tolerance = TOLERANCE): number[] {
  const count = points.length / 2;
  if (count < 3) return [...points];
  const keep = new Uint8Array(count);
  keep[0] = keep[count - 1] = 1;
  const spans: [number, number][] = [[0, count - 1]];
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span;
    const [far, at] = farthest(points, from, to);
    if (far <= tolerance) continue;
    keep[at] = 1;
    spans.push([from, at], [at, to]);
  }
  const kept: number[] = [];
  for (let i = 0; i < count; i++) if (keep[i]) kept.push(x(points, i), y(points, i));
  return kept;
}

const x = (points: Points, i: number): number => points[2 * i] ?? 0;
const y = (points: Points, i: number): number => points[2 * i + 1] ?? 0;

/** The point between two that lies farthest from the straight line through them. */
function farthest(points: Points, from: number, to: number): [distance: number, at: number] {
  const [ax, ay] = [x(points, from), y(points, from)];
  const [dx, dy] = [x(points, to) - ax, y(points, to) - ay];
  const long = dx * dx + dy * dy;
  let far = 0;
  let at = from;
  for (let i = from + 1; i < to; i++) {
    const [px, py] = [x(points, i) - ax, y(points, i) - ay];
    const along = long ? Math.max(0, Math.min(1, (px * dx + py * dy) / long)) : 0;
    const distance = Math.hypot(px - along * dx, py - along * dy);
    if (distance > far) [far, at] = [distance, i];
  }
  return [far, at];
}

/** A stroke from what a finger did: whole numbers inside the sheet, and no more than it takes. */
export function stroke(
  points: Points,
  { color, size, width, height }: Pick<Stroke, "color" | "size"> & Sheet,
): Stroke {
  const inside = points.map((value, i) =>
    Math.round(Math.max(0, Math.min(i % 2 ? height : width, value))),
  );
  const line = simpler(inside);
  // A dot is a line to itself.
  return { color, size, points: line.length === 2 ? [...line, ...line] : line };
}

export interface Sheet {
  width: number;
  height: number;
}

const numbers = (strokes: readonly Stroke[]): number =>
  strokes.reduce((sum, each) => sum + each.points.length, 0);

/** The strokes within the limits: coarser where there are too many points, then without the last. */
export function within(strokes: readonly Stroke[]): Stroke[] {
  let kept = strokes.slice(0, MOST_STROKES);
  for (let tolerance = 2; numbers(kept) > MOST_NUMBERS && tolerance < 64; tolerance *= 2) {
    kept = kept.map((each) => ({ ...each, points: simpler(each.points, tolerance) }));
  }
  while (numbers(kept) > MOST_NUMBERS) kept = kept.slice(0, -1);
  return kept;
}

/** The stroke as the path of an SVG. */
export function path({ points }: Stroke): string {
  const steps: string[] = [];
  for (let i = 0; i < points.length; i += 2) {
    steps.push(`${i ? "L" : "M"}${points[i] ?? 0} ${points[i + 1] ?? 0}`);
  }
  return steps.join("");
}

const captions = (...all: (string | undefined)[]): string => all.filter((each) => each).join("; ");

/** Whether `together` keeps every stroke and every word of both. */
export function fitTogether(before: Drawing, after: Drawing): boolean {
  return (
    before.strokes.length + after.strokes.length <= MOST_STROKES &&
    numbers(before.strokes) + numbers(after.strokes) <= MOST_NUMBERS &&
    Array.from(captions(before.caption, after.caption)).length <= LONGEST_CAPTION
  );
}

/** One drawing after another on the same sheet: what was drawn before stays below. */
export function together(before: Drawing | undefined, after: Drawing): Drawing {
  if (!before) return after;
  const scale = Math.min(before.width / after.width, before.height / after.height);
  const moved = after.strokes.map((each) => ({
    ...each,
    points: each.points.map((value) => Math.round(value * scale)),
  }));
  const caption = captions(before.caption, after.caption);
  return {
    width: before.width,
    height: before.height,
    strokes: within([...before.strokes, ...moved]),
    ...(caption ? { caption: Array.from(caption).slice(0, LONGEST_CAPTION).join("") } : {}),
  };
}
