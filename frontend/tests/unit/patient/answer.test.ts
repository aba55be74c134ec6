import { describe, expect, it } from "vitest";

import type { Part } from "../../../src/api/types.ts";
import {
  anyAnswered,
  hasWords,
  isAside,
  picked,
  valueOf,
  withAnswer,
  withPart,
} from "../../../src/patient/answer.ts";
import { anItem, TEXT } from "../made.ts";

const item = anItem({
  id: "refl-05",
  text: "Was any part hard or scary?",
  parts: [{ name: "choice", kind: "choice", options: [{ id: "no", label: "no" }] }, TEXT],
});

describe("answering part by part", () => {
  it("keeps what is said and leaves out what is empty", () => {
    const one = withPart(undefined, "choice", "no");
    const two = withPart(one, "text", "a little");
    expect(two).toEqual({ choice: "no", text: "a little" });
    expect(withPart(two, "text", "  ")).toEqual({ choice: "no" });
    expect(withPart(one, "choice", null)).toBeUndefined();
    expect(withPart(undefined, "places", [])).toBeUndefined();
  });

  it("takes nought for a number, not for nothing", () => {
    expect(withPart(undefined, "scale", 0)).toEqual({ scale: 0 });
  });

  it("replaces a state by what is said, and never mixes the two", () => {
    expect(withPart({ state: "skipped" }, "text", "after all")).toEqual({ text: "after all" });
    expect(valueOf({ state: "unsure" }, "state")).toBeUndefined();
  });

  it("changes a copy", () => {
    const before = { "refl-01": { text: "one" } };
    expect(withAnswer(before, "refl-01", undefined)).toEqual({});
    expect(withAnswer(before, "refl-02", { text: "two" })).toHaveProperty("refl-02");
    expect(before).toEqual({ "refl-01": { text: "one" } });
  });
});

describe("whether something is there", () => {
  it("counts not sure and nothing came as answers, and a skip as none", () => {
    expect(anyAnswered({})).toBe(false);
    expect(anyAnswered({ a: { state: "skipped" }, b: { state: "skipped" } })).toBe(false);
    expect(anyAnswered({ a: { state: "skipped" }, b: { state: "unsure" } })).toBe(true);
    expect(anyAnswered({ a: { state: "nothing" } })).toBe(true);
    expect(anyAnswered({ a: { scale: 0 } })).toBe(true);
  });

  it("knows words from taps, so that one tap cannot drop words", () => {
    expect(hasWords(item, { choice: "no" })).toBe(false);
    expect(hasWords(item, { choice: "no", text: "it was" })).toBe(true);
    expect(hasWords(item, { choice_other: "something" })).toBe(true);
    expect(hasWords(item, { state: "unsure" })).toBe(false);
  });

  it("keeps what took trouble, typed or taken, from one tap too", () => {
    const made = (part: Part) => anItem({ parts: [part] });
    const list: Part = { name: "list", kind: "list", max: null };
    const picture: Part = { name: "picture", kind: "picture" };
    const effects: Part = { name: "effects", kind: "effects", windows: ["acute"] };
    expect(hasWords(made(list), { list: ["one"] })).toBe(true);
    expect(hasWords(made(picture), { picture: { type: "image/png", data: "AA" } })).toBe(true);
    expect(hasWords(made(effects), { effects: [{ code: "dizzy", strength: 3 }] })).toBe(false);
    expect(hasWords(made(effects), { effects: [{ code: "other", note: "ears" }] })).toBe(true);
  });

  it("opens what takes room on request, but never the first part", () => {
    expect(item.parts.map((part) => isAside(item, part))).toEqual([false, true]);
  });
});

describe("picking several", () => {
  it("lets none of these stand alone", () => {
    expect(picked(["headache"], "none", true)).toEqual(["none"]);
    expect(picked(["none"], "headache", true)).toEqual(["headache"]);
    expect(picked(["calm"], "none-of-these", true)).toEqual(["none-of-these"]);
    expect(picked(["calm", "rest"], "calm", false)).toEqual(["rest"]);
    expect(picked(["calm"], "calm", true)).toEqual(["calm"]);
  });
});
