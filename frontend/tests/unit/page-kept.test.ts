import { describe, expect, it } from "vitest";

import type { Fact, Page } from "../../src/api/types.ts";
import { kept, since } from "../../src/page/kept.ts";
import { excerpt, page } from "./pages.ts";

const practice: Fact = { kind: "practice", id: "gr-room", label: "Room roll call", of: [0] };

const three = (): Page =>
  page(
    [
      excerpt({ id: "a", handed: "2026-11-22T09:00:00Z", facts: [practice] }),
      excerpt({ id: "b", handed: "2026-11-15T09:00:00Z", facts: [practice, practice] }),
      excerpt({ id: "c", handed: "2026-11-10T09:00:00Z" }),
    ],
    {
      since: "2026-11-14T09:00:00Z",
      agenda: "c",
      bring: ["a", "c"],
      first: ["a", "c"],
      carried: ["b"],
      safety: ["c"],
      visit: ["b"],
      effects: ["a", "b"],
      steps: ["a"],
      intention: "c",
      plan: "a",
      measures: [
        {
          id: "phq8",
          label: "PHQ-8",
          most: 24,
          difference: -2,
          points: [
            { at: "2026-11-01T09:00:00Z", total: 14, missing: 0, excerpt: "c" },
            { at: "2026-11-08T09:00:00Z", total: 11, missing: 0, excerpt: "b" },
            { at: "2026-11-20T09:00:00Z", total: 9, missing: 1, excerpt: "a" },
          ],
        },
      ],
      scales: [
        {
          id: "mood",
          label: "Mood",
          low: "very low",
          high: "very good",
          points: [
            { at: "2026-11-01T09:00:00Z", value: 4, excerpt: "b" },
            { at: "2026-11-20T09:00:00Z", value: 6, excerpt: "a" },
          ],
        },
      ],
      skills: [
        {
          id: "gr-room",
          label: "Room roll call",
          times: 3,
          pairs: [
            { before: 7, after: 4, helped: null, at: "2026-11-01T09:00:00Z", excerpt: "b" },
            { before: 6, after: 5, helped: null, at: "2026-11-02T09:00:00Z", excerpt: "b" },
            { before: 8, after: 5, helped: null, at: "2026-11-20T09:00:00Z", excerpt: "a" },
          ],
        },
      ],
    },
  );

describe("a page of which something was taken back", () => {
  it("is the same page when all of it may be read", () => {
    const whole = three();
    expect(kept(whole, ["c", "b", "a"])).toBe(whole);
  });

  it("names nowhere what is gone", () => {
    for (const gone of ["a", "b", "c"]) {
      const left = ["a", "b", "c"].filter((id) => id !== gone);
      expect(JSON.stringify(kept(three(), left))).not.toContain(`"${gone}"`);
    }
  });

  it("counts again what is left", () => {
    const left = kept(three(), ["a", "c"]);
    expect(left.skills[0]?.times).toBe(1);
    expect(left.measures[0]?.difference).toBe(9 - 14);
    expect(kept(three(), ["b", "c"]).skills[0]?.times).toBe(2);
  });

  it("compares no total with one that is missing", () => {
    const whole = three();
    const [measure] = whole.measures;
    if (measure?.points[1]) measure.points[1].total = null;
    expect(kept(whole, ["a", "b"]).measures[0]?.difference).toBeNull();
  });

  it("is empty, without an end, when nothing is left", () => {
    const left = kept(three(), []);
    expect(left.excerpts).toEqual([]);
    expect(left.until).toBeNull();
    const { agenda, bring, first, carried, safety, visit, effects, steps, intention, plan } = left;
    expect([agenda, intention, plan]).toEqual([null, null, null]);
    expect([bring, first, carried, safety, visit, effects, steps].flat()).toEqual([]);
    expect([...left.measures, ...left.scales, ...left.skills]).toEqual([]);
  });
});

describe("since last time", () => {
  const recent = () => since(three(), "2026-11-14T09:00:00Z");

  it("shows what was handed over since, and what stands whatever its age", () => {
    expect(recent().excerpts.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    const late = since(three(), "2026-11-21T09:00:00Z");
    expect(late.first).toEqual(["a"]);
    expect(late.agenda).toBe("c");
    expect(late.carried).toEqual(["b"]);
    expect(late.safety).toEqual(["c"]);
    expect(late.effects).toEqual(["a"]);
  });

  it("keeps the total that the newest is compared with", () => {
    const late = since(three(), "2026-11-21T09:00:00Z");
    expect(late.measures[0]?.points).toHaveLength(3);
    expect(late.measures[0]?.difference).toBe(-2);
    expect(late.scales[0]?.points.map(({ value }) => value)).toEqual([6]);
    expect(late.skills[0]?.times).toBe(1);
  });

  it("has no measure that is older", () => {
    expect(since(three(), "2026-11-23T09:00:00Z").measures).toEqual([]);
  });
});
