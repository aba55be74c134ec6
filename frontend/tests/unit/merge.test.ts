import { describe, expect, it } from "vitest";

import type { Answers, Guide } from "../../src/api/types.ts";
import { both, together } from "../../src/domain/merge.ts";

const guide = {
  items: [
    { id: "a", parts: [{ name: "text", kind: "text", lines: "long", max: 60 }] },
    {
      id: "b",
      parts: [
        { name: "number", kind: "scale", low: "", high: "" },
        { name: "text", kind: "text", lines: "short", max: 60 },
      ],
    },
    { id: "c", parts: [{ name: "list", kind: "list", max: 3 }] },
    { id: "d", parts: [{ name: "places", kind: "places" }] },
  ],
} as unknown as Pick<Guide, "items">;

const base: Answers = { a: { text: "base" }, b: { number: 3 } };

describe("together", () => {
  it("holds every change where none was made to the same answer", () => {
    const here = { ...base, a: { text: "base, here" } };
    const there = { ...base, b: { number: 5 }, c: { list: ["x"] } };
    expect(together(base, [here, there])).toEqual({
      a: { text: "base, here" },
      b: { number: 5 },
      c: { list: ["x"] },
    });
  });

  it("counts an answer that was taken away as a change", () => {
    const here = { a: { text: "base" } };
    const there = { ...base, c: { list: ["x"] } };
    expect(together(base, [here, there])).toEqual({ a: { text: "base" }, c: { list: ["x"] } });
    expect(together(base, [here, { ...base, b: { number: 4 } }])).toBeNull();
  });

  it("is not offered where one answer was changed on both sides", () => {
    expect(together(base, [{ a: { text: "one" } }, { a: { text: "two" } }])).toBeNull();
  });

  it("takes the same change on both sides once", () => {
    const here = { ...base, a: { text: "same" }, c: { list: ["x"] } };
    const there = { ...base, a: { text: "same" }, b: { number: 9 } };
    expect(together(base, [here, there])).toEqual({ ...here, b: { number: 9 } });
  });

  it("is not offered where nothing is known to go by, or one text has it all", () => {
    expect(together(null, [base, { ...base, c: { list: ["x"] } }])).toBeNull();
    expect(together(base, [base, { ...base, c: { list: ["x"] } }])).toBeNull();
  });
});

describe("both", () => {
  it("sets words one below the other", () => {
    const found = both(guide, base, [
      { ...base, a: { text: "one" } },
      { ...base, a: { text: "two" } },
    ]);
    expect(found).toEqual({ answers: { ...base, a: { text: "one\n\ntwo" } }, whole: true });
  });

  it("does not say twice what one text holds already", () => {
    const texts = [
      { a: { text: "one" } },
      { a: { text: "one and two" } },
      { a: { text: "three" } },
    ];
    expect(both(guide, null, texts)?.answers["a"]).toEqual({ text: "one and two\n\nthree" });
  });

  it("says so where a number can stand only once", () => {
    const texts = [
      { a: { text: "one" }, b: { number: 1 } },
      { a: { text: "two" }, b: { number: 2 } },
    ];
    expect(both(guide, null, texts)).toEqual({
      answers: { a: { text: "one\n\ntwo" }, b: { number: 1 } },
      whole: false,
    });
  });

  it("is not offered where nothing of the second could be kept", () => {
    expect(both(guide, base, [{ b: { number: 1 } }, { b: { number: 2 } }])).toBeNull();
  });

  it("joins lists up to what the question allows, and places that differ", () => {
    const lists = (...all: string[][]) =>
      both(
        guide,
        null,
        all.map((list) => ({ c: { list } })),
      );
    expect(lists(["x", "y"], ["y", "z"])?.answers["c"]).toEqual({ list: ["x", "y", "z"] });
    expect(lists(["x", "y"], ["z", "w"])).toBeNull();
    const place = (quality: string, at = "head") => ({
      d: { places: [{ place: at, kind: "felt", quality }] },
    });
    expect(both(guide, null, [place("warm"), place("heavy", "chest")])?.whole).toBe(true);
    expect(both(guide, null, [place("warm"), place("heavy")])).toBeNull();
  });

  it("puts words before a skip", () => {
    const texts = [{ a: { state: "skipped" } }, { a: { text: "words" }, c: { list: ["x"] } }];
    // One of the texts has it all: choosing it is the plain way.
    expect(both(guide, {}, texts)).toBeNull();
    const other = [{ a: { state: "skipped" }, c: { list: ["y"] } }, texts[1] as Answers];
    expect(both(guide, {}, other)?.answers).toEqual({
      a: { text: "words" },
      c: { list: ["y", "x"] },
    });
  });

  it("leaves out what would be longer than the question takes", () => {
    const long = (letter: string) => ({ a: { text: letter.repeat(40) } });
    expect(both(guide, null, [long("x"), long("y")])).toBeNull();
  });
});
