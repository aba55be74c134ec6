import { describe, expect, it } from "vitest";

import type { Stroke } from "../../src/api/types.ts";
import {
  MOST_NUMBERS,
  MOST_STROKES,
  path,
  simpler,
  stroke,
  together,
  within,
} from "../../src/domain/strokes.ts";

const INK = { color: 1, size: 2 } as const;
const SHEET = { width: 1000, height: 800 };
const wave = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => [i, 400 + Math.round(300 * Math.sin(i / 20))]).flat();

describe("a stroke", () => {
  it("needs two points for a straight line, however slowly it was drawn", () => {
    const line = Array.from({ length: 500 }, (_, i) => [i, 2 * i]).flat();
    expect(simpler(line)).toEqual([0, 0, 499, 998]);
  });

  it("keeps its corners, its beginning and its end", () => {
    expect(simpler([0, 0, 50, 0, 100, 0, 100, 50, 100, 100])).toEqual([0, 0, 100, 0, 100, 100]);
  });

  it("is nowhere farther from what was drawn than it may be", () => {
    const drawn = wave(1000);
    const kept = simpler(drawn, 1);
    expect(kept.length).toBeLessThan(drawn.length / 4);
    let at = 0;
    for (let i = 0; i < drawn.length; i += 2) {
      const x = drawn[i] ?? 0;
      while ((kept[at + 2] ?? Infinity) < x) at += 2;
      const [ax, ay, bx, by] = kept.slice(at, at + 4) as [number, number, number, number];
      const y = ay + ((by - ay) * (x - ax)) / (bx - ax || 1);
      // Up and down is at most as far as across, times the steepness of the wave.
      expect(Math.abs(y - (drawn[i + 1] ?? 0))).toBeLessThan(16);
    }
  });

  it("is whole numbers on the sheet", () => {
    expect(stroke([-5, 10.4, 2000.7, 900], { ...INK, ...SHEET }).points).toEqual([
      0, 10, 1000, 800,
    ]);
  });

  it("is a dot where the finger did not move", () => {
    const dot = stroke([10, 20], { ...INK, ...SHEET });
    expect(dot.points).toEqual([10, 20, 10, 20]);
    expect(path(dot)).toBe("M10 20L10 20");
  });
});

describe("a drawing", () => {
  const strokes = (count: number, points: number[]): Stroke[] =>
    Array.from({ length: count }, () => ({ ...INK, points }));

  it("keeps within what one answer may hold, and keeps its shape as long as it can", () => {
    const kept = within(strokes(100, wave(1000)));
    expect(kept).toHaveLength(100);
    expect(kept.flatMap(({ points }) => points).length).toBeLessThanOrEqual(MOST_NUMBERS);
    expect(within(strokes(MOST_STROKES + 5, [1, 2, 3, 4]))).toHaveLength(MOST_STROKES);
  });

  it("goes on on the same sheet, whatever the size of the screen it is gone on with", () => {
    const before = { ...SHEET, strokes: strokes(1, [0, 0, 10, 10]), caption: "door" };
    const after = { width: 500, height: 400, strokes: strokes(1, [5, 5, 500, 400]) };
    expect(together(before, after)).toEqual({
      ...SHEET,
      strokes: [
        { ...INK, points: [0, 0, 10, 10] },
        { ...INK, points: [10, 10, 1000, 800] },
      ],
      caption: "door",
    });
  });
});
