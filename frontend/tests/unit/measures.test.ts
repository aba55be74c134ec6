/** Which measures are offered, and the words for when one opens. */
import { describe, expect, it } from "vitest";

import type { Guide, Library, Measure } from "../../src/api/types.ts";
import { closed, opens } from "../../src/measures/said.ts";
import { offered } from "../../src/measures/offered.ts";

type Needs = Measure["needs"];

const guide = (id: string, needs: Needs = null, more: Partial<Guide> = {}): Guide =>
  ({
    id,
    kind: "measure",
    title: id,
    category: "measures",
    measure: { needs },
    ...more,
  }) as unknown as Guide;

const PLAN = { who: "", days: "", within: "", what: "", backup: "" };
const library = (guides: Guide[], plan: typeof PLAN | null = null): Library =>
  ({ guides, response_plan: plan }) as unknown as Library;
const ids = (guides: Guide[]) => guides.map((each) => each.id);

describe("the measures that are offered", () => {
  const phq9 = guide("phq9", "response-plan");
  const pcl5 = guide("pcl5", "assigned");

  it("are measures, with those about alcohol last", () => {
    const alcohol = guide("auditc", null, { category: "alcohol-drugs", title: "A" });
    const page = guide("free", null, { kind: "writing", measure: null });
    const all = library([alcohol, guide("peg"), page, guide("gad7")]);
    expect(ids(offered(all, []))).toEqual(["gad7", "peg", "auditc"]);
  });

  it("have the PHQ-9 among them when the clinic has said what it does", () => {
    expect(ids(offered(library([phq9]), []))).toEqual([]);
    expect(ids(offered(library([phq9], PLAN), []))).toEqual(["phq9"]);
  });

  it("have the PCL-5 among them when a therapist has given it, once", () => {
    expect(ids(offered(library([pcl5]), []))).toEqual([]);
    expect(ids(offered(library([]), [pcl5]))).toEqual(["pcl5"]);
    expect(ids(offered(library([guide("peg")]), [guide("peg"), pcl5]))).toEqual(["pcl5", "peg"]);
  });

  it("are those that were given while no library has come", () => {
    expect(ids(offered(null, [pcl5]))).toEqual(["pcl5"]);
  });
});

describe("when one opens", () => {
  const now = new Date(2026, 2, 10, 10, 0);
  const at = (day: number, hour = 0) => new Date(2026, 2, day, hour).getTime();

  it.each([
    [{ state: "open" } as const, ""],
    [
      { state: "waits", why: "taken", from: at(24) } as const,
      "It opens again on Tuesday 24 March.",
    ],
    [{ state: "waits", why: "taken", from: at(11) } as const, "It opens again tomorrow."],
    [
      { state: "waits", why: "hours", from: at(11, 9) } as const,
      "It opens tomorrow at 9:00, when the hours after your session are over.",
    ],
    [
      { state: "waits", why: "calm", from: null } as const,
      "It opens when you leave the calm screen.",
    ],
    [
      { state: "started", entry: "e", at: new Date(at(10, 8)).toISOString() } as const,
      "You stopped part of the way, today.",
    ],
  ])("%j is said as: %s", (due, said) => {
    expect(opens(due, now)).toBe(said);
  });
});

describe("what is closed", () => {
  const timing = { days_between: 14, hours_after_dose: 24 };
  const at = "2026-03-10T10:00Z";
  const moment = (now: string, calm = false) => ({
    now: Date.parse(now),
    zone: "UTC",
    sessions: [],
    calm,
  });

  it.each([
    ["2026-03-10T12:00Z", false, null, ""],
    ["2026-03-10T12:00Z", true, null, "It can be changed when your head is clear."],
    ["2026-05-09T10:00Z", false, null, "It could be answered for one day. It stays not scored."],
    ["2026-05-09T10:00Z", true, null, "It could be answered for one day. It stays not scored."],
    ["2026-05-09T10:00Z", false, "6 of 21", "It could be changed for one day. It stays as it is."],
  ])("at %s, calm %s, with %s says: %s", (now, calm, said, line) => {
    expect(closed(timing, { at, said }, moment(now, calm))).toBe(line);
  });
});
