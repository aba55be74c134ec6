import { describe, expect, it } from "vitest";

import { days, daysFrom, endOf, timeOf } from "../../src/desk/reception/days.ts";
import { rowsOf } from "../../src/desk/reception/rows.ts";
import { differences, doseSent, saidOf, visitSent } from "../../src/desk/reception/said.ts";
import type { Schedule } from "../../src/desk/reception/server.ts";

const person = { id: "p", name: "Maya" };
const dose = (id: string, started_at: string) => ({
  id,
  edition: 1,
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
    {
      id: "v",
      edition: 1,
      patient: person,
      therapist: person,
      starts_at: "2026-03-12T12:00:00+00:00",
    },
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

describe("what a form says", () => {
  const given = {
    ...dose("a", "2026-07-12T22:30:00+00:00"),
    ended_at: "2026-07-12T23:20:00+00:00",
  };
  const met = {
    id: "v",
    edition: 1,
    patient: person,
    therapist: { id: "t", name: "Dr Reyes" },
    starts_at: "2026-03-12T12:00:00+00:00",
  };

  it("is what stands, by the clock on the wall, and goes back as it came", () => {
    const said = saidOf(given, "Europe/London");
    expect(said).toMatchObject({ date: "2026-07-12", time: "23:30", ends: "00:20", route: "im" });
    expect(doseSent(said, "Europe/London")).toEqual({
      patient_id: "p",
      starts: "2026-07-12T23:30",
      ends: "2026-07-13T00:20",
      route: "im",
      zone: "Europe/London",
    });
    expect(visitSent(saidOf(met, "Europe/Berlin"), "Europe/Berlin")).toEqual({
      patient_id: "p",
      therapist_id: "t",
      starts: "2026-03-12T13:00",
      zone: "Europe/Berlin",
    });
  });

  it("is set beside what somebody else says, where the two differ", () => {
    const mine = { ...saidOf(given, "Europe/London"), date: "2026-07-14", route: "iv" as const };
    const theirs = { ...saidOf(given, "Europe/London"), ends: "" };
    const found = differences(mine, theirs, () => "");
    expect(found.map(({ where }) => where)).toEqual(["Day", "Ends", "How it is given"]);
    expect(found[0]?.mine).toContain("14 July");
    expect(found[0]?.theirs).toContain("12 July");
    expect(found[1]).toMatchObject({ mine: "00:20", theirs: "" });
    expect(found[2]).toMatchObject({ mine: "infusion (IV)", theirs: "injection (IM)" });
    const moved = { ...saidOf(met, "Europe/London"), therapist: "u" };
    const names = { t: "Dr Reyes", u: "Dr Okafor" } as Record<string, string>;
    const named = differences(moved, saidOf(met, "Europe/London"), (id) => names[id] ?? "");
    expect(named).toEqual([{ where: "With", mine: "Dr Okafor", theirs: "Dr Reyes" }]);
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
