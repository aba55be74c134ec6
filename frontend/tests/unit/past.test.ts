// @vitest-environment node
import { describe, expect, it } from "vitest";

import type { Answers } from "../../src/api/types.ts";
import { courseSince, latestAnswer, looksBack, pastOf, visitOf } from "../../src/domain/past.ts";
import * as steps from "../../src/domain/steps.ts";
import { aGuide, anItem, aRule } from "./made.ts";

const WEEK = aGuide(
  [
    anItem({ id: "c1" }),
    anItem({ id: "m1", tier: "more" }),
    anItem({ id: "c2" }),
    anItem({ id: "m2", tier: "more" }),
    anItem({ id: "c3" }),
  ],
  { id: "week", ask: 2 },
);
const said = { text: "words" };

function entry(day: number, answers: Answers, more: { id?: string; guide?: string } = {}) {
  const at = `2026-11-${String(day).padStart(2, "0")}T10:00:00Z`;
  return { id: `e${day}`, guide: "week", created_at: at, occurred_at: at, answers, ...more };
}

const order = (...args: Parameters<typeof visitOf>) => {
  const opened = steps.open(args[0], 0, {}, visitOf(...args));
  return {
    asked: opened.order.slice(0, opened.core).map((item) => item.id),
    all: opened.order.map((item) => item.id),
  };
};

describe("what is asked at a visit", () => {
  it("is so many questions, the core ones first while none was answered", () => {
    expect(order(WEEK, [], undefined)).toEqual({
      asked: ["c1", "c2"],
      all: ["c1", "c2", "c3", "m1", "m2"],
    });
  });

  it("comes in turn: what was answered longest ago is next", () => {
    const first = entry(1, { c1: said, c2: { state: "skipped" } });
    const second = entry(2, { c3: said, m1: { state: "unsure" } });
    expect(order(WEEK, pastOf([first], null), undefined).asked).toEqual(["c3", "m1"]);
    expect(order(WEEK, pastOf([second, first], null), undefined).asked).toEqual(["m2", "c1"]);
    const third = entry(3, { m2: said, c1: said });
    const past = pastOf([first, second, third], null);
    expect(order(WEEK, past, undefined).asked).toEqual(["c2", "c3"]);
  });

  it("takes no turn from another guide", () => {
    const elsewhere = entry(1, { c1: said }, { guide: "refl" });
    expect(order(WEEK, pastOf([elsewhere], null), undefined).asked).toEqual(["c1", "c2"]);
  });

  it("is what the person chose, in the order of the guide, as many as they like", () => {
    const past = pastOf([entry(1, { m2: said })], null);
    expect(order(WEEK, past, ["m2", "c1", "m1", "gone"])).toEqual({
      asked: ["c1", "m1", "m2"],
      all: ["c1", "m1", "m2", "c2", "c3"],
    });
    expect(order(WEEK, past, ["gone"]).asked).toEqual(["c1", "c2"]);
    expect(order(WEEK, past, []).asked).toEqual(["c1", "c2"]);
  });

  it("is everything where a guide does not say how much", () => {
    const past = pastOf([entry(1, { c1: said })], null);
    const { asked } = order({ ...WEEK, ask: null }, past, ["m1"]);
    expect(asked).toEqual(["c1", "c2", "c3"]);
  });

  it("is every question when an entry is changed", () => {
    const opened = steps.open(WEEK, 0, {}, { all: true });
    expect(opened.core).toBe(3);
    expect(opened.order).toHaveLength(5);
  });
});

describe("an entry that was begun", () => {
  const begun = entry(5, { c3: said });
  const before = entry(1, { c1: said, c2: said });
  const visit = (...all: ReturnType<typeof entry>[]) =>
    visitOf(WEEK, pastOf([begun, ...all], begun), undefined);

  it("asks the same questions whatever is written after it", () => {
    const open = (now: steps.Visit) => steps.open(WEEK, 0, begun.answers, now).order;
    const first = open(visit(before));
    expect(open(visit(before, entry(6, { m1: said, m2: said })))).toEqual(first);
  });

  it("reopens at its question also when the order has changed", () => {
    let state = steps.open(WEEK, 0, {}, visit(before));
    state = steps.next(state);
    const left = steps.current(state)?.id;
    for (const changed of [visit(), visit(before), { chosen: ["m2"] }]) {
      const found = steps.open(WEEK, steps.place(state), begun.answers, changed);
      expect(steps.current(found)?.id).toBe(left);
    }
  });

  it("keeps its order on this phone when entries from before it arrive late", () => {
    const first = steps.open(WEEK, 0, {}, visit());
    const later = { ...visit(before), chosen: ["m2"], begun: steps.turns(first) };
    const found = steps.open(WEEK, 0, {}, later);
    expect(steps.turns(found)).toEqual(steps.turns(first));
    const wider = { ...WEEK, items: [...WEEK.items, anItem({ id: "new" })] };
    expect(steps.open(wider, 0, {}, later).order.at(-1)?.id).toBe("new");
  });

  it("counts an entry made in the same moment by its id", () => {
    const twin = { ...begun, id: "e4" };
    expect(pastOf([twin, begun], begun).map(({ id }) => id)).toEqual(["e4"]);
    expect(pastOf([twin, begun], twin)).toEqual([]);
  });
});

describe("the closing card of the day", () => {
  const day = aGuide([anItem({ id: "day-01" }), anItem({ id: "day-10", tier: "more" })]);

  it("asks its own question, which is no step", () => {
    expect(steps.open(day).order.map((item) => item.id)).toEqual(["day-01"]);
    expect(steps.closingItem(day)?.id).toBe("day-10");
    expect(steps.closingItem(WEEK)).toBeNull();
  });

  it("lets the answer be changed later like any other", () => {
    const opened = steps.open(day, 2, {}, { all: true });
    expect(steps.current(opened)?.id).toBe("day-10");
  });
});

describe("an answer that is shown back", () => {
  const old = entry(1, { "prep-03": { text: "To be open." } });
  const newer = entry(3, { "prep-03": { state: "unsure" } });
  const newest = entry(4, { "prep-03": { text: "To listen." } });

  it("is the latest one that says something", () => {
    const past = pastOf([old, newer], null);
    expect(latestAnswer("prep-03", past, 0)?.answer).toEqual({ text: "To be open." });
    const more = pastOf([old, newest, newer], null);
    expect(latestAnswer("prep-03", more, 0)?.answer).toEqual({ text: "To listen." });
    expect(latestAnswer("prep-04", past, 0)).toBeNull();
  });

  it("belongs to the present course", () => {
    const since = courseSince([
      { started_at: "2027-03-20T10:00:00Z" },
      { started_at: "2027-03-01T10:00:00Z" },
    ]);
    expect(latestAnswer("prep-03", pastOf([old], null), since)).toBeNull();
    expect(courseSince([])).toBe(0);
  });
});

describe("looking back", () => {
  it("is done for guides that need it", () => {
    expect(looksBack(WEEK)).toBe(true);
    expect(looksBack(aGuide([anItem()]))).toBe(false);
    expect(looksBack(aGuide([anItem({ shows: "prep-03" })]))).toBe(true);
    expect(looksBack(aGuide([anItem({ notes: [aRule({ any: ["a"] })] })]))).toBe(false);
    expect(looksBack(aGuide([anItem({ notes: [aRule({ at_most: 3, times: 3 })] })]))).toBe(true);
  });
});
