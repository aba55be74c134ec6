import { describe, expect, it } from "vitest";

import type { Drawing, PhotoRef, RecordingRef } from "../../src/api/types.ts";
import { type Fragment, joinedTo, saysAnything } from "../../src/domain/fragment.ts";

const nothing: Fragment = { texts: [], drawings: [], recordings: [], photos: [] };
const recordings = (from: number, count: number): RecordingRef[] =>
  Array.from({ length: count }, (_, i) => ({
    media: `r-${String(from + i)}`,
    type: "audio/webm",
    seconds: 2,
  }));
const photos = (from: number, count: number): PhotoRef[] =>
  Array.from({ length: count }, (_, i) => ({
    media: `p-${String(from + i)}`,
    type: "image/jpeg",
    width: 4,
    height: 3,
  }));
const drawing = (strokes: number, caption?: string): Drawing => ({
  width: 100,
  height: 100,
  strokes: Array.from({ length: strokes }, () => ({ color: 0, size: 2, points: [1, 1, 2, 2] })),
  ...(caption ? { caption } : {}),
});

describe("what was caught", () => {
  it("says nothing when there is nothing in it", () => {
    expect(saysAnything(nothing)).toBe(false);
    expect(saysAnything({ ...nothing, texts: ["a"] })).toBe(true);
  });

  it("goes behind what is there, once", () => {
    const before = { text: "one", recordings: recordings(1, 1), photos: photos(1, 1) };
    const found = { ...nothing, texts: ["two"], recordings: recordings(1, 2) };
    expect(joinedTo(before, found)).toEqual([
      { text: "one\n\ntwo", recordings: recordings(1, 2), photos: photos(1, 1) },
    ]);
  });

  it.each([
    ["photos", photos, 10],
    ["recordings", recordings, 20],
  ] as const)("keeps %s beyond the most in further entries, in order", (kind, made, most) => {
    const before = { text: "there", [kind]: made(1, most - 1) };
    const answers = joinedTo(before, { ...nothing, [kind]: made(most, most + 2) });
    expect(answers).toEqual([
      { text: "there", [kind]: made(1, most) },
      { [kind]: made(most + 1, most) },
      { [kind]: made(2 * most + 1, 1) },
    ]);
  });

  it("cuts neither words nor captions nor strokes", () => {
    const long = "ä".repeat(120_000);
    expect(joinedTo({ text: long }, { ...nothing, texts: [long, "end"] })).toEqual([
      { text: long },
      { text: `${long}\n\nend` },
    ]);
    const said = "b".repeat(150);
    const drawn = joinedTo(
      { drawing: drawing(3, said) },
      { ...nothing, drawings: [drawing(2, said)] },
    );
    expect(drawn).toEqual([{ drawing: drawing(3, said) }, { drawing: drawing(2, said) }]);
    const many = joinedTo({ drawing: drawing(1_999) }, { ...nothing, drawings: [drawing(2)] });
    expect(many).toHaveLength(2);
    const one = joinedTo({ drawing: drawing(1) }, { ...nothing, drawings: [drawing(2)] });
    expect(one).toEqual([{ drawing: drawing(3) }]);
  });
});
