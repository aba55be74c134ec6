import { describe, expect, it } from "vitest";

import { differences } from "../../src/desk/clinic/differences.ts";
import {
  answeredBy,
  checkable,
  groups,
  isOwnItem,
  lockOf,
  moved,
  newGuide,
  newItem,
  tidyGuide,
} from "../../src/desk/clinic/guide.ts";
import type { EditItem, Tier } from "../../src/desk/clinic/shapes.ts";
import { plainly, tidyTexts } from "../../src/desk/clinic/texts.ts";
import { firstItem } from "../../src/desk/clinic/wrong.ts";
import { clinic as text } from "../../src/text/clinic.ts";

function item(id: string, tier: Tier = "core"): EditItem {
  return { ...newItem("long", tier, "ours"), id, text: `Question ${id}` };
}
const ids = (items: readonly EditItem[]) => items.map(({ id }) => id).join("");

describe("the questions of a guide", () => {
  it("move past those that are asked with them, and past no others", () => {
    const items = [item("a"), item("x", "more"), item("b"), item("y", "more")];
    expect(ids(moved(items, "b", -1))).toBe("bxay");
    expect(ids(moved(items, "x", 1))).toBe("aybx");
    expect(ids(moved(items, "a", -1))).toBe("axby");
    expect(ids(moved(items, "y", 1))).toBe("axby");
    expect(ids(moved(items, "nobody", 1))).toBe("axby");
  });

  it("get ids of their own, which say that the clinic may take them out", () => {
    const [one, two] = [newItem("scale", "core", "ours"), newItem("scale", "core", "ours")];
    expect(one.id).toMatch(/^x-[0-9a-f]{12}$/);
    expect(one.id).not.toBe(two.id);
    expect(isOwnItem(one)).toBe(true);
    expect(isOwnItem({ id: "refl-02" })).toBe(false);
  });

  it("keep their words where they are about the clinic, and their answers with the Help card", () => {
    const never = { ...item("refl-10"), share: "never" as const };
    const card = { ...item("pre-07"), notes: [{ note: "help-card" }] as never };
    const other = { ...item("day-01"), notes: [{ note: "unwell" }] as never };
    expect([never, card, other, { ...never, id: "x-0123456789ab" }, undefined].map(lockOf)).toEqual(
      ["words", "answers", null, null, null],
    );
  });

  it("are sent as single lines; what stands empty is null where it may be", () => {
    const guide = {
      ...newGuide("c-0123456789ab", "ours"),
      title: "  Two\n words ",
      items: [{ ...item("a"), text: " Who \t came? ", help: "  ", nothing: "" }],
    };
    const tidy = tidyGuide(guide);
    expect(tidy.title).toBe("Two words");
    expect(tidy.items[0]).toMatchObject({ text: "Who came?", help: null, nothing: null });
  });

  it("keep what the editor does not know of", () => {
    const rule = { part: "text", note: "soft_stop", to: "none" };
    const guide = { ...newGuide("c-1", "ours"), items: [{ ...item("a"), notes: [rule] as never }] };
    expect(tidyGuide(guide).items[0]?.notes).toEqual([rule]);
  });

  it("are looked over without those that still miss words", () => {
    const whole = item("a");
    const blank = { ...item("b"), text: " " };
    const scale = { ...newItem("scale", "core", "ours"), text: "How heavy?" };
    const choice = { ...newItem("choice", "core", "ours"), text: "Which?" };
    const guide = { ...newGuide("c-1", "ours"), items: [whole, blank, scale, choice] };
    expect(checkable(guide).items.map(({ id }) => id)).toEqual(["a"]);
  });

  it("say how they are answered, each way once", () => {
    const scale = newItem("scale", "core", "ours");
    const both = { ...scale, parts: [...scale.parts, ...item("a").parts, ...item("b").parts] };
    expect(answeredBy(both, text.item.parts)).toBe("A number from 0 to 10, long text");
  });
});

it("guides stand in the order of the ladder, and measures come last", () => {
  const guide = (id: string, kind: string, stage: string | null = null) => ({ id, kind, stage });
  const found = groups([
    guide("phq8", "measure"),
    guide("end", "reflection", "end"),
    guide("effects", "log"),
    guide("day", "reflection", "day"),
    guide("own", "reflection"),
    guide("prep", "reflection", "prep"),
  ]);
  expect(found.map((each) => [each.id, each.guides.map(({ id }) => id)])).toEqual([
    ["ladder", ["prep", "day", "end"]],
    ["extras", ["own"]],
    ["logs", ["effects"]],
    ["measures", ["phq8"]],
  ]);
});

describe("two versions", () => {
  it("differ where a person changed words, whatever moved", () => {
    const [a, b] = [item("a"), item("b")];
    const mine = { ...newGuide("c-1", "ours"), items: [a, { ...b, text: "Mine" }] };
    const theirs = { ...newGuide("c-1", "ours"), items: [{ ...b, text: "Theirs" }, a] };
    expect(differences(mine, theirs)).toContainEqual({
      where: "“Theirs”: Question",
      mine: "Mine",
      theirs: "Theirs",
    });
    expect(differences(mine, theirs).map((each) => each.where)).toContain("Order of the questions");
    const reworded = { ...mine, items: [{ ...a, text: "Reworded" }, mine.items[1]] };
    expect(differences(mine, reworded).map((each) => each.where)).toEqual(["“Reworded”: Question"]);
    expect(differences(mine, structuredClone(mine))).toEqual([]);
  });
});

describe("remarks about the words", () => {
  it.each([
    ["the word 'just'", "“just” makes it sound small."],
    ["the word 'Why'", "“Why” can sound like blame; “what” or “how” asks the same."],
    ["the word 'heals'", "“heals” promises more than anyone can."],
    ["reads at grade 9.1", "Long words or a long sentence. Shorter ones are easier on a hard day."],
    [
      "more than 12 words on the day",
      "In the hours after a dose, up to 12 words are easy to read.",
    ],
    ["something new", "Something new."],
  ])("%s", (rule, said) => {
    expect(text.advice.plain(rule)).toBe(said);
  });
});

describe("a clinic's texts", () => {
  const plan = { who: " Dr Reyes ", days: "", within: "a day", what: "call", backup: "Dr Okafor" };
  const texts = { numbers: [], after_dose: ["Rest. "], response_plan: plan };

  it("are sent without space at their ends", () => {
    const tidy = tidyTexts(texts);
    expect(tidy.response_plan?.who).toBe("Dr Reyes");
    expect(tidy.after_dose).toEqual(["Rest."]);
    expect(tidyTexts({ ...texts, response_plan: null }).response_plan).toBeNull();
  });

  it("say in plain words what is missing, and leave other reasons as they are", () => {
    const problems = { "/response_plan/days": "Needs one line.", "/after_dose/0": "Too long." };
    expect(plainly(problems, texts)).toEqual({
      "/response_plan/days": "This needs words.",
      "/after_dose/0": "Too long.",
    });
  });
});

it("the first question with a problem is the one that opens", () => {
  expect(firstItem({ "/items/12/text": "", "/items/3/help": "", "/title": "" })).toBe(3);
  expect(firstItem({ "/title": "" })).toBeNull();
});
