import { describe, expect, it } from "vitest";

import type { DosingSession } from "../../src/api/types.ts";
import {
  due,
  goesOn,
  inSitting,
  lastTaken,
  type Moment,
  type Taken,
} from "../../src/domain/due.ts";

const ZONE = "Europe/Berlin";
const TIMING = { days_between: 14, hours_after_dose: 24 };

const at = (when: string): number => Date.parse(when);
const moment = (now: string, more: Partial<Moment> = {}): Moment => ({
  now: at(now),
  zone: ZONE,
  sessions: [],
  calm: false,
  ...more,
});
const taken = (when: string, complete = true): Taken => ({
  entry: `e-${when}`,
  at: when,
  complete,
});
const dose = (started: string, ended: string | null, clear: string): DosingSession => ({
  id: started,
  number: 1,
  started_at: started,
  ended_at: ended,
  clear_at: clear,
  route: "im",
});

describe("a measure", () => {
  it("is open when it was never taken", () => {
    expect(due(TIMING, [], moment("2026-03-10T10:00Z"))).toEqual({ state: "open" });
  });

  it.each([
    // Taken late on the 10th in Berlin: it opens with the first minute of the 24th there.
    ["2026-03-10T22:30Z", "2026-03-23T22:59:59Z", false],
    ["2026-03-10T22:30Z", "2026-03-23T23:00:00Z", true],
    // 23:30 in Berlin is still the 10th, half an hour later is the 11th.
    ["2026-03-10T23:30Z", "2026-03-24T22:59:59Z", false],
    ["2026-03-10T23:30Z", "2026-03-24T23:00:00Z", true],
    // Across the change to summer time, on 29 March.
    ["2026-03-20T09:00Z", "2026-04-02T21:59:59Z", false],
    ["2026-03-20T09:00Z", "2026-04-02T22:00:00Z", true],
    // And back, on 25 October.
    ["2026-10-20T09:00Z", "2026-11-02T22:59:59Z", false],
    ["2026-10-20T09:00Z", "2026-11-02T23:00:00Z", true],
  ])("taken at %s is at %s open: %s", (when, now, open) => {
    const found = due(TIMING, [taken(when)], moment(now));
    expect(found.state).toBe(open ? "open" : "waits");
  });

  it("says when it opens again", () => {
    const found = due(TIMING, [taken("2026-03-10T10:00Z")], moment("2026-03-12T10:00Z"));
    expect(found).toEqual({ state: "waits", why: "taken", from: at("2026-03-23T23:00Z") });
  });

  it.each([
    ["Pacific/Kiritimati", "2026-03-23T10:00Z"],
    ["Pacific/Pago_Pago", "2026-03-24T11:00Z"],
    ["Asia/Kathmandu", "2026-03-23T18:15Z"],
  ])("opens with the day of %s", (zone, from) => {
    const noon = "2026-03-10T11:30Z";
    const days = zone === "Pacific/Kiritimati" ? 13 : 14;
    const timing = { ...TIMING, days_between: days };
    const found = due(timing, [taken(noon)], moment("2026-03-11T11:30Z", { zone }));
    expect(found).toEqual({ state: "waits", why: "taken", from: at(from) });
  });

  it("counts from the last time, whatever the order", () => {
    const all = [
      taken("2026-03-01T10:00Z"),
      taken("2026-03-10T10:00Z"),
      taken("2026-02-01T10:00Z"),
    ];
    expect(lastTaken(all)?.at).toBe("2026-03-10T10:00Z");
    expect(due(TIMING, all, moment("2026-03-16T10:00Z")).state).toBe("waits");
  });
});

