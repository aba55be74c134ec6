import { afterEach, describe, expect, it, vi } from "vitest";

import type { Answer, EffectRow, Handed, Library } from "../../../src/api/types.ts";
import { type LocalEntry, startEntry } from "../../../src/data/entries.ts";
import { notesFor } from "../../../src/patient/notes.ts";
import { readers } from "../../../src/patient/readers.ts";
import { answered } from "../../../src/patient/shown.ts";
import { greeting, lastTime } from "../../../src/patient/when.ts";
import { answers as more } from "../../../src/text/answers.ts";
import { en } from "../../../src/text/en.ts";
import { later } from "../../../src/text/later.ts";
import { lock } from "../../../src/text/lock.ts";
import { shuffled } from "../../../src/ui/shuffled.ts";
import { anItem, aRule } from "../made.ts";

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
    expect(readers(saved, [handed({ state: "closed" })])).toBe(
      "Only you can read this. What you handed over is closed for now.",
    );
    expect(readers(saved, [{ ...held, shut: true }], now)).toBe(
      "Only you can read this. What you handed over is closed for now.",
    );
    expect(readers(saved, null)).toBe(en.readers.unknown);
    expect(readers(saved, undefined)).toBe("");
  });

  it("is still a therapist until the server has heard of a pause, or of what was taken back", () => {
    const pause = readers(saved, [handed({ state: "closing" })]);
    expect(pause).toBe(
      "What you handed over is paused as soon as the phone is online. Until then Dr Reyes may still read it.",
    );
    const back = readers(saved, [handed({ state: "leaving" })]);
    expect(back).toBe(
      "What you took back goes as soon as the phone is online. Until then Dr Reyes may still read it.",
    );
    const both = readers(saved, [handed({}), handed({ state: "leaving" })]);
    expect(both).toContain("Dr Reyes can read what you handed over. What you took back goes");
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
  const effect = (code: string, rule: string, card = false) => ({ code, rule, card, label: code });
  const library = {
    effects: [
      effect("chest", "NOW"),
      effect("vision", "TODAY if past the next morning"),
      effect("nausea", ""),
      effect("memory", "NEXT VISIT"),
      effect("pee_freq", "NEXT VISIT at any level; TODAY if strong"),
      effect("bp", "NOW at 180/120 or more with any symptom; TODAY at 180/120 or more"),
      effect("suicid", "", true),
    ],
    notes: {
      hard_part: "Thank you for noting it.",
      strong_effect: "Strong effects are worth a call.",
      bladder: "Early matters.",
    },
  } as unknown as Library;
  const felt = anItem({
    id: "day-07",
    parts: [{ name: "effects", kind: "effects", windows: ["acute", "both"] }],
  });
  const of = (...rows: EffectRow[]) => notesFor(felt, { effects: rows }, library);
  const texts = (...codes: string[]) => of(...codes.map((code) => ({ code }))).notes;

  it("point to the numbers by the rule of the effect, the strongest first", () => {
    expect(texts("nausea")).toEqual([]);
    expect(texts("nausea", "vision")).toEqual([{ text: en.notes.call, to: "help" }]);
    expect(texts("vision", "chest")).toEqual([{ text: en.notes.numbersNow, to: "help" }]);
    expect(texts("memory")).toEqual([{ text: more.note.nextVisit, to: null }]);
  });

  it("read a high blood pressure by its numbers", () => {
    const bp = (more: Partial<EffectRow>, ...others: EffectRow[]) =>
      of({ code: "bp", ...more }, ...others).notes.map(({ text }) => text);
    expect(bp({})).toEqual([en.notes.call]);
    expect(bp({ systolic: 150, diastolic: 95 })).toEqual([]);
    expect(bp({ systolic: 179, diastolic: 119 }, { code: "nausea" })).toEqual([]);
    expect(bp({ systolic: 180, diastolic: 95 })).toEqual([en.notes.call]);
    expect(bp({ systolic: 150, diastolic: 120 })).toEqual([en.notes.call]);
    expect(bp({ systolic: 180 }, { code: "nausea" })).toEqual([en.notes.numbersNow]);
  });

  it("say what belongs to an effect, and to a strong one whichever it is", () => {
    expect(texts("pee_freq").map(({ text }) => text)).toEqual([en.notes.call, "Early matters."]);
    expect(of({ code: "nausea", strength: 2 }).notes).toEqual([]);
    expect(of({ code: "nausea", strength: 3 }).notes).toEqual([
      { text: "Strong effects are worth a call.", to: "help" },
    ]);
  });

  it("open the Help card for the effect that says so, and for no other", () => {
    expect(of({ code: "suicid" })).toEqual({ notes: [], card: true });
    expect(of({ code: "chest" }).card).toBe(false);
    expect(notesFor(felt, { state: "nothing" }, library)).toEqual({ notes: [], card: false });
  });

  it("follow an option that was picked, never what was written", () => {
    const rule = aRule({ any: ["yes"], note: "hard_part", to: "skills" });
    const hard = anItem({ id: "refl-05", notes: [rule] });
    const notes = (answer: Answer) => notesFor(hard, answer, library).notes;
    expect(notes({ choice: "yes" })).toEqual([{ text: "Thank you for noting it.", to: "skills" }]);
    expect(notes({ choice: "no", text: "yes" })).toEqual([]);
    expect(notesFor(anItem(), { text: "chest pain, I want to die" }, library)).toEqual({
      notes: [],
      card: false,
    });
  });

  it("open the same card for one answer as for the next, and nothing for the first", () => {
    const rule = aRule({ any: ["some", "many"], note: "help-card", to: "help" });
    const asked = anItem({ notes: [rule] });
    const found = (choice: string) => notesFor(asked, { choice }, library);
    expect(found("some")).toEqual({ notes: [], card: true });
    expect(found("many")).toEqual(found("some"));
    expect(found("none")).toEqual({ notes: [], card: false });
    expect(notesFor(asked, { state: "skipped" }, library).card).toBe(false);
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
  const said = JSON.stringify({ en, later, more, lock }, (_key, value: unknown) =>
    typeof value === "function" ? (value as (...all: unknown[]) => string)("NAME", "WHEN") : value,
  );

  it("never praise, press or promise", () => {
    expect(said).not.toMatch(/!/);
    expect(said).not.toMatch(/\b(just|should|must|cure|heal|journey|breakthrough|transform)\b/i);
    expect(said).not.toMatch(/\b(great|well done|proud|streak|missed|monitor|watching)\b/i);
    expect(said.match(/\bonly\b/gi)?.every((word) => word === "Only")).toBe(true);
  });
});
