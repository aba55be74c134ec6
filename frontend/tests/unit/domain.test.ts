// @vitest-environment node
import { describe, expect, it } from "vitest";

import type { DosingSession, Guide, Item, Rung } from "../../src/api/types.ts";
import { firstWords, isAnswered, wellFormed, withoutBlanks } from "../../src/domain/answers.ts";
import { uuid7 } from "../../src/domain/ids.ts";
import { nextTurn, softNow, stageNow } from "../../src/domain/stage.ts";
import * as steps from "../../src/domain/steps.ts";
import { clock, dayInWords, dayOf, daysAgo, longDay } from "../../src/domain/when.ts";
import { aGuide, anItem } from "./made.ts";

const item = (id: string, tier: Item["tier"]): Item => anItem({ id, text: id, tier });
const guide = (...items: Item[]): Guide => aGuide(items);

const GUIDE = guide(item("m1", "more"), item("c1", "core"), item("m2", "more"), item("c2", "core"));
const shown = (state: steps.Steps): string => steps.current(state)?.id ?? state.at.kind;

describe("guided steps", () => {
  it("ask core questions first and offer the rest", () => {
    let state = steps.open(GUIDE);
    const seen = [shown(state)];
    for (let i = 0; i < 3; i++) seen.push(shown((state = steps.next(state))));
    expect(seen).toEqual(["c1", "c2", "more", "end"]);
    expect(steps.atEnd(state)).toBe(true);
  });

  it("go on to the rest after a yes, and to the end", () => {
    let state = steps.more(steps.next(steps.next(steps.open(GUIDE))));
    expect(shown(state)).toBe("m1");
    expect(steps.shown(state).map(({ id }) => id)).toEqual(["c1", "c2", "m1", "m2"]);
    state = steps.next(steps.next(state));
    expect(shown(state)).toBe("end");
  });

  it("go back from anywhere, and stay at the first", () => {
    const first = steps.open(GUIDE);
    expect(steps.atStart(first)).toBe(true);
    expect(shown(steps.back(first))).toBe("c1");
    const offer = steps.next(steps.next(first));
    expect(shown(steps.back(offer))).toBe("c2");
    expect(shown(steps.back(steps.next(offer)))).toBe("c2");
  });

  it("reopen where they were left, with the rest open if it was", () => {
    const at = steps.next(steps.open(GUIDE));
    expect(shown(steps.open(GUIDE, steps.place(at)))).toBe("c2");
    const stopped = steps.doneForNow(at);
    expect(steps.atEnd(stopped)).toBe(true);
    expect(shown(steps.open(GUIDE, steps.place(stopped)))).toBe("c2");
    // The third question of the guide, whatever its turn: where 0 is the beginning.
    const inRest = steps.open(GUIDE, 3);
    expect([shown(inRest), inRest.more]).toEqual(["m2", true]);
    expect(steps.open(GUIDE, 0, { m2: { text: "words" } }).more).toBe(true);
  });

  it("say that a question was skipped, and never over words", () => {
    const first = steps.open(GUIDE);
    const skipped = steps.skip(first, {});
    expect(skipped.answers).toEqual({ c1: { state: "skipped" } });
    expect(shown(skipped.steps)).toBe("c2");
    const kept = steps.skip(first, { c1: { text: "words" } });
    expect(kept.answers).toEqual({ c1: { text: "words" } });
  });

  it("hold for odd places and guides", () => {
    for (const place of [-1, 99, Number.NaN, 1.5]) {
      expect(steps.current(steps.open(GUIDE, place))).not.toBeNull();
    }
    expect(shown(steps.open(guide()))).toBe("end");
    const rest = steps.open(guide(item("a", "more"), item("b", "more")));
    expect(shown(steps.next(steps.next(rest)))).toBe("end");
    const single = steps.open(guide(item("free-01", "core")));
    expect(shown(steps.next(single))).toBe("end");
  });
});

