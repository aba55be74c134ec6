/** Days as they were lived, the 72 hours of a session, and what was remembered later. */
import { describe, expect, it } from "vitest";

import type { DosingSession } from "../../src/api/types.ts";
import { uuid7 } from "../../src/domain/ids.ts";
import {
  around,
  byDay,
  dayLived,
  elsewhere,
  type Lived,
  rememberedLater,
  sessionNear,
  writtenAt,
} from "../../src/domain/timeline.ts";

const HOUR = 3_600_000;

function lived(occurred_at: string, zone = "Europe/London", more: Partial<Lived> = {}): Lived {
  return {
    id: uuidAt(Date.parse(occurred_at)),
    occurred_at,
    zone,
    created_at: occurred_at,
    ...more,
  };
}

/** A UUIDv7 made at a moment, also one before the last. */
function uuidAt(at: number): string {
  const hex = at.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7abc-8def-0123456789ab`;
}

function dose(number: number, started_at: string, clear_at = ""): DosingSession {
  const clear = clear_at || new Date(Date.parse(started_at) + 18 * HOUR).toISOString();
  return {
    id: `dose-${String(number)}`,
    number,
    started_at,
    ended_at: null,
    clear_at: clear,
    route: "iv",
  };
}

describe("days", () => {
  it("an entry of 23:50 in Lisbon stays on its day and at its time, wherever it is read", () => {
    const entry = lived("2026-11-24T23:50:00Z", "Europe/Lisbon");
    expect(dayLived(entry)).toBe("2026-11-24");
    expect(elsewhere(entry.occurred_at, entry.zone, "America/New_York")).toBe("Lisbon");
    expect(elsewhere(entry.occurred_at, entry.zone, "Asia/Tokyo")).toBe("Lisbon");
  });

  it("no place is named where the clocks agree", () => {
    expect(elsewhere("2026-11-24T23:50:00Z", "Europe/Lisbon", "Europe/London")).toBeNull();
    expect(elsewhere("2026-07-24T23:50:00Z", "Europe/Paris", "Europe/Berlin")).toBeNull();
  });

  it("a zone of several words is said in words", () => {
    expect(elsewhere("2026-11-24T12:00:00Z", "America/New_York", "UTC")).toBe("New York");
    const far = elsewhere("2026-11-24T12:00:00Z", "America/Argentina/Buenos_Aires", "UTC");
    expect(far).toBe("Buenos Aires");
  });

  it("the latest day is first, and within a day the latest entry", () => {
    const early = lived("2026-11-23T08:00:00Z");
    const late = lived("2026-11-23T20:00:00Z");
    const next = lived("2026-11-24T07:00:00Z");
    const days = byDay([late, next, early], [], "Europe/London");
    expect(days.map(({ date }) => date)).toEqual(["2026-11-24", "2026-11-23"]);
    expect(days[1]?.rows.map((row) => row.kind === "entry" && row.entry)).toEqual([late, early]);
  });

  it("somebody who flies west has each day once, with all that was lived on it", () => {
    const days = byDay(
      [
        lived("2026-11-24T01:00:00Z", "America/New_York"),
        lived("2026-11-24T00:30:00Z", "Europe/Lisbon"),
        lived("2026-11-23T21:00:00Z", "Europe/Lisbon"),
      ],
      [],
      "Europe/Lisbon",
    );
    expect(days.map(({ date, rows }) => [date, rows.length])).toEqual([
      ["2026-11-24", 1],
      ["2026-11-23", 2],
    ]);
  });

  it("a session stands among the entries, at its time and in the zone of the clinic", () => {
    const before = lived("2026-11-24T12:00:00Z");
    const after = lived("2026-11-24T18:00:00Z");
    const session = dose(3, "2026-11-24T14:00:00Z");
    const [day] = byDay([after, before], [session], "Europe/London");
    expect(day?.rows.map((row) => row.kind)).toEqual(["entry", "session", "entry"]);
    const far = byDay([], [dose(1, "2026-11-24T23:30:00Z")], "Asia/Tokyo");
    expect(far[0]?.date).toBe("2026-11-25");
  });

  it.each([
    ["2026-10-25T00:30:00Z", "Europe/London", "2026-10-25"], // the hour that comes twice
    ["2026-10-24T23:30:00Z", "Europe/London", "2026-10-25"], // summer time still
    ["2026-03-29T00:59:59Z", "Europe/London", "2026-03-29"], // the second before
    ["2026-03-08T06:59:00Z", "America/New_York", "2026-03-08"],
    ["2026-04-05T14:30:00Z", "Australia/Lord_Howe", "2026-04-06"],
    ["2026-11-24T10:15:00Z", "Pacific/Kiritimati", "2026-11-25"],
  ])("%s in %s is on %s", (at, zone, date) => {
    expect(dayLived(lived(at, zone))).toBe(date);
  });
});

describe("the 72 hours of a session", () => {
  const started = "2026-11-20T15:00:00.000Z";
  const three = dose(3, started);
  const at = (ms: number) => new Date(Date.parse(started) + ms).toISOString();

  it.each([
    [-1, null],
    [0, 3],
    [72 * HOUR - 1, 3],
    [72 * HOUR, 3],
    [72 * HOUR + 1, null],
  ])("%d ms after it: session %s", (ms, number) => {
    expect(sessionNear(at(ms), [three])?.number ?? null).toBe(number);
  });

  it("hours are hours where the clocks change", () => {
    const autumn = dose(1, "2026-10-24T12:00:00Z");
    expect(sessionNear("2026-10-27T12:00:00Z", [autumn])).toBe(autumn);
    expect(sessionNear("2026-10-27T12:00:01Z", [autumn])).toBeNull();
  });

  it("the last of two sessions counts", () => {
    const four = dose(4, at(48 * HOUR));
    expect(sessionNear(at(47 * HOUR), [four, three])).toBe(three);
    expect(sessionNear(at(48 * HOUR), [four, three])).toBe(four);
    expect(sessionNear(at(48 * HOUR), [three, four])).toBe(four);
  });
});

describe("remembered later", () => {
  it("is what was written down more than six hours after it happened", () => {
    const id = uuidAt(Date.parse("2026-11-24T18:00:00Z"));
    const at = (occurred_at: string) => rememberedLater(lived(occurred_at, "UTC", { id }));
    expect(at("2026-11-24T18:00:00Z")).toBe(false);
    expect(at("2026-11-24T12:00:00Z")).toBe(false);
    expect(at("2026-11-24T11:59:59Z")).toBe(true);
  });

  it("is not what reached the server a month later", () => {
    const entry = lived("2026-10-24T12:00:00Z", "UTC", { created_at: "2026-11-24T12:00:00Z" });
    expect(rememberedLater(entry)).toBe(false);
  });

  it("goes by the server's time where an id says nothing", () => {
    const id = "5a1f4d0e-8c43-5a0a-9d5b-2f6f1c7be1d0";
    const created_at = "2026-11-24T12:00:00Z";
    const entry = lived("2026-10-24T12:00:00Z", "UTC", { id, created_at });
    expect(writtenAt(entry)).toBe(Date.parse(created_at));
    expect(rememberedLater(entry)).toBe(true);
  });

  it("an id made now says now", () => {
    const before = Date.now();
    const entry = lived("2026-10-24T12:00:00Z", "UTC", { id: uuid7() });
    expect(writtenAt(entry)).toBeGreaterThanOrEqual(before);
  });
});

describe("around one session", () => {
  const sessions = [
    dose(1, "2026-11-02T15:00:00Z", "2026-11-03T09:00:00Z"),
    dose(2, "2026-11-06T15:00:00Z", "2026-11-07T09:00:00Z"),
    dose(3, "2026-11-25T15:00:00Z", "2026-11-26T09:00:00Z"),
  ];
  const [one, two, three] = sessions as [DosingSession, DosingSession, DosingSession];
  const entries = [
    "2026-11-05T14:59:59Z", // still in the 72 hours of the first
    "2026-11-05T15:00:00Z",
    "2026-11-06T14:59:59Z",
    "2026-11-06T15:00:00Z",
    "2026-11-07T08:59:59Z",
    "2026-11-07T09:00:00Z",
    "2026-11-13T14:59:59Z",
    "2026-11-13T15:00:00Z", // a week later
  ].map((at) => lived(at));
  const said = (found: Lived[]) => found.map(({ occurred_at }) => occurred_at.slice(5, 19));

  it("each entry is before, in the first hours or in the next days, in the order it was lived", () => {
    const found = around(two, sessions, [...entries].reverse());
    expect(said(found.before)).toEqual(["11-05T15:00:00", "11-06T14:59:59"]);
    expect(said(found.first)).toEqual(["11-06T15:00:00", "11-07T08:59:59"]);
    expect(said(found.next)).toEqual(["11-07T09:00:00", "11-13T14:59:59"]);
  });

  it("the next days of a session end where the next session begins", () => {
    expect(said(around(one, sessions, entries).next)).toEqual([
      "11-05T14:59:59",
      "11-05T15:00:00",
      "11-06T14:59:59",
    ]);
  });

  it("before is a week at most", () => {
    expect(around(three, sessions, entries).before).toEqual([]);
  });
});
