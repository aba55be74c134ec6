import { afterEach, describe, expect, it } from "vitest";

import type { Answers } from "../../../src/api/types.ts";
import { type LocalEntry, startEntry } from "../../../src/data/entries.ts";
import { away } from "../../../src/patient/away.svelte.ts";
import { letGo, ownQuestions } from "../../../src/patient/ownquestions.ts";
import { openSteps, stepsIn, withStatus } from "../../../src/patient/smallsteps.ts";
import { letter, morningNote } from "../../../src/patient/today.ts";

const NOW = new Date(2026, 10, 24, 9).getTime();
const HOUR = 3_600_000;

function entry(guide: string, hoursAgo: number, answers: Answers): LocalEntry {
  const occurred_at = new Date(NOW - hoursAgo * HOUR).toISOString();
  return { ...startEntry({ id: guide, edition: 1 }), occurred_at, finished: true, answers };
}

describe("small steps", () => {
  const walk = { what: "A walk to the gate", tiny: "Shoes on" };

  it("are open until they are done or dropped", () => {
    const all = (["did", "part", "changed", "not-today", "dropped", "open"] as const).map(
      (status) => entry("week", 1, { "week-03": { step: { ...walk, status } } }),
    );
    all.push(entry("week", 1, { "week-03": { step: walk } }));
    expect(openSteps(all).map(({ step }) => step.status)).toEqual([
      "part",
      "changed",
      "not-today",
      "open",
      undefined,
    ]);
    expect(stepsIn(all)).toHaveLength(7);
  });

  it("change their outcome and nothing else of their entry", () => {
    const answers = { "week-01": { text: "the gate" }, "week-03": { step: walk } };
    const found = stepsIn([entry("week", 1, answers)]);
    expect(found.map((each) => withStatus(each, "part"))).toContainEqual({
      "week-01": { text: "the gate" },
      "week-03": { step: { ...walk, status: "part" } },
    });
  });

  it("are not found where nothing is one", () => {
    expect(
      stepsIn([entry("week", 1, { a: { text: "x" }, b: { places: [] }, c: { state: "skipped" } })]),
    ).toEqual([]);
  });
});

describe("the note for the morning after", () => {
  const yes = { "day-10": { choice: "yes" } };

  it("is there for the one day after it was asked for", () => {
    expect(morningNote([entry("day", 12, yes)], NOW)?.key).toMatch(/^morning:/);
    expect(morningNote([entry("day", 2, yes)], NOW)).toBeNull();
    expect(morningNote([entry("day", 36, yes)], NOW)).toBeNull();
  });

  it("waits for the morning, and for a yes", () => {
    const night = new Date(2026, 10, 24, 4).getTime();
    expect(morningNote([entry("day", 12, yes)], night)).toBeNull();
    expect(morningNote([entry("day", 12, { "day-10": { choice: "no" } })], NOW)).toBeNull();
    expect(morningNote([entry("day", 12, { "day-10": { state: "skipped" } })], NOW)).toBeNull();
  });
});

describe("the letter to oneself", () => {
  const dated = (date: string) => entry("end", 1, { "end-08": { text: "Rest.", date } });

  it("comes on its day and stays until it is put away", () => {
    expect(letter([dated("2026-11-25")], NOW)).toBeNull();
    expect(letter([dated("2026-11-24")], NOW)?.text).toBe("Rest.");
    expect(letter([dated("2026-08-24")], NOW)?.text).toBe("Rest.");
  });

  it("never comes without a day", () => {
    expect(letter([entry("end", 1, { "end-08": { text: "Rest." } })], NOW)).toBeNull();
  });
});

describe("questions of one's own", () => {
  const question = (text: string, hours: number) =>
    entry("own-question", hours, { "own-question-01": { text } });
  const answer = (text: string, hours: number) =>
    entry("own-question", hours, {
      "own-question-01": { text },
      "own-question-02": { text: "So." },
    });

  it("are each there once, with the day of the last answer", () => {
    const last = answer("What is mine?", 1);
    const mine = [
      last,
      question("What is mine?", 5),
      answer("What is mine?", 30),
      question("What can wait?", 40),
      question("What can wait? ", 41),
      entry("free", 2, { "free-01": { text: "No question" } }),
    ];
    expect(ownQuestions(mine).map(({ question, answered }) => [question, answered])).toEqual([
      ["What is mine?", last.occurred_at],
      ["What can wait?", null],
    ]);
  });

  it("are gone from the list once they are let go, though their answers stay", () => {
    const kept = answer("What is mine?", 1);
    const gone = [letGo("What is mine?")];
    expect(ownQuestions([kept])).toMatchObject([{ question: "What is mine?", card: null }]);
    expect(ownQuestions([kept], gone)).toEqual([]);
    expect(ownQuestions([question("What is mine?", 0), kept], gone)).toHaveLength(1);
  });
});

describe("coming back", () => {
  afterEach(() => {
    localStorage.clear();
    away.back = false;
  });

  it("is noticed after some days, and forgotten once it was said", () => {
    const visits = (days: number[]) =>
      days.map((each) => {
        away.visit(NOW + each * 24 * HOUR);
        return away.back;
      });
    expect(visits([0, 1, 4, 8, 9])).toEqual([false, false, false, true, false]);
  });
});
