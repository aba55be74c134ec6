// @vitest-environment node
import { describe, expect, it } from "vitest";

import type { Answer, NoteRule } from "../../src/api/types.ts";
import { notesThatHold } from "../../src/domain/notes.ts";
import type { Past } from "../../src/domain/past.ts";
import { anItem, aRule } from "./made.ts";

const DAY = 86_400_000;
const NOW = Date.parse("2026-11-24T10:00:00Z");

const holds = (rule: Partial<NoteRule>, answer: Answer | undefined, past: Past[] = []): boolean =>
  notesThatHold(anItem({ id: "q", notes: [aRule(rule)] }), answer, past, NOW).length > 0;

const then = (days: number, answer: Answer, item = "q"): Past => ({
  id: `${days}`,
  guide: "week",
  at: NOW - days * DAY,
  answers: { [item]: answer },
});

describe("a note under an option", () => {
  it.each<[string[], Answer | undefined, boolean]>([
    [["yes"], undefined, false],
    [["yes"], {}, false],
    [["yes"], { choice: "no" }, false],
    [["yes"], { choice: "yes" }, true],
    [["yes", "maybe"], { choice: "maybe" }, true],
    [["yes"], { choice: ["no", "yes"] }, true],
    [["yes"], { choice: ["no"] }, false],
    [["yes"], { choice: [] }, false],
    [["yes"], { state: "skipped" }, false],
    [["yes"], { other: "yes" }, false],
    [["yes"], { choice_other: "yes" }, false],
    [["dizzy"], { choice: [{ code: "dizzy" }] }, true],
    [["dizzy"], { choice: [{ code: "other", note: "dizzy" }] }, false],
    [[], { choice: "yes" }, false],
    [["skipped"], { state: "skipped" }, false],
  ])("any of %j, answered %j: %s", (any, answer, held) => {
    expect(holds({ any }, answer)).toBe(held);
  });
});

describe("a note at a number", () => {
  it.each<[Partial<NoteRule>, number, boolean]>([
    [{ at_most: 3 }, 0, true],
    [{ at_most: 3 }, 3, true],
    [{ at_most: 3 }, 4, false],
    [{ at_most: 0 }, 0, true],
    [{ at_most: 0 }, 1, false],
    [{ at_least: 7 }, 6, false],
    [{ at_least: 7 }, 7, true],
    [{ at_least: 0 }, 0, true],
    [{ at_least: 3, at_most: 5 }, 4, true],
    [{ at_least: 3, at_most: 5 }, 6, false],
    [{ any: ["4"] }, 4, false],
    [{}, 4, false],
  ])("%j at %i: %s", (rule, value, held) => {
    expect(holds({ ...rule, part: "scale" }, { scale: value })).toBe(held);
  });

  it("never holds without a number", () => {
    expect(holds({ part: "scale", at_most: 10 }, { state: "unsure" })).toBe(false);
    expect(holds({ part: "scale", at_most: 10 }, { text: "3" })).toBe(false);
  });
});

describe("a note after several times", () => {
  const rule: Partial<NoteRule> = { part: "scale", at_most: 3, times: 3, days: 7 };
  const low: Answer = { scale: 2 };
  const high: Answer = { scale: 8 };

  it.each<[string, Answer, Past[], boolean]>([
    ["one time", low, [], false],
    ["two times", low, [then(1, low)], false],
    ["three times", low, [then(1, low), then(2, low)], true],
    ["four times", low, [then(1, low), then(2, low), then(3, low)], true],
    ["not this time", high, [then(1, low), then(2, low), then(3, low)], false],
    ["one of them high", low, [then(1, high), then(2, low)], false],
    ["one of them skipped", low, [then(1, { state: "skipped" }), then(2, low)], false],
    ["another question", low, [then(1, low, "other"), then(2, low)], false],
    ["the same day", low, [then(0, low), then(0.1, low)], true],
    ["just inside the week", low, [then(1, low), then(6.99, low)], true],
    ["a week ago to the hour", low, [then(1, low), then(7, low)], false],
    ["later than this entry", low, [then(-1, low), then(1, low)], false],
  ])("%s", (_name, answer, past, held) => {
    expect(holds(rule, answer, past)).toBe(held);
  });
});

describe("several notes", () => {
  it("come in the order of the guide", () => {
    const notes = [
      aRule({ any: ["a"], note: "first" }),
      aRule({ any: ["b"], note: "second" }),
      aRule({ any: ["a", "b"], note: "third" }),
    ];
    const found = notesThatHold(anItem({ notes }), { choice: ["b", "a"] }, [], NOW);
    expect(found.map((rule) => rule.note)).toEqual(["first", "second", "third"]);
  });
});
