/** Finding one's own words: what is alike, what is found, and what is not. */
import { afterEach, describe, expect, it } from "vitest";

import type { Answers, Guide } from "../../src/api/types.ts";
import { changed } from "../../src/data/changes.ts";
import type { LocalEntry } from "../../src/data/entries.ts";
import { excerpt, fold, hay, needles, pieces } from "../../src/domain/fold.ts";
import { index, SearchIndex } from "../../src/search/index.ts";
import { aGuide, anItem } from "./made.ts";

const has = (text: string, typed: string) =>
  needles(typed).every((needle) => hay(text).includes(needle));

describe("what is alike", () => {
  it.each([
    ["Crème brûlée", "creme brulee"],
    ["STRASSE", "straße"],
    ["Straße", "strass"],
    ["Łódź", "lodz"],
    ["İstanbul", "istanbul"],
    ["Ærø", "aero"],
    ["don’t", "dont"],
    ["don't", "don’t"],
    ["Привет, ёлка", "ПРИВЕТ елка"],
    ["Ἀθῆναι", "αθηναι"],
    ["שָׁלוֹם", "שלום"],
    ["مُحَمَّد", "محمد"],
    ["Việt Nam", "viet nam"],
    ["ﬁnding", "finding"],
    ["e\u0301te\u0301", "été"],
    ["한국어", "한국"],
    ["नमस्ते दुनिया", "नमस्ते"],
  ])("%s is found with %s", (text, typed) => {
    expect(has(text, typed)).toBe(true);
  });

  it("each word may be the beginning of one, and all have to be there", () => {
    expect(has("The river, and the open door.", "riv doo")).toBe(true);
    expect(has("The river, and the open door.", "door river")).toBe(true);
    expect(has("The river, and the open door.", "iver")).toBe(false);
    expect(has("The river, and the open door.", "river window")).toBe(false);
  });

  it("where a script has no spaces a word is found anywhere", () => {
    expect(has("昨日は川のそばを歩いた", "川")).toBe(true);
    expect(has("เมื่อวานฉันเดินริมแม่น้ำ", "แม่น้ำ")).toBe(true);
    expect(has("昨日は川のそばを歩いた", "海")).toBe(false);
  });

  it("signs alone are nothing to look for", () => {
    expect(needles(" … !? — ")).toEqual([]);
    expect(fold("😀 a")).toBe(" a");
  });
});

describe("what is shown of a line", () => {
  const found = (text: string, typed: string) =>
    pieces(text, needles(typed))
      .filter((piece) => piece.found)
      .map((piece) => piece.text);
  const whole = (text: string, typed: string) =>
    pieces(text, needles(typed))
      .map((piece) => piece.text)
      .join("");

  it.each([
    ["Crème brûlée again", "creme", ["Crème"]],
    ["A straße, a Straßenbahn", "strass", ["straße".slice(0, 5), "Straß"]],
    ["e\u0301te\u0301 is over", "ete", ["e\u0301te\u0301"]],
    ["don’t, don’t", "dont", ["don’t", "don’t"]],
    ["昨日は川のそば", "川", ["川"]],
    ["river River riverbed", "river", ["river", "River", "river"]],
    ["😀 one 😀 two", "two", ["two"]],
    ["nothing here", "river", []],
  ])("in %j looking for %j", (text, typed, hits) => {
    expect(found(text, typed)).toEqual(hits);
    expect(whole(text, typed)).toBe(text);
  });

  it("a long line is cut around what was found, and never inside a letter", () => {
    const long = `${"word ".repeat(200)}riverbed ${"😀".repeat(200)}`;
    const shown = excerpt(long, needles("river"));
    expect(shown).toContain("riverbed");
    expect(shown.length).toBeLessThan(200);
    expect(shown).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
    expect(excerpt("  short   line ", needles("x"))).toBe("short line");
  });
});

const NOTES = aGuide([anItem({ id: "free-01" })], { id: "free", kind: "writing", title: "Free" });
const REFL = aGuide([anItem({ id: "refl-01" })], { title: "The next day or two" });
const CONCERN = aGuide([anItem({ id: "concern-01" })], { id: "concern", kind: "concern" });
const GUIDES: Record<string, Guide> = { free: NOTES, refl: REFL, concern: CONCERN };

let made = 0;
function entry(guide: string, text: string, answers?: Answers): LocalEntry {
  return {
    id: `entry-${String((made += 1))}`,
    guide,
    edition: 1,
    occurred_at: "2026-11-24T10:00:00Z",
    zone: "UTC",
    created_at: "2026-11-24T10:00:00Z",
    answers: answers ?? { [`${guide}-01`]: { text } },
    revision: null,
    dirty: 1,
    state: "on-phone",
    place: 0,
    finished: true,
    saved_at: null,
    conflicts: [],
    problem: null,
    base: null,
  };
}

describe("what is found", () => {
  const guideOf = ({ guide }: LocalEntry) => GUIDES[guide];
  const find = (typed: string, entries: LocalEntry[]) =>
    new SearchIndex().find(typed, entries, guideOf);

  afterEach(() => index.clear());

  it("the line in the person's words, and the entries in their order", () => {
    const first = entry("free", "Nothing.\nThe river again.\nAnd the door.");
    const second = entry("refl", "A river, a door.");
    const hits = find("river", [first, second]);
    expect(hits.map(({ entry: { id } }) => id)).toEqual([first.id, second.id]);
    expect(hits[0]?.line).toBe("The river again.");
  });

  it("words of several lines are found, and the line with most of them is shown", () => {
    const one = entry("free", "The river.\nThe door by the river.\nThe door.");
    expect(find("river door", [one])[0]?.line).toBe("The door by the river.");
    expect(find("river", [entry("free", "The river.\nThe door.")])).toHaveLength(1);
    expect(find("door nothing river", [one])).toEqual([]);
  });

  it("the title of the questions counts too", () => {
    const one = entry("refl", "The river.");
    expect(find("next day", [one])).toEqual([{ entry: one, line: null }]);
    expect(find("next river", [one])[0]?.line).toBe("The river.");
  });

  it("a page about one's care is found nowhere", () => {
    expect(find("river", [entry("concern", "The river.")])).toEqual([]);
  });

  it("an answer whose questions are not here yet is found by its words", () => {
    expect(find("river", [entry("unknown", "", { x: { text: "The river." } })])).toHaveLength(1);
  });

  it("a changed entry is found by its new words and not by the old ones", () => {
    const here = new SearchIndex();
    const one = entry("free", "The river.");
    expect(here.find("river", [one], guideOf)).toHaveLength(1);
    one.answers = { "free-01": { text: "The door." } };
    expect(here.find("river", [one], guideOf)).toEqual([]);
    expect(here.find("door", [one], guideOf)).toHaveLength(1);
  });

  it("reading ahead stops when it is told to", async () => {
    const many = Array.from({ length: 3000 }, () => entry("free", "A river. ".repeat(300)));
    expect(await new SearchIndex().read(many, guideOf, null, () => true)).toBe(false);
    expect(await new SearchIndex().read(many.slice(0, 10), guideOf, null)).toBe(true);
  });

  it("after a lock nothing of it is left in memory", () => {
    index.find("river", [entry("free", "The river.")], guideOf);
    expect(index.size).toBe(1);
    changed("lock" as "account");
    expect(index.size).toBe(0);
  });
});
