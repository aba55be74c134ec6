import { describe, expect, it } from "vitest";

import type { Answers } from "../../src/api/types.ts";
import {
  type Felt,
  fits,
  helpfulness,
  suggested,
  tallies,
  type Use,
  useOf,
  usesOf,
  worsened,
} from "../../src/domain/practice.ts";

let made = 0;

/** One use of a skill; what is left out was not said. */
function use(said: Partial<Use> = {}): Use {
  made += 1;
  const nothing = { need: "anxiety", before: null, after: null, felt: null };
  const at = new Date(Date.UTC(2026, 10, 1, 0, made)).toISOString();
  return {
    entry: `e${made}`,
    skill: "an-breath",
    title: "Longer out-breath",
    at,
    ...nothing,
    ...said,
  };
}

const pair = (before: number | null, after: number | null): Use => use({ before, after });
const felt = (skill: string, ...said: (Felt | null)[]): Use[] =>
  said.map((each) => use({ skill, felt: each }));

function entry(answers: Record<string, Record<string, unknown>>, guide = "practice") {
  const occurred_at = "2026-11-20T08:00:00Z";
  return { id: "e", guide, occurred_at, answers: answers as Answers };
}

const named = { "practice-01": { skill: [{ skill: "gr-room", title: "Room roll call" }] } };

describe("what an entry tells of a use", () => {
  it("reads all that was said", () => {
    const found = useOf(
      entry({
        "practice-01": { ...named["practice-01"], need: "grounding" },
        "practice-02": { scale: 7 },
        "practice-03": { scale: 0 },
        "practice-04": { choice: "helped-a-bit" },
        "practice-05": { text: "by the sink" },
      }),
    );
    expect(found).toEqual({
      entry: "e",
      skill: "gr-room",
      title: "Room roll call",
      need: "grounding",
      at: "2026-11-20T08:00:00Z",
      before: 7,
      after: 0,
      felt: "helped-a-bit",
    });
  });

  it("leaves open what was skipped or is not known", () => {
    const found = useOf(
      entry({
        ...named,
        "practice-02": { state: "skipped" },
        "practice-03": { state: "unsure" },
        "practice-04": { choice: "cured" },
      }),
    );
    expect(found).toMatchObject({ need: null, before: null, after: null, felt: null });
  });

  it.each([
    ["another guide", entry(named, "free")],
    ["no skill", entry({ "practice-02": { scale: 7 } })],
    ["a skill without a name", entry({ "practice-01": { skill: [{ skill: "gr-room" }] } })],
    ["a skipped question", entry({ "practice-01": { state: "skipped" } })],
  ])("is silent about %s", (_, written) => {
    expect(usesOf([written])).toEqual([]);
  });
});

describe("the arithmetic", () => {
  it.each<[string, Use[], number, { before: number; after: number } | null]>([
    ["nothing said", [use(), use(), use()], 0, null],
    ["one pair", [pair(8, 2)], 1, null],
    ["two pairs", [pair(8, 2), pair(6, 4)], 2, null],
    ["three pairs", [pair(8, 2), pair(6, 4), pair(7, 9)], 3, { before: 7, after: 5 }],
    ["two pairs and a number before", [pair(8, 2), pair(6, 4), pair(7, null)], 2, null],
    ["two pairs and a number after", [pair(8, 2), pair(6, 4), pair(null, 3)], 2, null],
    ["noughts are numbers", [pair(0, 0), pair(0, 0), pair(0, 0)], 3, { before: 0, after: 0 }],
    [
      "one place after the point",
      [pair(7, 5), pair(7, 5), pair(6, 4)],
      3,
      { before: 6.7, after: 4.7 },
    ],
    [
      "uses without a pair do not weigh",
      [pair(9, 6), pair(9, 6), pair(9, 6), pair(0, null)],
      3,
      { before: 9, after: 6 },
    ],
  ])("%s", (_, uses, n, mean) => {
    const [found] = tallies(uses);
    expect(found?.pairs).toHaveLength(n);
    expect(found?.mean).toEqual(mean);
    expect(found?.uses).toHaveLength(uses.length);
  });

  it("keeps skills apart, the most used first, then the latest", () => {
    const uses = [
      ...felt("once", "helped"),
      ...felt("thrice", null, null, null),
      ...felt("last", null),
    ];
    expect(tallies(uses).map((each) => [each.skill, each.uses.length])).toEqual([
      ["thrice", 3],
      ["last", 1],
      ["once", 1],
    ]);
  });

  it("counts what was said, and takes the latest name", () => {
    const uses = [
      use({ skill: "mine", title: "Walk", felt: "helped" }),
      use({ skill: "mine", title: "Short walk", felt: "helped" }),
      use({ skill: "mine", title: "Short walk", felt: "stopped-early" }),
    ];
    const [found] = tallies(uses.toReversed());
    expect(found?.title).toBe("Short walk");
    expect(found?.felt).toEqual({
      helped: 2,
      "helped-a-bit": 0,
      "no-change": 0,
      "made-it-worse": 0,
      "stopped-early": 1,
    });
  });
});

