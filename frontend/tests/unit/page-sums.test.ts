import { describe, expect, it } from "vitest";

import type { Fact, ScaleSeries } from "../../src/api/types.ts";
import { noted } from "../../src/page/effects.ts";
import { EDGE, HEIGHT, picture, spanOf, WIDTH } from "../../src/page/plot.ts";
import { excerpt, page } from "./pages.ts";

const scale = (...points: [at: string, value: number][]): ScaleSeries => ({
  id: "mood",
  label: "Mood",
  low: "very low",
  high: "very good",
  points: points.map(([at, value]) => ({ at, value, excerpt: at })),
});

describe("a small plot", () => {
  const at = "2026-11-21T00:00:00Z";

  it("spans from the first number to now, and back to the last dose", () => {
    const scales = [scale(["2026-11-11T00:00:00Z", 5])];
    expect(spanOf({ at, scales, dosings: [] }).from).toBe(Date.parse("2026-11-11T00:00:00Z"));
    const dosings = [
      { number: 1, started_at: "2026-10-01T00:00:00Z" },
      { number: 2, started_at: "2026-11-01T00:00:00Z" },
    ];
    const span = spanOf({ at, scales, dosings });
    expect(span).toEqual({ from: Date.parse("2026-11-01T00:00:00Z"), to: Date.parse(at) });
  });

  it("begins with a dose that came just before the first number", () => {
    const scales = [scale(["2026-11-03T00:00:00Z", 5])];
    const dosings = [
      { number: 1, started_at: "2026-11-01T00:00:00Z" },
      { number: 2, started_at: "2026-11-15T00:00:00Z" },
    ];
    expect(spanOf({ at, scales, dosings }).from).toBe(Date.parse("2026-11-01T00:00:00Z"));
  });

  it("puts each number where it belongs, and nothing between them", () => {
    const span = { from: Date.parse("2026-11-01T00:00:00Z"), to: Date.parse(at) };
    const drawn = picture(
      scale(["2026-11-01T00:00:00Z", 0], ["2026-11-11T00:00:00Z", 5], [at, 10]),
      [{ number: 2, started_at: "2026-11-11T00:00:00Z" }],
      span,
    );
    expect(drawn.dots.map(({ x, y }) => [x, y])).toEqual([
      [EDGE, HEIGHT - EDGE],
      [WIDTH / 2, HEIGHT / 2],
      [WIDTH - EDGE, EDGE],
    ]);
    expect(drawn.marks).toEqual([{ number: 2, x: WIDTH / 2, side: "start" }]);
  });

  it("leaves out the sessions before it, and names crowded ones by number alone", () => {
    const span = { from: Date.parse("2026-11-01T00:00:00Z"), to: Date.parse(at) };
    const dosings = [
      { number: 1, started_at: "2026-10-01T00:00:00Z" },
      { number: 2, started_at: "2026-11-18T00:00:00Z" },
      { number: 3, started_at: "2026-11-20T00:00:00Z" },
    ];
    const drawn = picture(scale(["2026-11-11T00:00:00Z", 5]), dosings, span);
    expect(drawn.marks.map(({ number, side }) => [number, side])).toEqual([
      [2, "end"],
      [3, "end"],
    ]);
    expect(drawn.words).toBe(false);
  });

  it("is drawn for one number of this very moment too", () => {
    const only = scale([at, 3]);
    const drawn = picture(only, [], spanOf({ at, scales: [only], dosings: [] }));
    expect(drawn.dots[0]?.x).toBe(WIDTH - EDGE);
  });
});

describe("after-effects since the last dose", () => {
  const effect = (id: string, severity: string | null, still: boolean | null): Fact => ({
    kind: "effect",
    id,
    label: id,
    of: [0],
    severity,
    still,
  });
  const told = page(
    [
      excerpt({
        id: "c",
        written: "2026-11-19T09:00:00Z",
        facts: [effect("nausea", "mild", false)],
      }),
      excerpt({
        id: "b",
        written: "2026-11-18T09:00:00Z",
        facts: [effect("nausea", "strong", true), effect("headache", null, null)],
      }),
      excerpt({ id: "a", written: "2026-11-01T09:00:00Z", facts: [effect("taste", "mild", true)] }),
      excerpt({ id: "x", written: "2026-11-19T09:00:00Z", facts: [effect("taste", "mild", true)] }),
    ],
    { effects: ["a", "b", "c"] },
  );

  it("are counted, with the strongest and with how it was last", () => {
    const last_dosing = { number: 2, started_at: "2026-11-16T09:00:00Z", route: "nasal" as const };
    expect(noted({ ...told, last_dosing })).toEqual([
      { id: "nausea", label: "nausea", times: 2, severity: "strong", still: false, excerpt: "c" },
      { id: "headache", label: "headache", times: 1, severity: null, still: null, excerpt: "b" },
    ]);
  });

  it("are all there are where no dose is known", () => {
    expect(noted(told).map(({ id }) => id)).toEqual(["taste", "nausea", "headache"]);
  });
});
