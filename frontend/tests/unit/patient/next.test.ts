import { describe, expect, it } from "vitest";

import type { Care, Guide, Handed, Library, Rung } from "../../../src/api/types.ts";
import { type LocalEntry, startEntry } from "../../../src/data/entries.ts";
import { nextThing } from "../../../src/patient/next.ts";

const NOW = Date.parse("2026-11-24T09:00:00Z");
const HOUR = 3_600_000;

function guide(id: string, questions: number): Guide {
  return {
    id,
    edition: 1,
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
      parts: [],
    })),
  };
}

const library = { guides: [guide("refl", 4), guide("capture", 1)] } as unknown as Library;
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
});
