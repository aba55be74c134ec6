// @vitest-environment node
import { describe, expect, it } from "vitest";

import shared from "../../../tests/shown/vectors.json";
import type { Answer, Part } from "../../src/api/types.ts";
import { type Known, linesOf } from "../../src/domain/lines.ts";
import { anItem } from "./made.ts";

const known: Known = {
  words: new Set(shared.known.words),
  effects: new Map(Object.entries(shared.known.effects)),
};

describe("the lines of an answer", () => {
  it.each(shared.vectors)("$name", ({ parts, answer, lines }) => {
    const item = anItem({ parts: parts as unknown as Part[] });
    const found = linesOf(item, answer as unknown as Answer, known);
    expect(found.map(({ label, value, own }) => [label, value, own])).toEqual(lines);
  });

  it("count every word as picked while the library is not known", () => {
    const item = anItem({ parts: [{ name: "words", kind: "words", max: null }] });
    expect(linesOf(item, { words: ["river-ish"] }, null)).toEqual([
      { label: null, value: "river-ish", own: false },
    ]);
  });
});
