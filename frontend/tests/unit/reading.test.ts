import { describe, expect, it } from "vitest";

import { readingMinutes } from "../../src/page/reading.ts";

const page = (...values: string[]) =>
  ({
    excerpts: values.map((value) => ({
      content: {
        title: "A reflection",
        items: [{ question: "", answer: { lines: [{ label: null, value, own: true }] } }],
      },
    })),
  }) as unknown as Parameters<typeof readingMinutes>[0];

describe("reading time", () => {
  it("is a minute at least", () => {
    expect(readingMinutes(page())).toBe(1);
    expect(readingMinutes(page("One word."))).toBe(1);
  });

  it("counts every word", () => {
    expect(readingMinutes(page("word ".repeat(220), "word ".repeat(220)))).toBe(2);
  });
});
