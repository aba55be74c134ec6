import { describe, expect, it } from "vitest";

import type { Answers, Guide } from "../../../src/api/types.ts";
import { startEntry } from "../../../src/data/entries.ts";
import { firstWords } from "../../../src/domain/answers.ts";
import { fromEntry, OWN } from "../../../src/skills/own.ts";
import { steadyList } from "../../../src/skills/steady.ts";

const own = (answers: Record<string, unknown>) => ({
  ...startEntry({ id: OWN, edition: 1 }),
  answers: answers as Answers,
});

describe("a skill of one's own", () => {
  it("can be used once it has a name", () => {
    const entry = own({ "own-skill-01": { text: " Cold tea " } });
    expect(fromEntry(entry)).toMatchObject({
      id: entry.id,
      title: "Cold tea",
      when: null,
      steps: [],
      caution: null,
      need: null,
      dose_day: false,
      own: true,
    });
  });

  it("carries what was added", () => {
    const found = fromEntry(
      own({
        "own-skill-01": { text: "Cold tea" },
        "own-skill-02": { text: "On the step, late" },
        "own-skill-03": { list: ["Pour it.", "Sit."] },
        "own-skill-04": { text: "Not after four" },
      }),
    );
    expect(found).toMatchObject({
      when: "On the step, late",
      steps: ["Pour it.", "Sit."],
      caution: "Not after four",
    });
  });

  it.each([
    ["the first step", { "own-skill-03": { list: ["Pour it."] } }, "Pour it."],
    ["what every one is", { "own-skill-01": { state: "skipped" } }, "A skill of your own"],
  ])("is called by %s without a name", (_, answers, title) => {
    expect(fromEntry(own(answers)).title).toBe(title);
  });

  it("has a name no longer than an entry can carry", () => {
    const title = fromEntry(own({ "own-skill-01": { text: "🫖".repeat(300) } })).title;
    expect(Array.from(title)).toHaveLength(200);
  });
});

describe("a use of a skill in a list", () => {
  it("begins with the name of the skill, not with what it was for", () => {
    const parts = [
      { kind: "skills", name: "skill" },
      { kind: "text", name: "need" },
    ];
    const guide = { items: [{ id: "practice-01", parts }] } as unknown as Guide;
    const answers = {
      "practice-01": { need: "grounding", skill: [{ skill: "gr-room", title: "Room roll call" }] },
    };
    expect(firstWords(guide, answers)).toBe("Room roll call");
  });
});

describe("the steady list", () => {
  const prep = (answer: Record<string, unknown>, guide = "prep") => ({
    guide,
    answers: { "prep-06": answer } as Answers,
  });
  const room = { skill: "gr-room", title: "Room roll call" };

  it("is the latest answer that says something", () => {
    const list = steadyList([
      prep({ state: "skipped" }),
      prep({ skills: [room], text: " the stops of the 18 " }),
      prep({ skills: [{ skill: "an-park", title: "Park the worry" }] }),
    ]);
    expect(list).toEqual({ skills: [room], words: "the stops of the 18" });
  });

  it.each([
    ["nothing was asked", []],
    ["another guide was answered", [prep({ skills: [room] }, "refl")]],
    ["it was skipped", [prep({ state: "skipped" })]],
    ["what is there is not a list of skills", [prep({ skills: ["gr-room", null, { skill: 1 }] })]],
  ])("is empty when %s", (_, entries) => {
    expect(steadyList(entries)).toEqual({ skills: [], words: "" });
  });
});
