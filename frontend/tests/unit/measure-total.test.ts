/** The total that goes across with the answers of a measure, as tests/scoring/test_total.py has it. */
import { describe, expect, it } from "vitest";

import type { Answers, Guide, Item, Measure } from "../../src/api/types.ts";
import { choosable, contentOf } from "../../src/sharing/preview.ts";

const OPTIONS = [
  { id: "not-at-all", label: "Not at all", score: 0 },
  { id: "several-days", label: "Several days", score: 1 },
];
const item = (id: string, scored = true): Item => ({
  id,
  text: `${id}?`,
  help: null,
  tier: "core",
  share: "ask",
  category: null,
  nothing: null,
  source: "",
  shows: null,
  notes: [],
  parts: [
    {
      name: "choice",
      kind: "choice",
      options: OPTIONS.map((one) => ({ ...one, score: scored ? one.score : null })),
    },
  ],
});
const measure: Measure = {
  rule: "sum",
  items: ["a", "b", "c"],
  most: 3,
  cutoffs: [{ at: 1, label: "mild" }],
  clusters: [],
  days_between: 14,
  hours_after_dose: 24,
  needs: null,
  about_change: null,
};
const guide = {
  id: "m",
  edition: 1,
  kind: "measure",
  category: "measures",
  items: [item("a"), item("b"), item("c"), item("life", false)],
  measure,
} as unknown as Guide;

const full: Answers = Object.fromEntries(
  ["a", "b", "c"].map((id) => [id, { choice: "several-days" }]),
);

function total(answers: Answers, ids: readonly string[], of: Guide = guide): string | null {
  const all = choosable(of, answers, null);
  const rows = contentOf(
    all.filter((each) => ids.includes(each.item.id)),
    { guide: of, answers },
  );
  const last = rows.at(-1);
  return last?.question === "Total" ? (last.answer.lines[0]?.value ?? null) : null;
}

describe("the total", () => {
  it.each([
    [full, ["a", "b", "c", "life"], "3 of 3"],
    [full, ["a", "b", "c"], "3 of 3"],
    [full, ["a", "b"], null],
    [full, ["life"], null],
    [{ ...full, b: { state: "skipped" } }, ["a", "b", "c"], "Not scored: 1 of 3 not answered"],
    [{ a: full["a"] ?? {} }, ["a"], "Not scored: 2 of 3 not answered"],
    [{ life: { choice: "several-days" } }, ["life"], null],
  ])("of %j with %j is %s", (answers, ids, value) => {
    expect(total(answers as Answers, ids)).toBe(value);
  });

  it("comes with no cut-off and no label", () => {
    const rows = contentOf(choosable(guide, full, null), { guide, answers: full });
    expect(JSON.stringify(rows)).not.toContain("mild");
  });

  it("is not there for a guide that is no measure", () => {
    expect(total(full, ["a", "b", "c"], { ...guide, measure: null })).toBeNull();
  });
});
