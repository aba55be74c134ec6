/** The measures against the vectors that the server's tests read too. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

import type { Answer, Answers, Item, Measure, Part } from "../../src/api/types.ts";
import { band, type Measured, saidScore, score } from "../../src/domain/scoring.ts";

interface Vector {
  name: string;
  answers: (null | string | number | boolean | Answer)[];
  total: number | null;
  answered: number;
  said: string;
  band: string | null;
  clusters?: Record<string, number | null>;
}

const measures = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../../../tests/scoring/vectors.json"), "utf-8"),
) as Record<string, { guide: Measured; vectors: Vector[] }>;

function answersOf({ items, measure }: Measured, vector: Vector): Answers {
  const answers: Answers = {};
  measure?.items.forEach((id, index) => {
    const value = vector.answers[index] ?? null;
    const part = items.find((item) => item.id === id)?.parts[0];
    if (value === null || !part) return;
    answers[id] = typeof value === "object" ? value : { [part.name]: value as string | number };
  });
  return answers;
}

describe.each(Object.entries(measures))("%s", (_id, { guide, vectors }) => {
  const measure = guide.measure as Measure;

  it.each(vectors.map((vector) => [vector.name, vector] as const))("%s", (_name, vector) => {
    expect(vector.answers).toHaveLength(measure.items.length);
    const found = score(guide, answersOf(guide, vector));
    if (!found) throw new Error("not a measure");
    expect(found.total).toBe(vector.total);
    expect(found.answered).toBe(vector.answered);
    expect(found.clusters).toEqual(vector.clusters ?? {});
    expect(saidScore(measure, found)).toBe(vector.said);
    expect(band(measure, found.total)?.label ?? null).toBe(vector.band);
  });
});

describe("a mean", () => {
  it("is rounded half up", () => {
    const scale: Part = { name: "scale", kind: "scale", low: "", high: "" };
    const items = [0, 1, 2, 3].map((n) => ({ id: String(n), parts: [scale] }) as unknown as Item);
    const measure: Measure = {
      ...(measures["peg"]?.guide.measure as Measure),
      items: items.map((item) => item.id),
    };
    const mean = (...values: number[]) =>
      score(
        { items, measure },
        Object.fromEntries(values.map((value, n) => [String(n), { scale: value }])),
      )?.total;
    expect([mean(0, 0, 0, 1), mean(2, 2, 2, 3), mean(0, 1, 1, 1), mean(1, 1, 1, 1)]).toEqual([
      0.3, 2.3, 0.8, 1,
    ]);
  });
});

it("does not score what is not a measure", () => {
  expect(score({ items: [], measure: null }, {})).toBeNull();
});
