/** The measures a person can look at: what the library offers, and what was given to them. */
import type { Guide, Library } from "../api/types.ts";

/** Those about alcohol last, each once; a measure that needs something waits until it is there. */
export function offered(library: Library | null, given: readonly Guide[]): Guide[] {
  const all = [...given, ...(library?.guides ?? []).filter((guide) => !needs(guide, library))];
  const once = new Map(all.map((guide) => [guide.id, guide]));
  return [...once.values()]
    .filter((guide) => guide.kind === "measure")
    .sort((a, b) => order(a) - order(b) || a.title.localeCompare(b.title, "en"));
}

function needs({ measure }: Guide, library: Library | null): boolean {
  if (measure?.needs === "response-plan") return !library?.response_plan;
  return measure?.needs === "assigned";
}

const order = ({ category }: Guide): number => (category === "measures" ? 0 : 1);