describe("what is suggested", () => {
  const skill = (id: string, need: string | null = "anxiety") => ({ id, need });
  const skills = [skill("a"), skill("b"), skill("c")];
  const order = (uses: Use[], starred: string[] = [], hidden: string[] = []) =>
    suggested(skills, uses, { need: "anxiety", needs, starred, hidden }).map(({ id }) => id);
  const needs = ["anxiety", "sleep", "anger"];

  it.each<[string, Use[], string[], string[], string[]]>([
    ["as they were shuffled", [], [], [], ["a", "b", "c"]],
    ["what helped comes first", felt("c", "helped"), [], [], ["c", "a", "b"]],
    [
      "what helped most comes first of all",
      [...felt("b", "helped-a-bit"), ...felt("c", "helped")],
      [],
      [],
      ["c", "b", "a"],
    ],
    [
      "the mean counts, not how often it was used",
      [...felt("b", "helped-a-bit", "helped-a-bit", "helped-a-bit"), ...felt("c", "helped")],
      [],
      [],
      ["c", "b", "a"],
    ],
    ["no change leaves it where it is", felt("c", "no-change"), [], [], ["a", "b", "c"]],
    ["stopping early says nothing", felt("a", "stopped-early"), [], [], ["a", "b", "c"]],
    ["a star comes before the others", [], ["b"], [], ["b", "a", "c"]],
    ["and after what helped", felt("c", "helped-a-bit"), ["b"], [], ["c", "b", "a"]],
    ["hidden is not suggested", [], [], ["a"], ["b", "c"]],
    ["worse once is still there", felt("a", "made-it-worse"), [], [], ["a", "b", "c"]],
    [
      "worse twice is not suggested",
      felt("a", "made-it-worse", "made-it-worse"),
      [],
      [],
      ["b", "c"],
    ],
    [
      "not even when it also helped, or has a star",
      felt("a", "made-it-worse", "helped", "helped", "made-it-worse"),
      ["a"],
      [],
      ["b", "c"],
    ],
  ])("%s", (_, uses, starred, hidden, expected) => {
    expect(order(uses, starred, hidden)).toEqual(expected);
  });

  it("what helped with something else does not count here", () => {
    expect(order([use({ skill: "c", need: "sleep", felt: "helped" })])).toEqual(["a", "b", "c"]);
  });

  it.each([null, "order for the school"])("what helped with %s counts everywhere", (need) => {
    expect(order([use({ skill: "c", need, felt: "helped" })])).toEqual(["c", "a", "b"]);
  });

  it("what was worse for anything is not suggested for this", () => {
    const uses = ["sleep", "anger"].map((need) => use({ skill: "a", need, felt: "made-it-worse" }));
    expect(order(uses)).toEqual(["b", "c"]);
    expect(
      worsened(uses)
        .get("a")
        ?.map((each) => each.entry),
    ).toEqual(uses.map((each) => each.entry));
  });

  it("stopping early weighs nothing in the mean", () => {
    expect(helpfulness(felt("a", "helped", "stopped-early"), "a")).toBe(2);
    expect(helpfulness(felt("a", "helped", "made-it-worse"), "a")).toBe(0);
  });

  it("lists an own skill under the needs it was used for", () => {
    const mine = skill("mine", null);
    const uses = [use({ skill: "mine", need: "sleep" })];
    expect(fits(mine, "sleep", uses)).toBe(true);
    expect(fits(mine, "anger", uses)).toBe(false);
    expect(fits(skill("a"), "anxiety", uses)).toBe(true);
    expect(fits(skill("a"), "sleep", [use({ skill: "a", need: "sleep" })])).toBe(false);
  });
});