describe("after a dose", () => {
  const sessions = [dose("2026-03-10T10:00Z", "2026-03-10T12:00Z", "2026-03-11T08:00Z")];

  it.each([
    ["2026-03-10T09:59:59Z", "open"],
    ["2026-03-10T10:00:00Z", "waits"],
    ["2026-03-11T08:00:00Z", "waits"],
    ["2026-03-11T11:59:59Z", "waits"],
    ["2026-03-11T12:00:00Z", "open"],
  ])("at %s it is %s", (now, state) => {
    expect(due(TIMING, [], moment(now, { sessions })).state).toBe(state);
  });

  it("counts from the start while no end is known", () => {
    const open = [dose("2026-03-10T10:00Z", null, "2026-03-11T08:00Z")];
    const found = due(TIMING, [], moment("2026-03-11T09:00Z", { sessions: open }));
    expect(found).toEqual({ state: "waits", why: "hours", from: at("2026-03-11T10:00Z") });
  });

  it("waits as long as the clinic's own hours, where those are longer", () => {
    const long = [dose("2026-03-10T10:00Z", "2026-03-10T12:00Z", "2026-03-12T08:00Z")];
    const found = due(TIMING, [], moment("2026-03-11T13:00Z", { sessions: long }));
    expect(found).toEqual({ state: "waits", why: "hours", from: at("2026-03-12T08:00Z") });
  });

  it("names the later of two reasons", () => {
    const soon = due(
      TIMING,
      [taken("2026-03-09T10:00Z")],
      moment("2026-03-10T13:00Z", { sessions }),
    );
    expect(soon).toMatchObject({ why: "taken", from: at("2026-03-22T23:00Z") });
    const old = due(
      TIMING,
      [taken("2026-02-25T10:00Z")],
      moment("2026-03-10T13:00Z", { sessions }),
    );
    expect(old).toMatchObject({ why: "hours" });
  });
});

describe("the calm screen", () => {
  it("keeps it closed with no date", () => {
    const found = due(TIMING, [], moment("2026-03-10T10:00Z", { calm: true }));
    expect(found).toEqual({ state: "waits", why: "calm", from: null });
  });
});

describe("one left part of the way", () => {
  const begun = taken("2026-03-10T10:00Z", false);

  it("goes on for a day, and then a new one begins", () => {
    expect(due(TIMING, [begun], moment("2026-03-11T09:59Z"))).toEqual({
      state: "started",
      entry: begun.entry,
      at: begun.at,
    });
    expect(due(TIMING, [begun], moment("2026-03-11T10:00Z"))).toEqual({ state: "open" });
  });

  it("does not go on over one that was taken since", () => {
    const all = [begun, taken("2026-03-10T11:00Z")];
    expect(due(TIMING, all, moment("2026-03-10T12:00Z")).state).toBe("waits");
  });

  it("does not go on in the hours after a dose", () => {
    const sessions = [dose("2026-03-10T10:30Z", null, "2026-03-11T08:00Z")];
    expect(due(TIMING, [begun], moment("2026-03-10T11:00Z", { sessions })).state).toBe("waits");
  });
});

describe("one sitting", () => {
  const begun = taken("2026-03-10T10:00Z", false);
  const soon = moment("2026-03-10T11:00Z");
  const dosed = [dose("2026-03-10T10:30Z", null, "2026-03-11T08:00Z")];

  it("is a day long, with a clear head", () => {
    expect(inSitting(TIMING, begun.at, moment("2026-03-11T09:59:59Z"))).toBe(true);
    expect(inSitting(TIMING, begun.at, moment("2026-03-11T10:00:00Z"))).toBe(false);
    expect(inSitting(TIMING, begun.at, { ...soon, calm: true })).toBe(false);
    expect(inSitting(TIMING, begun.at, { ...soon, sessions: dosed })).toBe(false);
  });

  it.each([
    ["the one that was begun", begun, [begun], soon, true],
    ["one in which nothing is said yet", begun, [], soon, true],
    ["one that is taken, to change it", { ...begun, complete: true }, [], soon, true],
    ["one begun weeks ago", begun, [begun], moment("2026-05-09T10:00Z"), false],
    [
      "one taken weeks ago",
      { ...begun, complete: true },
      [{ ...begun, complete: true }],
      moment("2026-05-09T10:00Z"),
      false,
    ],
    ["one in the hours after a dose", begun, [begun], { ...soon, sessions: dosed }, false],
    ["one in the calm screen", begun, [begun], { ...soon, calm: true }, false],
    ["one before another that was taken", begun, [taken("2026-03-10T10:30Z")], soon, false],
    ["one before another that was begun", begun, [taken("2026-03-10T10:30Z", false)], soon, false],
  ])("goes on with %s", (_, one, all, now, goes) => {
    expect(goesOn(TIMING, one, all, now)).toBe(goes);
  });
});
