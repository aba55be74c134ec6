/** After-effects since the last dose: how often each was noted, how strong at most, still there. */
import type { Page, PageExcerpt } from "../api/types.ts";

export interface Noted {
  id: string;
  label: string;
  times: number;
  /** As it was called where it was strongest. */
  severity: string | null;
  /** As it was told last. */
  still: boolean | null;
  excerpt: string;
}

const ORDER = ["mild", "medium", "strong"];

/** One row for each, in the order in which they were first noted. */
export function noted(page: Pick<Page, "excerpts" | "effects" | "last_dosing">): Noted[] {
  const from = page.last_dosing === null ? -Infinity : Date.parse(page.last_dosing.started_at);
  const rows = new Map<string, Noted>();
  const told = page.excerpts
    .filter(({ id, written_at }) => page.effects.includes(id) && Date.parse(written_at) >= from)
    .toSorted((a, b) => Date.parse(a.written_at) - Date.parse(b.written_at));
  for (const excerpt of told) {
    for (const fact of effectsIn(excerpt)) {
      const { times = 0, severity = null, still = null } = rows.get(fact.id) ?? {};
      rows.set(fact.id, {
        id: fact.id,
        label: fact.label,
        times: times + 1,
        severity: stronger(severity, fact.severity ?? null),
        still: fact.still ?? still,
        excerpt: excerpt.id,
      });
    }
  }
  return [...rows.values()];
}

function effectsIn({ content }: PageExcerpt) {
  return content.facts.filter((fact) => fact.kind === "effect");
}

function stronger(one: string | null, other: string | null): string | null {
  const rank = (label: string | null) => (label === null ? -1 : ORDER.indexOf(label));
  return rank(other) > rank(one) ? other : one;
}
