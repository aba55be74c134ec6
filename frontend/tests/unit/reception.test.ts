import { describe, expect, it } from "vitest";

import { days, daysFrom, endOf, timeOf } from "../../src/desk/reception/days.ts";
import { rowsOf } from "../../src/desk/reception/rows.ts";
import type { Schedule } from "../../src/desk/reception/server.ts";

const person = { id: "p", name: "Maya" };
const dose = (id: string, started_at: string) => ({
  id,
  patient: person,
  number: 1,
  started_at,
  ended_at: null,
  clear_at: started_at,
  route: "im" as const,
});
const found = (zone: string): Schedule => ({
  zone,
  clear_time: "09:00",
  course_sessions: null,
  from: "2026-03-01",
  to: "2026-04-01",
  patients: [],
  therapists: [],
  dosing_sessions: [dose("b", "2026-03-12T23:30:00+00:00"), dose("a", "2026-03-12T09:00:00+00:00")],
  appointments: [
    { id: "v", patient: person, therapist: person, starts_at: "2026-03-12T12:00:00+00:00" },
  ],
});

describe("the clinic's calendar", () => {
  it("puts everything on the day of the clinic's wall, in order", () => {
    const ids = (zone: string) =>
      days(found(zone)).map(({ iso, items }) => [
        iso,
        ...items.map(({ dose, visit }) => (dose ?? visit).id),
      ]);
    expect(ids("Europe/London")).toEqual([["2026-03-12", "a", "v", "b"]]);
    expect(ids("Europe/Berlin")).toEqual([
      ["2026-03-12", "a", "v"],
      ["2026-03-13", "b"],
    ]);
  });

  it("says a time as a time field wants it", () => {
    expect(timeOf("2026-03-12T09:05:00+00:00", "Europe/London")).toBe("09:05");
  });

  it("counts days over the ends of months and changes of clocks", () => {
    expect(daysFrom("2026-03-01", -1)).toBe("2026-02-28");
    expect(daysFrom("2026-03-28", 2)).toBe("2026-03-30");
  });

  it("takes an end before the start for the day after", () => {
    expect(endOf("2026-03-31", "23:30", "00:20")).toBe("2026-04-01T00:20");
    expect(endOf("2026-03-31", "13:00", "13:50")).toBe("2026-03-31T13:50");
    expect(endOf("2026-03-31", "13:00", "")).toBeNull();
  });
});

describe("the rows of a table", () => {
  it("are counted as a spreadsheet does", () => {
    const table = '\uFEFFpatient,note\r\nMaya,"two\nlines"\r\nJonas,"a ""word"""\r\n';
    expect(rowsOf(table)).toEqual(["patient,note", 'Maya,"two lines"', 'Jonas,"a ""word"""', ""]);
  });

  it("stay when a quote is never closed", () => {
    expect(rowsOf('a\n"b\nc')).toEqual(["a", '"b c']);
  });
});
