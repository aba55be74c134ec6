import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

import type { Fact, Page } from "../../src/api/types.ts";
import { MOST_WORDS, opening } from "../../src/page/opening.ts";
import { FLAGS, INTENTION, SAFETY, SAFETY_PLAN, TALK, VISIT } from "../../src/page/rules.ts";
import { countWords, firstWords } from "../../src/page/short.ts";
import { excerpt, page } from "./pages.ts";

const data = (path: string) =>
  readFileSync(resolve(import.meta.dirname, "../../../journal/content/data", path), "utf-8");
const long = "word ".repeat(400);

const item = (id: string, ...of: number[]): Fact => ({ kind: "item", id, label: "", of });

describe("the first words of something", () => {
  it("are all of it when it is short", () => {
    expect(firstWords(" One. Two. ", 5)).toEqual({ text: "One. Two.", cut: false });
  });

  it("end with a sentence where one ends late enough", () => {
    const said = "I check. I check whether I am checking. She asked what the pen sounded like.";
    expect(firstWords(said, 10)).toEqual({
      text: "I check. I check whether I am checking.",
      cut: true,
    });
    expect(firstWords(said, 5)).toEqual({ text: "I check. I check whether\u00a0…", cut: true });
  });

  it("are counted in every script", () => {
    expect(countWords("Ich war da.")).toBe(3);
    expect(countWords("ไม่มีอะไรเกิดขึ้น")).toBeGreaterThan(2);
    expect(firstWords("ไม่มีอะไรเกิดขึ้น", 2).cut).toBe(true);
  });
});

describe("what stands before more", () => {
  it("never has more words than may be", () => {
    const ids = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    const much = page(
      ids.map((id) => excerpt({ id, rows: [["A question?", long, long, long]] })),
      {
        agenda: "a",
        visit: ["b"],
        carried: ["c", "d", "e", "f"],
        first: ["c", "d", "e"],
        steps: ["g", "h"],
        intention: "i",
      },
    );
    const { agenda, carried, leads, steps, intention } = opening(much);
    const words = [
      ...agenda.flatMap(({ lines }) => lines),
      ...carried,
      ...leads,
      ...steps,
      ...(intention ? [intention] : []),
    ].reduce((sum, { text }) => sum + countWords(text), 0);
    expect(words).toBeLessThan(MOST_WORDS);
  });

  it("gives what leads as much room as there is", () => {
    const alone = opening(page([excerpt({ rows: [["", long]] })], { first: ["a"] }));
    expect(countWords(alone.leads[0]?.text ?? "")).toBe(50);
    expect(alone.leads[0]?.cut).toBe(true);
  });

  it("shortens nothing that concerns safety, and shows nothing beside it", () => {
    const asked: [string, string][] = [
      ["What do you want to use this visit for?", "The rests."],
      ["Have you thought about dying?", long],
    ];
    const { safety } = opening(
      page([excerpt({ rows: asked, facts: [item("pre-07", 1)] })], { safety: ["a"] }),
    );
    expect(safety[0]?.items).toHaveLength(1);
    expect(safety[0]?.items[0]?.answer.lines[0]?.value).toBe(long);
  });

  it("names a safety plan and its day, and shows it when it is asked for", () => {
    const plan = excerpt({ category: "safety-plan", rows: [["What I can do", "Walk."]] });
    const { safety, plans } = opening(page([plan], { safety: ["a"] }));
    expect(safety).toEqual([]);
    expect(plans).toMatchObject([{ excerpt: { id: "a" }, text: "", cut: true }]);
  });

  it("puts the agenda under its own questions", () => {
    const agenda = excerpt({
      guide: "agenda",
      rows: [
        [TALK, "Work.", "The door."],
        ["Start with", "Work."],
      ],
    });
    expect(opening(page([agenda], { agenda: "a" })).agenda).toEqual([
      {
        question: null,
        lines: [
          { text: "Work.", cut: false },
          { text: "The door.", cut: false },
        ],
      },
      { question: "Start with", lines: [{ text: "Work.", cut: false }] },
    ]);
  });

  it("begins with the newest words where nobody put an order", () => {
    const plain: Page = page([
      excerpt({ id: "numbers", rows: [["How is it?", "*4 of 10"]] }),
      ...["a", "b", "c", "d"].map((id) => excerpt({ id })),
    ]);
    expect(opening(plain).leads.map((one) => one.excerpt.id)).toEqual(["a", "b", "c"]);
  });

  it("takes an intention out of what stands around it", () => {
    const prep = excerpt({
      rows: [
        ["What brings you here?", "A long story."],
        ["What is your intention?", "To close the tab."],
      ],
      facts: [item(INTENTION, 1)],
    });
    expect(opening(page([prep], { intention: "a" })).intention?.text).toBe("To close the tab.");
  });
});

describe("the rules of the page", () => {
  const said = data("page.toml");
  const listed = (name: string) =>
    JSON.parse(new RegExp(`^${name} = (\\[.*?\\])$`, "ms").exec(said)?.[1] ?? "null") as unknown;

  it("are those of the server", () => {
    expect(listed("safety")).toEqual([...SAFETY]);
    expect(listed("safety_categories")).toEqual([SAFETY_PLAN]);
    expect(listed("red_flags")).toEqual([...FLAGS]);
    expect(listed("visit")).toEqual([...VISIT]);
    expect(said).toContain(`intention = "${INTENTION}"`);
    const agenda = data("guides/agenda.1.toml");
    expect(agenda).toContain(`text = "${TALK}"`);
  });
});
