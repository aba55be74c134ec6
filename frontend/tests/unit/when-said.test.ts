import { describe, expect, it } from "vitest";

import {
  count,
  date,
  dayAndTime,
  lastDay,
  onDay,
  ordinal,
  soon,
  stamp,
} from "../../src/page/when.ts";

const LISBON = "Europe/Lisbon";
const NOW = new Date("2026-11-23T10:00:00Z");

describe("a time on a page for two", () => {
  it("is said in the zone it was meant in", () => {
    expect(stamp("2026-11-17T23:12:00Z", LISBON)).toBe("Tue 17 Nov, 23:12");
    expect(stamp("2026-11-17T23:12:00Z", "America/New_York")).toBe("Tue 17 Nov, 18:12");
  });

  it("has its year when that is another", () => {
    expect(date("2027-02-14T09:12:00Z", NOW, LISBON)).toBe("14 February 2027");
    expect(date("2026-12-14T09:12:00Z", NOW, LISBON)).toBe("14 December");
  });

  it("stands alone as a fact", () => {
    expect(dayAndTime("2026-11-24T14:00:00Z", NOW, LISBON)).toBe("Tomorrow, 14:00");
  });

  it("ends with the last whole day", () => {
    expect(lastDay("2026-12-15T00:00:00Z", NOW, LISBON)).toBe("14 December");
  });

  it("is part of a sentence", () => {
    expect(soon("2026-11-24T14:00:00Z", NOW, LISBON)).toBe("tomorrow at 14:00");
    expect(onDay("2026-11-16T09:00:00Z", NOW, LISBON)).toBe("on Monday 16 November");
    expect(onDay("2026-11-23T09:00:00Z", NOW, LISBON)).toBe("today");
  });
});

describe("small numbers", () => {
  it("are words", () => {
    expect([count(0), count(4), count(30)]).toEqual(["no", "four", "30"]);
    expect([ordinal(1), ordinal(3), ordinal(15)]).toEqual(["first", "third", "number 15"]);
  });
});
