/** Pages as the server sends them, for tests: one excerpt, one page, little of everything. */
import type { Fact, Page, PageExcerpt } from "../../src/api/types.ts";

export interface Made {
  id?: string;
  title?: string;
  kind?: string;
  guide?: string;
  written?: string;
  handed?: string;
  category?: PageExcerpt["category"];
  facts?: Fact[];
  marks?: Partial<PageExcerpt["marks"]>;
  /** Each row: its question, and what stands under it; picked lines begin with "*". */
  rows?: [question: string, ...lines: string[]][];
}

export function excerpt(made: Made = {}): PageExcerpt {
  const { id = "a", title = "Free writing", rows = [["", "Words."]] } = made;
  return {
    id,
    category: made.category ?? "reflections",
    kind: (made.kind ?? "whole") as PageExcerpt["kind"],
    guide: made.guide ?? "free",
    handed_at: made.handed ?? "2026-11-20T09:00:00Z",
    written_at: made.written ?? "2026-11-17T09:00:00Z",
    zone: "Europe/Lisbon",
    marks: { read: null, talked: null, carry: null, ...made.marks },
    content: {
      title,
      facts: made.facts ?? [],
      items: rows.map(([question, ...lines]) => ({
        question,
        answer: {
          lines: lines.map((line) => ({
            label: null,
            value: line.replace(/^\*/, ""),
            own: !line.startsWith("*"),
          })),
        },
      })),
    },
  };
}

export function page(excerpts: PageExcerpt[] = [], rest: Partial<Page> = {}): Page {
  return {
    at: "2026-11-24T09:00:00Z",
    patient: { id: "p", name: "Maya" },
    therapist: { id: "t", name: "Dr Reyes" },
    until: "2027-02-14T00:00:00Z",
    next_appointment: null,
    since: null,
    last_dosing: null,
    dosings: [],
    released_at: null,
    minutes: 1,
    excerpts,
    agenda: null,
    bring: [],
    first: [],
    carried: [],
    safety: [],
    visit: [],
    effects: [],
    measures: [],
    scales: [],
    skills: [],
    steps: [],
    intention: null,
    plan: null,
    ...rest,
  };
}
