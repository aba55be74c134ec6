import { beforeEach, describe, expect, it } from "vitest";

import type { Help } from "../../src/api/types.ts";
import {
  keepRegion,
  message,
  regionNames,
  regionOf,
  rowOf,
  spaced,
  telephone,
} from "../../src/enter/region.ts";

const help = (clinic: string | null): Help => ({
  clinic: clinic ? { name: "Harbour Clinic", region: clinic, numbers: [], out_of_hours: "" } : null,
  not_monitored: { short: "", long: "", therapist: "" },
  regions: ["US", "GB", "*", "PT"].map((region) => ({
    region,
    emergency: "112",
    note: null,
    verified_on: null,
    lines: [],
  })),
  tools: [],
});

describe("the region of the numbers", () => {
  beforeEach(() => localStorage.clear());

  it("is the person's choice before the clinic's, and the clinic's before the language's", () => {
    expect(regionOf(help("PT"), ["en-GB"])).toBe("PT");
    expect(regionOf(help(null), ["en-GB"])).toBe("GB");
    keepRegion("US");
    expect(regionOf(help("PT"), ["en-GB"])).toBe("US");
  });

  it("is the row for everywhere else when nothing fits", () => {
    expect(regionOf(help("XX"), ["tlh", "en"])).toBe("*");
    expect(rowOf(help(null), "XX")?.region).toBe("*");
  });

  it("is chosen from names in order, with elsewhere last", () => {
    expect(regionNames(help(null), "Another country").map((row) => row.name)).toEqual([
      "Portugal",
      "United Kingdom",
      "United States",
      "Another country",
    ]);
  });
});

describe("a number", () => {
  it("is dialled by its digits", () => {
    expect(telephone("020 7946-0018")).toBe("tel:02079460018");
    expect(telephone("+44 (0)20 7946")).toBe("tel:+440207946");
  });

  it("is read the way its line writes it", () => {
    expect(spaced("116123", "call 116 123")).toBe("116 123");
    expect(spaced("988", "call or text 988")).toBe("988");
    expect(spaced("08001110111", "call 0800 111 0 111 or 0800 111 0 222")).toBe("0800 111 0 111");
    expect(spaced("1737", "free, any time")).toBe("1737");
  });

  it("is texted, with the word the line asks for", () => {
    expect(message("988", null)).toBe("sms:988");
    expect(message("741741", "HOME")).toBe("sms:741741?&body=HOME");
  });
});
