import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import type { Answers, Guide } from "../../src/api/types.ts";
import { contains, matches, normal, phrasesFor, typedIn } from "../../src/domain/phrases.ts";

const root = `${import.meta.dirname}/../../../`;
const read = (path: string): string => readFileSync(root + path, "utf8");
const lines = (path: string): string[] =>
  read(path)
    .split("\n")
    .filter((line) => line && !line.startsWith("#"));

/** The two lists, as they stand in the file of the product. */
function listed(name: string): string[] {
  const file = read("journal/content/data/phrases.toml");
  const inside = new RegExp(`^${name} = \\[\\n([\\s\\S]*?)^\\]`, "m").exec(file)?.[1] ?? "";
  return [...inside.matchAll(/^ {2}"(.*)",$/gm)].map((row) => row[1] ?? "");
}

const intent = listed("intent_only");
const list = { version: 1, intent_only: intent, any: listed("any") };
const whole = [...intent, ...list.any];

const negative = lines("tests/phrases/negative.txt");
const positive = lines("tests/phrases/positive.txt").map((line) => line.split(" | "));
const outright = positive.filter(([, where]) => where === "everywhere").map(([said = ""]) => said);
const wishes = positive.filter(([, where]) => where === "elsewhere").map(([said = ""]) => said);

const found = (said: string[], phrases: readonly string[]): number =>
  said.filter((each) => contains(each, phrases)).length;

describe("the list", () => {
  it("is there, in its plain form, each phrase once", () => {
    expect(intent.length).toBeGreaterThan(50);
    expect(list.any.length).toBeGreaterThan(50);
    expect(new Set(whole).size).toBe(whole.length);
    expect(whole.filter((phrase) => normal(phrase) !== phrase)).toEqual([]);
  });

  it("speaks in the first person", () => {
    expect(whole.filter((phrase) => !/^(i|tonight is my|this is my) /.test(phrase))).toEqual([]);
  });

  it("has no hit on what is natural to this therapy", () => {
    expect(negative.length).toBeGreaterThanOrEqual(60);
    expect(negative.filter((said) => contains(said, whole))).toEqual([]);
    // Nor when all of it is one text, or stands in capitals with curly apostrophes.
    expect(contains(negative.join(" "), whole)).toBe(false);
    expect(contains(negative.join("\n").toUpperCase().replaceAll("'", "’"), whole)).toBe(false);
  });

  it("finds what its documentation says it finds, and no more", () => {
    const rows = [...read("docs/phrases.md").matchAll(/^\|.*\| (\d+) \| (\d+) \|$/gm)].map((row) =>
      row.slice(1).map(Number),
    );
    expect(rows).toEqual([
      [negative.length, found(negative, whole)],
      [outright.length, found(outright, intent)],
      [wishes.length, found(wishes, whole)],
      [wishes.length, found(wishes, intent)],
      [positive.length, found(outright, intent) + found(wishes, whole)],
    ]);
    expect(outright.length + wishes.length).toBe(positive.length);
  });
});

describe("a phrase", () => {
  const phrases = ["i want to die", "i am going to end my life"];
  const hit = (said: string): boolean => contains(said, phrases);

  it("stands as whole words in one sentence", () => {
    expect(hit("And then: I want to die.")).toBe(true);
    expect(hit("I want to diet.")).toBe(false);
    expect(hit("That is what I want to. Die Hard was on.")).toBe(false);
    expect(hit("I want\nto die")).toBe(false);
  });

  it("is the same whatever the letters, marks and short forms", () => {
    expect(hit("I’M GONNA END MY LIFE!!!")).toBe(true);
    expect(hit("im  really going  to, end my life")).toBe(true);
    expect(hit("I WANNA   die")).toBe(true);
    expect(hit("ｉ want to die")).toBe(true);
  });

  it("is found a second time when the first was a figure of speech", () => {
    expect(hit("I want to die laughing. I want to die.")).toBe(true);
    expect(hit("I don't think I want to die. I never said I want to die.")).toBe(false);
  });

  it("stays quick in a very long text", () => {
    const long = "I felt like I died and it was peaceful, and then, again, I want to diet. ";
    const began = performance.now();
    expect(contains(long.repeat(2_700), whole)).toBe(false);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

const guide = (stage: string | null): Guide =>
  ({
    stage,
    items: [
      {
        id: "one",
        parts: [
          { name: "text", kind: "text" },
          { name: "list", kind: "list" },
          { name: "words", kind: "words" },
          { name: "choices", kind: "choices", other: true },
          { name: "contacts", kind: "contacts" },
        ],
      },
    ],
  }) as unknown as Guide;

describe("an entry", () => {
  const wish = "I want to die";
  const plan = "I am going to kill myself";

  it("is looked at in its typed texts alone", () => {
    const answers: Answers = {
      one: {
        text: "hello",
        list: [plan],
        words: [plan],
        choices_other: plan,
        contacts: [{ name: plan, phone: plan }],
      },
      gone: { text: plan },
    };
    expect(typedIn(guide(null), answers)).toEqual(["hello"]);
    expect(matches(guide(null), answers, list)).toBe(false);
    expect(matches(guide(null), { one: { text: plan } }, list)).toBe(true);
    expect(matches(guide(null), { one: { state: "skipped" } }, list)).toBe(false);
  });

  it("needs plain intent where images of dying belong to what is told", () => {
    for (const stage of ["day", "refl"]) {
      expect(phrasesFor(guide(stage), list)).toEqual(intent);
      expect(matches(guide(stage), { one: { text: wish } }, list)).toBe(false);
      expect(matches(guide(stage), { one: { text: plan } }, list)).toBe(true);
    }
    // A blank page too, on those days.
    expect(matches(guide(null), { one: { text: wish } }, list, "day")).toBe(false);
    expect(matches(guide(null), { one: { text: plan } }, list, "refl")).toBe(true);
    expect(matches(guide(null), { one: { text: wish } }, list, "week")).toBe(true);
    for (const stage of ["prep", "week", "prac", "pre", "end", null]) {
      expect(matches(guide(stage), { one: { text: wish } }, list)).toBe(true);
    }
  });
});