describe("the stage", () => {
  const rung = (from: string, stage: Rung["stage"]): Rung => ({ from, stage, dosing_number: 1 });
  const ladder = [
    rung("2026-11-01T00:00:00Z", "prep"),
    rung("2026-11-23T14:00:00Z", "day"),
    rung("2026-11-24T09:00:00Z", "refl"),
  ];
  const dose: DosingSession = {
    id: "d",
    number: 3,
    started_at: "2026-11-23T14:00:00Z",
    ended_at: null,
    route: "im",
    clear_at: "2026-11-24T09:00:00Z",
  };
  const at = (time: string): number => Date.parse(time);

  it("is the last rung that has begun, to the second", () => {
    expect(stageNow(ladder, at("2026-10-31T23:59:59Z"))).toBeNull();
    expect(stageNow(ladder, at("2026-11-23T13:59:59Z"))?.stage).toBe("prep");
    expect(stageNow(ladder, at("2026-11-23T14:00:00Z"))?.stage).toBe("day");
    expect(stageNow(ladder, new Date("2026-12-24T09:00:00Z"))?.stage).toBe("refl");
    expect(stageNow(ladder.toReversed(), at("2026-11-25T00:00:00Z"))?.stage).toBe("refl");
    expect(stageNow([], Date.now())).toBeNull();
  });

  it("is soft from the start of a dose until heads are clear", () => {
    expect(softNow([dose], at("2026-11-23T13:59:59Z"))).toBeNull();
    expect(softNow([dose], at("2026-11-23T14:00:00Z"))).toBe(dose);
    expect(softNow([dose], at("2026-11-24T08:59:59Z"))).toBe(dose);
    expect(softNow([dose], at("2026-11-24T09:00:00Z"))).toBeNull();
  });

  it("knows when to look again", () => {
    expect(nextTurn(ladder, [dose], at("2026-11-23T15:00:00Z"))).toBe(at("2026-11-24T09:00:00Z"));
    expect(nextTurn(ladder, [dose], at("2027-01-01T00:00:00Z"))).toBeNull();
  });
});

describe("answers", () => {
  it("are made well formed at any depth", () => {
    expect(wellFormed({ a: ["\ud800", { b: "x\u0000" }], n: 3 })).toEqual({
      a: ["\ufffd", { b: "x\ufffd" }],
      n: 3,
    });
  });

  it("lose what is blank, and keep a zero and a state", () => {
    const answers = {
      a: { text: "  " },
      b: { scale: 0, text: "" },
      c: { state: "skipped" },
      d: { places: [] },
    };
    expect(withoutBlanks(answers)).toEqual({ b: { scale: 0 }, c: { state: "skipped" } });
    expect(isAnswered(answers.b)).toBe(true);
    expect(isAnswered(answers.c)).toBe(false);
  });

  it("give their first words, cut between characters", () => {
    const one = guide(item("x", "core"));
    expect(firstWords(one, { x: { text: "  a\n b " } })).toBe("a b");
    expect(firstWords(one, { x: { text: "🌊".repeat(9) } }, 3)).toBe("🌊🌊🌊…");
    expect(firstWords(one, {})).toBe("");
    const more = aGuide([
      anItem({ id: "step", parts: [{ name: "step", kind: "step" }] }),
      anItem({ id: "list", parts: [{ name: "list", kind: "list", max: null }] }),
    ]);
    expect(firstWords(more, { step: { step: { what: "walk" } } })).toBe("walk");
    expect(firstWords(more, { list: { list: ["ring Jo", "rest"] } })).toBe("ring Jo");
  });
});

describe("ids", () => {
  it("are version 7, different, and in the order they were made", () => {
    const ids = Array.from({ length: 6000 }, () => uuid7());
    expect(new Set(ids).size).toBe(6000);
    expect(ids.toSorted()).toEqual(ids);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });
});

describe("dates", () => {
  const now = Date.parse("2026-11-24T10:00:00Z");

  it("are those of the zone", () => {
    expect(dayOf("2026-11-24T06:30:00Z", "America/Los_Angeles")).toBe("2026-11-23");
    expect(daysAgo("2026-11-23T23:30:00Z", "Europe/London", now)).toBe(1);
    expect(daysAgo("2026-11-23T23:30:00Z", "Asia/Tokyo", now)).toBe(0);
    expect(clock("2026-11-24T09:12:00Z", "Europe/London")).toBe("9:12");
    expect(clock("2026-11-24T00:05:00Z", "Europe/London")).toBe("0:05");
  });

  it("are said in words", () => {
    const said = (at: string): string => dayInWords(at, "Europe/London", now);
    expect(said("2026-11-24T23:00:00Z")).toBe("today");
    expect(said("2026-11-23T00:00:00Z")).toBe("yesterday");
    expect(said("2026-11-25T12:00:00Z")).toBe("tomorrow");
    expect(said("2026-11-20T12:00:00Z")).toBe("Friday");
    expect(said("2026-11-08T12:00:00Z")).toBe("Sunday 8 November");
    expect(longDay("2025-11-24T12:00:00Z", "Europe/London", now)).toBe("Monday 24 November 2025");
  });

  it("hold across a change of the clocks and in a zone nobody knows", () => {
    expect(
      daysAgo("2026-10-24T22:30:00Z", "Europe/London", Date.parse("2026-10-26T00:30:00Z")),
    ).toBe(2);
    expect(clock("2026-11-24T09:12:00Z", "Mars/Olympus")).toBe("9:12");
  });
});
