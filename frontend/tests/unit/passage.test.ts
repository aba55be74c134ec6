import { describe, expect, it } from "vitest";

import {
  choose,
  nudge,
  passage,
  pointsBefore,
  sentences,
  tidy,
} from "../../src/sharing/passage.ts";

const RAIN = "It rained. The water was not cold. I slept.";
const at = (text: string, words: string) => {
  const start = text.indexOf(words);
  return { start, end: start + words.length };
};

describe("code points", () => {
  it("count an emoji once", () => {
    expect(pointsBefore("a🌊b", 3)).toBe(2);
    expect(pointsBefore("a🌊b", 4)).toBe(3);
  });

  it("are what a passage is sent in", () => {
    const text = "🌊🌊 The river, again.";
    expect(passage(text, at(text, "The river"))).toEqual({ start: 3, end: 12, quote: "The river" });
  });

  it("count a family emoji by its parts, as the server does", () => {
    const text = "👨‍👩‍👧 home";
    expect(passage(text, at(text, "home"))).toEqual({ start: 6, end: 10, quote: "home" });
  });

  it("agree with the quote for every stretch of a mixed text", () => {
    const text = "é e\u0301 🌊 👨‍👩‍👧 ab\n\n日本。";
    const points = [...text];
    for (let start = 0; start < text.length; start += 1) {
      for (let end = start + 1; end <= text.length; end += 1) {
        const found = passage(text, { start, end });
        if (found === null) continue;
        expect(points.slice(found.start, found.end).join("")).toBe(found.quote);
      }
    }
  });
});

describe("tidy", () => {
  it("drops space at the edges", () => {
    expect(tidy("  a b ", { start: 0, end: 6 })).toEqual({ start: 2, end: 5 });
  });

  it("is nothing when there are no words", () => {
    expect(tidy("a  b", { start: 1, end: 3 })).toBeNull();
    expect(tidy("", { start: 0, end: 0 })).toBeNull();
  });

  it("takes a selection made backwards", () => {
    expect(tidy("abc", { start: 2, end: 0 })).toEqual({ start: 0, end: 2 });
  });

  it("never cuts an emoji or an accent in half", () => {
    expect(tidy("a🌊b", { start: 2, end: 4 })).toEqual({ start: 1, end: 4 });
    expect(tidy("e\u0301x", { start: 1, end: 3 })).toEqual({ start: 0, end: 3 });
    const family = "👨‍👩‍👧";
    expect(tidy(`${family}!`, { start: 3, end: 5 })).toEqual({ start: 0, end: family.length });
  });
});

describe("sentences", () => {
  it("cover the whole text", () => {
    const text = "One. Two?\n\nThree";
    const all = sentences(text);
    expect(all.map((s) => text.slice(s.start, s.end)).join("")).toBe(text);
    expect(all).toHaveLength(3);
  });

  it("are none for an empty text", () => {
    expect(sentences("")).toEqual([]);
  });
});

describe("choosing sentences", () => {
  const all = sentences(RAIN);
  const words = (marked: { start: number; end: number } | null) =>
    marked && RAIN.slice(marked.start, marked.end).trim();

  it("marks one, grows to the next, and over the one between", () => {
    const one = choose(all, null, 0);
    expect(words(one)).toBe("It rained.");
    expect(words(choose(all, one, 1))).toBe("It rained. The water was not cold.");
    expect(words(choose(all, one, 2))).toBe(RAIN);
  });

  it("grows backwards", () => {
    expect(words(choose(all, choose(all, null, 2), 0))).toBe(RAIN);
  });

  it("lets an edge go when it is chosen again, and the last one leaves nothing", () => {
    const both = choose(all, choose(all, null, 0), 1);
    expect(words(choose(all, both, 0))).toBe("The water was not cold.");
    expect(words(choose(all, both, 1))).toBe("It rained.");
    expect(choose(all, choose(all, null, 1), 1)).toBeNull();
  });

  it("keeps the middle one when it is chosen inside", () => {
    expect(words(choose(all, { start: 0, end: RAIN.length }, 1))).toBe("The water was not cold.");
  });
});

describe("nudging an edge", () => {
  const marked = at(RAIN, "The water was not cold.");
  const words = (stretch: { start: number; end: number }) =>
    RAIN.slice(stretch.start, stretch.end).trim();

  it("moves by a word", () => {
    expect(words(nudge(RAIN, marked, "start", "later"))).toBe("water was not cold.");
    expect(words(nudge(RAIN, marked, "start", "earlier"))).toBe("rained. The water was not cold.");
    expect(words(nudge(RAIN, marked, "end", "earlier"))).toBe("The water was not");
    expect(words(nudge(RAIN, marked, "end", "later"))).toBe("The water was not cold. I");
  });

  it("stays where it is at the ends, and never leaves nothing", () => {
    const whole = { start: 0, end: RAIN.length };
    expect(nudge(RAIN, whole, "start", "earlier")).toEqual(whole);
    expect(nudge(RAIN, whole, "end", "later")).toEqual(whole);
    const one = at(RAIN, "water");
    expect(words(nudge(RAIN, one, "start", "later"))).toBe("water");
    expect(words(nudge(RAIN, one, "end", "earlier"))).toBe("water");
  });

  it("takes the marks along that belong to a word", () => {
    const text = "He said “no more.” Then rain.";
    expect(nudge(text, at(text, "more.”"), "start", "earlier")).toEqual(at(text, "“no more.”"));
    expect(nudge(text, at(text, "He said"), "end", "later")).toEqual(at(text, "He said “no"));
  });
});
