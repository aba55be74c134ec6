import { afterEach, describe, expect, it, vi } from "vitest";

import type { Handed, Item, Library } from "../../../src/api/types.ts";
import { type LocalEntry, startEntry } from "../../../src/data/entries.ts";
import { noteFor } from "../../../src/patient/notes.ts";
import { readers } from "../../../src/patient/readers.ts";
import { answered } from "../../../src/patient/shown.ts";
import { greeting, lastTime } from "../../../src/patient/when.ts";
import { en } from "../../../src/text/en.ts";
import { later } from "../../../src/text/later.ts";
import { shuffled } from "../../../src/ui/shuffled.ts";

afterEach(() => vi.useRealTimers());

const saved: LocalEntry = {
  ...startEntry({ id: "refl", edition: 1 }),
  state: "saved",
  saved_at: "2026-11-24T09:12:00Z",
};

function handed(more: Partial<Handed>): Handed {
  return {
    entry_id: saved.id,
    therapist: { id: "t", name: "Dr Reyes" },
    state: "handed",
    release_at: null,
    ...more,
  } as Handed;
}

describe("who can read this", () => {
  it("is only you, until something is handed over", () => {
    expect(readers(null, null)).toBe("Only you can read this.");
    expect(readers(saved, [])).toBe("Only you can read this.");
    expect(readers(saved, [handed({ entry_id: "another" })])).toBe("Only you can read this.");
  });

  it("says each name once", () => {
    const two = { id: "u", name: "Dr Okafor" };
    const list = [handed({}), handed({}), handed({ therapist: two })];
    expect(readers(saved, list)).toBe("Dr Reyes and Dr Okafor can read what you handed over.");
  });

  it("says what waits, and claims nothing it does not know", () => {
    const now = new Date("2026-11-24T20:00:00Z");
    const held = handed({ state: "held", release_at: "2026-11-25T09:00:00Z" });
    expect(readers(saved, [held], now)).toMatch(/^Only you can read this\. Dr Reyes .* tomorrow/);
    expect(readers(saved, [handed({ state: "waiting" })])).toContain(en.readers.waiting);
    expect(readers(saved, null)).toBe(en.readers.unknown);
  });

  it("is only you while the words never left this phone", () => {
    expect(readers({ ...saved, state: "on-phone", saved_at: null }, null)).toBe(en.readers.you);
  });
});

describe("times in words", () => {
  it("greets by the clock of the phone", () => {
    expect(greeting("Maya", new Date(2026, 10, 24, 9))).toBe("Good morning, Maya.");
    expect(greeting("Maya", new Date(2026, 10, 24, 14))).toBe("Good afternoon, Maya.");
    expect(greeting("Maya", new Date(2026, 10, 24, 21))).toBe("Good evening, Maya.");
    expect(greeting("Maya", new Date(2026, 10, 24, 3))).toBe("Hello, Maya.");
  });

  it("names last night as one would", () => {
    const now = new Date(2026, 10, 24, 9);
    expect(lastTime(new Date(2026, 10, 23, 22).toISOString(), now)).toBe("Last night");
    expect(lastTime(new Date(2026, 10, 24, 1).toISOString(), now)).toBe("Last night");
    expect(lastTime(new Date(2026, 10, 23, 11).toISOString(), now)).toBe("Yesterday");
    expect(lastTime(new Date(2026, 10, 24, 8).toISOString(), now)).toBe("This morning");
    expect(lastTime(new Date(2026, 10, 20, 8).toISOString(), now)).toBe("On Friday");
  });
});

describe("fixed notes", () => {
  const library = {
    effects: [
      { code: "chest", label: "", window: "acute", rule: "NOW" },
      { code: "vision", label: "", window: "acute", rule: "TODAY if past the next morning" },
      { code: "nausea", label: "", window: "acute", rule: "" },
    ],
    notes: { hard_part: "Thank you for noting it." },
  } as unknown as Library;
  const effects = { id: "day-07", category: "after-effects" } as Item;

  it("point to the numbers by the rule of the effect, the strongest first", () => {
    expect(noteFor(effects, { choices: ["nausea"] }, library)).toBeNull();
    expect(noteFor(effects, { choices: ["nausea", "vision"] }, library)?.text).toBe(en.notes.call);
    const now = noteFor(effects, { choices: ["vision", "chest"] }, library);
    expect(now).toEqual({ text: en.notes.numbersNow, to: "help" });
  });

  it("follow an option that was picked, never what was written", () => {
    const hard = { id: "refl-05", category: null } as Item;
    expect(noteFor(hard, { choice: "yes-just-note-it" }, library)?.to).toBe("skills");
    expect(noteFor(hard, { choice: "no", text: "yes" }, library)).toBeNull();
    const told = { id: "refl-01", category: null } as Item;
    expect(noteFor(told, { text: "chest pain, I want to die" }, library)).toBeNull();
  });
});

describe("answers to read", () => {
  it("tells the person's own words from what they picked", () => {
    const guide = {
      items: [
        {
          id: "q",
          parts: [
            { name: "scale", kind: "scale", low: "poor", high: "well", label: "Sleep" },
            { name: "text", kind: "text", lines: "long", label: "Dreams" },
            { name: "picks", kind: "choices", options: [{ id: "a", label: "tea" }], other: true },
          ],
        },
        { id: "left", parts: [] },
        { id: "skip", parts: [] },
      ],
    };
    const answers = {
      q: { scale: 0, text: "A kitchen.", picks: ["a"], picks_other: "salt" },
      skip: { state: "skipped" },
    };
    const [first, second, ...rest] = answered(guide as never, answers, null);
    expect(rest).toEqual([]);
    expect(first?.lines).toEqual([
      { label: "Sleep", value: "0 of 10 (0 is poor, 10 is well)", own: false },
      { label: "Dreams", value: "A kitchen.", own: true },
      { label: null, value: "tea", own: false },
      { label: null, value: "salt", own: true },
    ]);
    expect(second).toMatchObject({ state: "skipped", lines: [] });
  });
});

describe("a shuffle", () => {
  it("loses nothing, is steady for one entry and differs between entries", () => {
    const list = Array.from({ length: 20 }, (_, at) => at);
    expect(shuffled(list, "a").toSorted((x, y) => x - y)).toEqual(list);
    expect(shuffled(list, "a")).toEqual(shuffled(list, "a"));
    expect(shuffled(list, "a")).not.toEqual(shuffled(list, "b"));
  });
});

describe("the words of the app", () => {
  const said = JSON.stringify({ en, later }, (_key, value: unknown) =>
    typeof value === "function" ? (value as (...all: unknown[]) => string)("NAME", "WHEN") : value,
  );

  it("never praise, press or promise", () => {
    expect(said).not.toMatch(/!/);
    expect(said).not.toMatch(/\b(just|should|must|cure|heal|journey|breakthrough|transform)\b/i);
    expect(said).not.toMatch(/\b(great|well done|proud|streak|missed|monitor|watching)\b/i);
    expect(said.match(/\bonly\b/gi)?.every((word) => word === "Only")).toBe(true);
  });
});
