import { describe, expect, it } from "vitest";

import type { Answers, DosingSession, Guide } from "../../../src/api/types.ts";
import {
  across,
  isLine,
  lastDays,
  measures,
  roomFor,
  scales,
  sessionsIn,
  type Told,
  up,
} from "../../../src/domain/trends.ts";

const NOW = new Date(2026, 10, 24, 9).getTime();
const HOUR = 3_600_000;

let made = 0;
const told = (guide: string, hoursAgo: number, answers: Answers): Told => ({
  id: `entry-${++made}`,
  guide,
  occurred_at: new Date(NOW - hoursAgo * HOUR).toISOString(),
  zone: "Europe/London",
  answers,
});

const scale = (id: string, low: string, high: string) => ({
  id,
  parts: [{ name: "scale", kind: "scale", low, high }],
});
const guides = [
  { id: "check-in", items: [scale("check-01", "very low", "very good")], measure: null },
  { id: "prac", items: [scale("prac-07", "no pain", "worst I can think of")], measure: null },
  { id: "phq8", title: "PHQ-8", items: [], measure: { most: 24 } },
] as unknown as Guide[];

const dose = (number: number, hoursAgo: number): DosingSession => ({
  id: `dose-${number}`,
  number,
  started_at: new Date(NOW - hoursAgo * HOUR).toISOString(),
  ended_at: null,
  clear_at: new Date(NOW - hoursAgo * HOUR + 20 * HOUR).toISOString(),
  route: "im",
});

describe("the time that is shown", () => {
  it("is whole days, today among them", () => {
    const span = lastDays(30, NOW);
    expect(span.to).toBe(new Date(2026, 10, 25).getTime());
    expect(across(span.from, span)).toBe(0);
    expect(across(span.to, span)).toBe(1);
  });
});

describe("the scales of the journal", () => {
  const month = lastDays(30, NOW);

  it("puts the same scale of two guides in one row, in the order it was lived", () => {
    const found = scales(
      [
        told("check-in", 1, { "check-01": { scale: 0 } }),
        told("prac", 50, { "prac-01": { scale: 7 } }),
        told("check-in", 30, { "check-01": { scale: 10 } }),
      ],
      guides,
      month,
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ id: "mood", most: 10, low: "very low", high: "very good" });
    expect(found[0]?.points.map((point) => point.value)).toEqual([7, 10, 0]);
  });

  it("leaves out what was skipped, what is no number, and what is before its time", () => {
    const found = scales(
      [
        told("check-in", 1, { "check-01": { state: "skipped" } }),
        told("check-in", 2, { "check-04": { words: ["calm"] } }),
        told("check-in", 24 * 31, { "check-01": { scale: 5 } }),
        told("prac", 3, { "prac-07": { text: "the stairs", scale: 4 } }),
      ],
      guides,
      month,
    );
    expect(found.map(({ id, points }) => [id, points.map((one) => one.value)])).toEqual([
      ["pain", [4]],
    ]);
  });

  it("draws no line through one or two numbers", () => {
    const moodIsLine = (count: number) => {
      const checkIns = Array.from({ length: count }, (_, at) =>
        told("check-in", at, { "check-01": { scale: 5 } }),
      );
      return scales(checkIns, guides, month).map(isLine);
    };
    expect([1, 2, 3].map(moodIsLine)).toEqual([[false], [false], [true]]);
  });

  it("puts a value between the ends of its own scale", () => {
    expect(up(0, { least: 0, most: 24 })).toBe(0);
    expect(up(12, { least: 0, most: 24 })).toBe(0.5);
    expect(up(10, { least: 0, most: 10 })).toBe(1);
  });
});

describe("measures", () => {
  it("shows totals, and leaves out what has none", () => {
    const taken = [
      told("phq8", 40, { whole: { choice: "1" } }),
      told("phq8", 20, {}),
      told("phq8", 24 * 60, { whole: { choice: "1" } }),
    ];
    const total = (_guide: Guide, answers: Answers) => (answers["whole"] ? 9 : null);
    const [month] = measures(taken, guides, lastDays(30, NOW), total);
    expect(month).toMatchObject({ id: "phq8", title: "PHQ-8", most: 24 });
    expect(month?.points.map((point) => point.value)).toEqual([9]);
    const [quarter] = measures(taken, guides, lastDays(90, NOW), total);
    expect(quarter?.points).toHaveLength(2);
  });
});

describe("sessions among them", () => {
  it("are those of the time shown, in order", () => {
    const found = sessionsIn([dose(3, 24), dose(1, 24 * 40), dose(2, 24 * 8)], lastDays(30, NOW));
    expect(found.map((each) => each.number)).toEqual([2, 3]);
  });

  it("get a word each where there is room for it", () => {
    expect(roomFor([0.1, 0.5, 0.9], 0.3)).toBe(true);
    expect(roomFor([0.9, 0.1, 0.3], 0.3)).toBe(false);
    expect(roomFor([], 0.3)).toBe(true);
  });
});
