/**
 * Adding up a measure: pure, and the same as the server's (journal/content/scoring.py); both read
 * tests/scoring/vectors.json. Where an answer is missing there is no total.
 */
import type { Answer, Answers, Guide, Item, Measure } from "../api/types.ts";

export interface Score {
  /** A whole number for a sum, one decimal for a mean; null unless all items are answered. */
  readonly total: number | null;
  readonly answered: number;
  readonly of: number;
  /** The sum of each cluster; null where one of its own items is missing. */
  readonly clusters: Readonly<Record<string, number | null>>;
}

/** What the scoring needs of a guide. */
export type Measured = Pick<Guide, "items" | "measure">;

/** Adds up one entry of a measure; null when the guide is none. */
export function score({ items, measure }: Measured, answers: Answers): Score | null {
  if (!measure) return null;
  const points = new Map<string, number | null>();
  for (const id of measure.items) {
    const item = items.find((each) => each.id === id);
    points.set(id, item ? pointsOf(item, answers[id] ?? {}) : null);
  }
  return {
    total: total(measure, sum(points, measure.items)),
    answered: [...points.values()].filter((each) => each !== null).length,
    of: points.size,
    clusters: Object.fromEntries(
      measure.clusters.map((cluster) => [cluster.id, sum(points, cluster.items)]),
    ),
  };
}

/** The total as a line to read, word for word as the server says it; null when there is none. */
export function saidTotal(measure: Measure, { total }: Score): string | null {
  if (total === null) return null;
  return `${measure.rule === "mean" ? total.toFixed(1) : String(total)} of ${String(measure.most)}`;
}

/** That line, or that there is no total. */
export function saidScore(measure: Measure, found: Score): string {
  const missing = found.of - found.answered;
  return (
    saidTotal(measure, found) ??
    `Not scored: ${String(missing)} of ${String(found.of)} not answered`
  );
}

function pointsOf(item: Item, answer: Answer): number | null {
  const part = item.parts[0];
  const value: unknown = part ? answer[part.name] : undefined;
  if ("state" in answer || part === undefined) return null;
  if (part.kind === "scale") {
    const fits = typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 10;
    return fits ? value : null;
  }
  if (part.kind !== "choice") return null;
  return part.options.find((option) => option.id === value)?.score ?? null;
}

function sum(points: ReadonlyMap<string, number | null>, items: readonly string[]): number | null {
  let sum = 0;
  for (const id of items) {
    const each = points.get(id) ?? null;
    if (each === null) return null;
    sum += each;
  }
  return sum;
}

function total({ rule, items }: Measure, sum: number | null): number | null {
  if (rule === "sum" || sum === null) return sum;
  // Tenths, rounded half up, without a fraction on the way: (10t/n + 1/2) as (20t + n) / 2n.
  const of = items.length;
  return Math.floor((20 * sum + of) / (2 * of)) / 10;
}

/** The highest published cut-off a total reaches: a reference for the therapist's side alone. */
export function band(measure: Measure, total: number | null): Measure["cutoffs"][number] | null {
  const reached = measure.cutoffs.filter((cut) => total !== null && cut.at <= total);
  return reached.sort((a, b) => b.at - a.at)[0] ?? null;
}
