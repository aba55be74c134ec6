/** Months are made of dates, which no zone and no change of clocks can move. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { momentOf } from "../../src/domain/moment.ts";
import {
  daysFrom,
  isDate,
  isMonth,
  monthOf,
  monthsFrom,
  moved,
  sameDay,
  weeksOf,
} from "../../src/domain/month.ts";

const ZONES = ["UTC", "Europe/London", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"];

describe.each(ZONES)("on a phone in %s", (zone) => {
  const before = process.env["TZ"];
  beforeAll(() => {
    process.env["TZ"] = zone;
  });
  afterAll(() => {
    process.env["TZ"] = before;
  });

  it.each([
    ["2026-11", 30],
    ["2026-02", 28],
    ["2027-02", 28],
    ["2024-02", 29],
    ["2026-10", 31], // the clocks go back
    ["2026-03", 31], // the clocks go forward
    ["2011-12", 31], // Samoa left out the 30th: a calendar of dates has it
  ])("%s has %d days, each once and in order", (month, count) => {
    const weeks = weeksOf(month);
    const dates = weeks.flat().filter((each) => each !== null);
    expect(dates).toHaveLength(count);
    expect(new Set(dates).size).toBe(count);
    expect([...dates].sort()).toEqual(dates);
    expect(dates.every((each) => monthOf(each) === month)).toBe(true);
    for (const week of weeks) expect(week).toHaveLength(7);
    for (const week of weeks) expect(week.some((each) => each !== null)).toBe(true);
  });

  it("weeks begin on Monday", () => {
    expect(weeksOf("2026-11")[0]).toEqual([null, null, null, null, null, null, "2026-11-01"]);
    expect(weeksOf("2027-02")[0]?.[0]).toBe("2027-02-01");
    expect(weeksOf("2027-02")).toHaveLength(4);
  });

  it("a day follows another through the changes of the clocks", () => {
    for (const date of ["2026-03-28", "2026-10-24", "2026-03-07", "2026-10-31", "2026-04-04"]) {
      expect(daysFrom(daysFrom(date, 1), -1)).toBe(date);
      expect(Number(daysFrom(date, 1).slice(8))).not.toBe(Number(date.slice(8)));
    }
    expect(daysFrom("2026-12-31", 1)).toBe("2027-01-01");
  });
});

it("months go over the year", () => {
  expect(monthsFrom("2026-12", 1)).toBe("2027-01");
  expect(monthsFrom("2026-01", -1)).toBe("2025-12");
  expect(monthsFrom("2026-11", -23)).toBe("2024-12");
});

it("the same day of a shorter month is its last", () => {
  expect(sameDay("2026-10-31", "2026-11")).toBe("2026-11-30");
  expect(sameDay("2024-01-30", "2024-02")).toBe("2024-02-29");
});

it("keys lead from day to day", () => {
  const to = (key: string) => moved("2026-11-24", key); // a Tuesday
  expect(to("ArrowLeft")).toBe("2026-11-23");
  expect(to("ArrowRight")).toBe("2026-11-25");
  expect(to("ArrowUp")).toBe("2026-11-17");
  expect(to("ArrowDown")).toBe("2026-12-01");
  expect(to("Home")).toBe("2026-11-23");
  expect(to("End")).toBe("2026-11-29");
  expect(to("PageUp")).toBe("2026-10-24");
  expect(to("PageDown")).toBe("2026-12-24");
  expect(to("Enter")).toBeNull();
  expect(to("a")).toBeNull();
});

it("only days that are there have an address", () => {
  expect(isDate("2026-11-30")).toBe(true);
  for (const none of ["2026-11-31", "2026-02-29", "2026-13-01", "today", "", "2026-1-1"]) {
    expect(isDate(none)).toBe(false);
  }
  expect(isMonth("2026-02")).toBe(true);
  expect(isMonth("2026-00")).toBe(false);
  expect(isMonth("2026-11-24")).toBe(false);
});

describe("from a calendar and a clock to a moment", () => {
  const at = (date: string, time: string, zone: string) => {
    const found = momentOf(date, time, zone);
    return found === null ? null : new Date(found).toISOString();
  };

  it.each([
    ["2026-11-24", "23:50", "Europe/Lisbon", "2026-11-24T23:50:00.000Z"],
    ["2026-07-24", "23:50", "Europe/Lisbon", "2026-07-24T22:50:00.000Z"],
    ["2026-11-24", "00:00", "America/New_York", "2026-11-24T05:00:00.000Z"],
    ["2026-11-24", "10:00", "Asia/Kathmandu", "2026-11-24T04:15:00.000Z"],
    ["2026-10-25", "01:30", "Europe/London", "2026-10-25T00:30:00.000Z"], // twice: the first
    ["2026-10-25", "02:30", "Europe/London", "2026-10-25T02:30:00.000Z"],
    ["2026-03-29", "01:30", "Europe/London", "2026-03-29T01:30:00.000Z"], // left out: an hour on
    ["2026-03-29", "00:59", "Europe/London", "2026-03-29T00:59:00.000Z"],
  ])("%s %s in %s", (date, time, zone, moment) => {
    expect(at(date, time, zone)).toBe(moment);
  });

  it("what is no date is no moment", () => {
    expect(at("", "10:00", "UTC")).toBeNull();
    expect(at("2026-11-24", "", "UTC")).toBeNull();
  });
});
