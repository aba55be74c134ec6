import { describe, expect, it } from "vitest";

import type { Answers, Guide, Item, Library } from "../../src/api/types.ts";
import type { LocalEntry } from "../../src/data/entries.ts";
import { firstWords } from "../../src/domain/answers.ts";
import {
  contactsIn,
  linesIn,
  peopleIn,
  planIn,
  skillsIn,
  starredSkills,
  steadying,
  textsIn,
} from "../../src/plan/own.ts";
import { linesFor } from "../../src/plan/places.ts";

const entry = (guide: string, answers: Answers, id = guide): LocalEntry =>
  ({ id, guide, answers }) as unknown as LocalEntry;

const skill = (id: string, from_help: boolean) => ({
  id,
  title: `The ${id}`,
  steps: [`${id} one`, `${id} two`],
  caution: "",
  from_help,
});

const library = {
  skills: [skill("room", true), skill("breath", false), skill("cold", true), skill("tree", true)],
} as unknown as Library;

const PLAN = entry("plan", {
  "plan-02": {
    list: ["Walk to the sea", " "],
    skills: [{ skill: "breath", title: "The breath" }],
  },
  "plan-04": { contacts: [{ name: "Sam", phone: "07700 900123" }] },
});
const PREP = entry("prep", {
  "prep-06": { skills: [{ skill: "cold", title: "The cold" }] },
  "prep-08": { contacts: [{ name: "Kim", phone: "07700 900456" }] },
});

const titles = (entries: LocalEntry[], hidden: string[] = []): string[] =>
  steadying(entries, library, hidden).map((each) => each.title);

describe("two things that steady", () => {
  it("are the plan's own lines before its skills", () => {
    expect(titles([PREP, PLAN])).toEqual(["Walk to the sea", "The breath"]);
  });

  it("are those picked before a session where there is no plan, filled up from Help", () => {
    expect(titles([PREP])).toEqual(["The cold", "The room"]);
  });

  it("are those under Help where nothing is written, without what was hidden", () => {
    expect(titles([])).toEqual(["The room", "The cold"]);
    expect(titles([], ["room"])).toEqual(["The cold", "The tree"]);
    expect(steadying([], null)).toEqual([]);
  });

  it("bring the steps of a skill, also of one's own", () => {
    const made = entry("own-skill", {
      "own-skill-01": { text: "Dog" },
      "own-skill-03": { list: ["Call her", "Sit down"] },
    });
    const answer = { skills: [{ skill: made.id, title: "Dog" }] };
    expect(skillsIn(answer, library, [made])).toEqual([
      { title: "Dog", own: true, steps: ["Call her", "Sit down"], caution: null },
    ]);
    expect(skillsIn(answer, library, [])).toEqual([
      { title: "Dog", own: true, steps: [], caution: null },
    ]);
    expect(
      starredSkills(["tree", made.id, "gone"], library, [made]).map((one) => one.title),
    ).toEqual(["The tree", "Dog"]);
  });
});

describe("the people", () => {
  it("are the plan's; without any, those named before a session", () => {
    expect(peopleIn([PREP, PLAN])).toEqual([{ name: "Sam", phone: "07700 900123" }]);
    expect(peopleIn([PREP, entry("plan", { "plan-01": { list: ["x"] } })])).toEqual([
      { name: "Kim", phone: "07700 900456" },
    ]);
    expect(peopleIn([])).toEqual([]);
  });
});

describe("the plan", () => {
  it("is the newest with something in it", () => {
    const blank = entry("plan", { "plan-01": { state: "skipped" } }, "blank");
    expect(planIn([blank, PLAN])?.id).toBe("plan");
    expect(planIn([PREP])).toBeNull();
  });

  it("is read part by part, whatever is missing", () => {
    expect(linesIn({ list: ["a", "", "b"] })).toEqual(["a", "b"]);
    expect(linesIn({ state: "skipped" })).toEqual([]);
    expect(contactsIn({ list: ["a"], contacts: [{ name: "", phone: " " }] })).toEqual([]);
    const item = {
      parts: [
        { name: "text", kind: "text" },
        { name: "held", kind: "text", label: "Held by" },
      ],
    } as unknown as Item;
    expect(textsIn(item, { held: "Sam" })).toEqual([{ label: "Held by", words: "Sam" }]);
    expect(textsIn(item, undefined)).toEqual([]);
  });
});

describe("the first words of an entry, in a list", () => {
  it("are none of those that are locked", () => {
    const item = (id: string, share: string) => ({
      id,
      share,
      parts: [{ name: "text", kind: "text" }],
    });
    const guide = { items: [item("locked", "never"), item("open", "ask")] } as unknown as Guide;
    expect(firstWords(guide, { locked: { text: "A secret" } })).toBe("");
    expect(firstWords(guide, { locked: { text: "A secret" }, open: { text: "A day" } })).toBe(
      "A day",
    );
  });
});

describe("the places outside the therapist", () => {
  it("are there for every region, with no number but the emergency one", () => {
    for (const region of ["US", "GB", "IE", "CA", "AU", "NZ", "PT", "*", ""]) {
      const places = linesFor(region, "999");
      expect(places.length).toBeGreaterThanOrEqual(4);
      expect(places.at(-1)?.about).toContain("999");
      const said = places.map((place) => place.name + place.about).join(" ");
      expect(said.replace("999", "").match(/\d{3,}/)).toBeNull();
    }
    expect(linesFor("PT", null).at(-1)?.about).not.toMatch(/\d/);
  });
});
