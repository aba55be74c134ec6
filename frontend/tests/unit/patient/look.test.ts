import { afterEach, describe, expect, it } from "vitest";

import type { Care } from "../../../src/api/types.ts";
import { look } from "../../../src/patient/look.svelte.ts";

const START = Date.parse("2026-11-24T13:00:00Z");
const CLEAR = Date.parse("2026-11-25T09:00:00Z");
const care = {
  dosing_sessions: [
    {
      id: "dose",
      number: 3,
      started_at: new Date(START).toISOString(),
      ended_at: null,
      clear_at: new Date(CLEAR).toISOString(),
      route: "im",
    },
  ],
} as unknown as Care;

afterEach(() => {
  look.follow(null);
  look.leave();
  look.choose("auto");
});

describe("the calm screen", () => {
  it("comes at the start of a dose and goes when the head is clear, to the moment", () => {
    look.follow(care);
    const at = (now: number) => {
      look.now = now;
      return look.shown;
    };
    expect([START - 1, START, CLEAR - 1, CLEAR].map(at)).toEqual(["auto", "soft", "soft", "auto"]);
  });

  it("is left in one tap, while big steps still wait", () => {
    look.follow(care);
    look.now = START + 1;
    look.leave();
    expect(look.soft).toBe(false);
    expect(look.careful).toBe(true);
    look.now = CLEAR;
    expect(look.careful).toBe(false);
  });

  it("is a look alone where somebody chose it as their look", () => {
    look.choose("soft");
    expect([look.shown, look.soft, look.careful]).toEqual(["soft", false, false]);
    look.enter();
    look.leave();
    expect([look.shown, look.soft]).toEqual(["soft", false]);
  });

  it("is not brought by hours nobody knows of yet, in which big steps wait", () => {
    look.follow(null, true);
    expect([look.careful, look.unsure, look.shown]).toEqual([true, true, "auto"]);
    look.follow(care, true);
    look.now = CLEAR;
    expect([look.careful, look.unsure]).toEqual([false, false]);
    look.follow(null);
    expect(look.careful).toBe(false);
  });

  it("is entered in one tap without any plan, and ends the next morning", () => {
    look.enter();
    look.now = Date.now();
    expect(look.soft).toBe(true);
    look.now = Date.now() + 34 * 3_600_000;
    expect(look.soft).toBe(false);
  });
});
