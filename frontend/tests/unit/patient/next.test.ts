import { describe, expect, it } from "vitest";

import type { Care, Guide, Handed, Library, Rung } from "../../../src/api/types.ts";
import { type LocalEntry, startEntry } from "../../../src/data/entries.ts";
import { checkedIn, nextThing, shownOnHome } from "../../../src/patient/next.ts";

const NOW = Date.parse("2026-11-24T09:00:00Z");
const HOUR = 3_600_000;

function guide(id: string, questions: number, kind: Guide["kind"] = "reflection"): Guide {
  return {
    id,
    edition: 1,
    kind,
    licence: "",
    source: null,
    ask: null,
    measure: null,
    title: id,
    intro: "",
    stage: null,
    category: "reflections",
    about: "",
    closing: "",
    items: Array.from({ length: questions }, (_, at) => ({
      id: `${id}-${at}`,
      text: "",
      help: null,
      tier: "core" as const,
      share: "ask" as const,
      category: null,
      nothing: null,
      source: "",
      shows: null,
      notes: [],
      parts: [],
    })),
  };
}

const library = {
  guides: [guide("refl", 4), guide("capture", 1, "writing")],
} as unknown as Library;
const whole = {
  guides: [
    ...library.guides,
    guide("week", 3),
    guide("check-in", 5, "check-in"),
    guide("phq8", 8, "measure"),
    guide("concern", 2, "concern"),
    guide("plan", 7, "plan"),
  ],
} as unknown as Library;
const care = { suggested: { refl: "refl", week: null }, dosing_sessions: [] } as unknown as Care;
const rung: Rung = { from: "2026-11-24T04:00:00Z", stage: "refl", dosing_number: 3 };

function entry(of: string, hoursAgo: number, more: Partial<LocalEntry> = {}): LocalEntry {
  const occurred_at = new Date(NOW - hoursAgo * HOUR).toISOString();
  return { ...startEntry({ id: of, edition: 1 }), occurred_at, finished: true, ...more };
}

describe("the one next thing", () => {
  it("is the guide of these days", () => {
    expect(nextThing(library, care, rung, [], [], NOW)).toMatchObject({ kind: "guide" });
  });

  it("is a blank page once that is told, and without a plan", () => {
    expect(nextThing(library, care, rung, [entry("refl", 2)], [], NOW).kind).toBe("free");
    expect(nextThing(library, null, null, [], [], NOW).kind).toBe("free");
    expect(nextThing(null, care, rung, [], [], NOW).kind).toBe("free");
    expect(nextThing(library, care, { ...rung, stage: "week" }, [], [], NOW).kind).toBe("free");
  });

  it("asks again after a new session: an older telling was of another", () => {
    expect(nextThing(library, care, rung, [entry("refl", 200)], [], NOW).kind).toBe("guide");
  });

  it("is what was left open, for some days", () => {
    const open = entry("refl", 30, { finished: false });
    expect(nextThing(library, care, rung, [open], [], NOW)).toMatchObject({ kind: "go-on" });
    const old = entry("refl", 24 * 8, { finished: false });
    expect(nextThing(library, care, rung, [old], [], NOW).kind).toBe("guide");
  });

  it("never asks anybody to go on with a few words", () => {
    const few = entry("capture", 1, { finished: false });
    expect(nextThing(library, care, rung, [few], [], NOW).kind).toBe("guide");
  });

  it("is the yes that was put off, once the head is clear", () => {
    const waiting = { state: "waiting", therapist: { id: "t", name: "Dr Reyes" } } as Handed;
    const held = { ...waiting, state: "held" } as Handed;
    expect(nextThing(library, care, rung, [], [held, waiting], NOW).kind).toBe("waiting");
    expect(nextThing(library, care, rung, [], [held], NOW).kind).toBe("guide");
    const evening = {
      ...care,
      dosing_sessions: [{ started_at: "2026-11-24T06:00:00Z", clear_at: "2026-11-25T09:00:00Z" }],
    } as unknown as Care;
    expect(nextThing(library, evening, rung, [], [waiting], NOW).kind).toBe("guide");
  });

  it("offers the week again after two days, whatever is in between", () => {
    const plan = { suggested: { week: "week" }, dosing_sessions: [] } as unknown as Care;
    const week: Rung = { from: "2026-11-18T09:00:00Z", stage: "week", dosing_number: 3 };
    const at = (hours: number) =>
      nextThing(whole, plan, week, [entry("week", hours)], [], NOW).kind;
    expect(nextThing(whole, plan, week, [], [], NOW).kind).toBe("guide");
    expect(at(47)).toBe("check-in");
    expect(at(49)).toBe("guide");
  });

  it("is a check-in when the rest is done, and a blank page after that", () => {
    const done = entry("refl", 2);
    expect(nextThing(whole, care, rung, [done], [], NOW).kind).toBe("check-in");
    const checked = entry("check-in", 1, { answers: { "check-01": { scale: 0 } } });
    expect(nextThing(whole, care, rung, [checked, done], [], NOW).kind).toBe("free");
  });

  it("sets nothing between sessions, and asks for no number on the day of a dose", () => {
    const plan = { suggested: { prac: "refl" }, dosing_sessions: [] } as unknown as Care;
    expect(nextThing(whole, plan, { ...rung, stage: "prac" }, [], [], NOW).kind).toBe("check-in");
    expect(nextThing(whole, plan, { ...rung, stage: "day" }, [], [], NOW).kind).toBe("free");
  });

  it("never asks anybody to go on with what has a screen of its own", () => {
    for (const id of ["check-in", "phq8", "concern", "plan"]) {
      const open = entry(id, 1, { finished: false });
      expect(nextThing(whole, care, rung, [open], [], NOW).kind).toBe("guide");
    }
  });
});

describe("what the first screen may show", () => {
  it("is never a concern, a plan or a measure", () => {
    const shown = ["refl", "capture", "check-in", "phq8", "concern", "plan", "gone"].filter((id) =>
      shownOnHome(whole, entry(id, 1)),
    );
    expect(shown).toEqual(["refl", "capture", "check-in"]);
  });
});

describe("whether the mood of today is told", () => {
  it("counts today by the calendar, a nought too, and no skip", () => {
    const mood = (hours: number, scale: unknown) =>
      entry("check-in", hours, { answers: { "check-01": scale } as never });
    const noon = new Date(2026, 10, 24, 12).getTime();
    const hours = (NOW - noon) / HOUR;
    expect(checkedIn([mood(hours, { scale: 0 })], noon)).toBe(true);
    expect(checkedIn([mood(hours + 13, { scale: 5 })], noon)).toBe(false);
    expect(checkedIn([mood(hours, { state: "skipped" })], noon)).toBe(false);
    expect(checkedIn([entry("prac", hours, { answers: { "prac-01": { scale: 3 } } })], noon)).toBe(
      true,
    );
  });
});
