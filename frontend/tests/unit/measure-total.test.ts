/** The total that goes across with the answers of a measure, against what the server copies. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

import type { Answers, Guide, Part } from "../../src/api/types.ts";
import type { Measured } from "../../src/domain/scoring.ts";
import { contentOf, whole } from "../../src/sharing/preview.ts";
import { aGuide, anItem } from "./made.ts";

interface Vector {
  name: string;
  answers: Record<string, string>;
  items: "whole" | string[];
  total: string | null;
}

function read<T>(path: string): T {
  return JSON.parse(
    readFileSync(resolve(import.meta.dirname, "../../../tests", path), "utf-8"),
  ) as T;
}

const { vectors } = read<{ vectors: Vector[] }>("shown/totals.json");
const { phq9 } = read<{ phq9: { guide: Measured } }>("scoring/vectors.json");
const guide = aGuide(
  phq9.guide.items.map(({ id, parts }) => anItem({ id, parts: parts.map(labelled) })),
  { kind: "measure", category: "measures", measure: phq9.guide.measure },
);

/** The vectors of the scoring have no words. */
function labelled(part: Part): Part {
  if (!("options" in part)) return part;
  return { ...part, options: part.options.map((one) => ({ ...one, label: one.id })) };
}

function answersOf(said: Vector["answers"]): Answers {
  const states = ["skipped", "unsure", "nothing"];
  return Object.fromEntries(
    Object.entries(said).map(([id, one]) => [
      id,
      states.includes(one) ? { state: one } : { choice: one },
    ]),
  ) as Answers;
}

function rows(vector: Pick<Vector, "answers" | "items">, of: Guide = guide) {
  const items = vector.items === "whole" ? whole(of) : vector.items;
  return contentOf(of, answersOf(vector.answers), items, null);
}

describe("the total", () => {
  it.each(vectors.map((vector) => [vector.name, vector] as const))("%s", (_, vector) => {
    const found = rows(vector).filter((row) => row.question === "Total");
    expect(found.map((row) => row.answer.lines)).toEqual(
      vector.total === null ? [] : [[{ label: null, value: vector.total, own: false }]],
    );
  });

  it("comes with no cut-off and no label", () => {
    const all = JSON.stringify(vectors.map((vector) => rows(vector)));
    for (const { label } of guide.measure?.cutoffs ?? []) expect(all).not.toContain(label);
  });

  it("is not there for a guide that is no measure", () => {
    const all = vectors.map((vector) => rows(vector, { ...guide, measure: null }));
    expect(JSON.stringify(all)).not.toContain("Total");
  });
});
