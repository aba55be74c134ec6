/** What a clinic did, as the person it was about reads it. */
import { describe, expect, it } from "vitest";

import type { Act } from "../../src/api/types.ts";
import { tell } from "../../src/told/acts.ts";

let n = 0;
const act = (did: Act["did"], other: string | null, at = "2026-03-10T12:00:00Z"): Act => ({
  id: `act-${++n}`,
  did,
  at,
  seen_at: null,
  clinic: "Harbour Clinic",
  by: { id: "sam", name: "Sam" },
  other: other === null ? null : { id: other, name: other },
});

describe("what a clinic did", () => {
  it("is one change when one link ended as another began", () => {
    const [one, ...more] = tell([act("linked", "Dr New"), act("unlinked", "Dr Old")], "patient");
    expect(more).toEqual([]);
    expect(one?.title).toBe("Dr New sees you from now on");
    expect(one?.text).toContain("in the place of Dr Old");
    expect(one?.shares).toBe(true);
  });

  it("says the same whichever of the two comes first", () => {
    const [one] = tell([act("unlinked", "Dr Old"), act("linked", "Dr New")], "patient");
    expect(one?.text).toContain("Dr New comes in the place of Dr Old");
  });

  it("stays two things when they did not happen together", () => {
    const found = tell(
      [act("linked", "Dr New"), act("unlinked", "Dr Old", "2026-03-01T12:00:00Z")],
      "patient",
    );
    expect(found.map(({ title }) => title)).toEqual([
      "Dr New sees you from now on",
      "Dr Old no longer sees you here",
    ]);
  });

  it("joins nothing for a therapist: those are other people", () => {
    const found = tell([act("linked", "Maya"), act("unlinked", "Jonas")], "therapist");
    expect(found.map(({ title }) => title)).toEqual([
      "Maya is linked to you",
      "Jonas is no longer linked to you",
    ]);
    expect(found.some(({ shares }) => shares)).toBe(false);
  });

  it("is seen when all of it is", () => {
    const seen = { ...act("linked", "Dr New"), seen_at: "2026-03-11T12:00:00Z" };
    expect(tell([seen, act("unlinked", "Dr Old")], "patient")[0]?.seen).toBe(false);
    expect(tell([seen], "patient")[0]?.seen).toBe(true);
  });

  it("has words for everything there is", () => {
    const every: Act["did"][] = ["linked", "unlinked", "left", "deactivated", "recovery", "report"];
    for (const role of ["patient", "therapist", "admin"] as const) {
      for (const did of every) {
        expect(tell([act(did, "Dr New")], role)[0]?.title).not.toBe("");
      }
    }
  });
});
