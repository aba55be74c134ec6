/** Questions and guides with nothing in them but what a test says. */
import type { Guide, Item, NoteRule, Part } from "../../src/api/types.ts";

export const TEXT: Part = { name: "text", kind: "text", lines: "long", max: 200_000 };

export function anItem(more: Partial<Item> = {}): Item {
  return {
    id: "one",
    text: `${more.id ?? "one"}?`,
    help: null,
    tier: "core",
    share: "ask",
    category: null,
    parts: [TEXT],
    nothing: null,
    source: "Design judgement",
    shows: null,
    notes: [],
    ...more,
  };
}

export function aGuide(items: Item[], more: Partial<Guide> = {}): Guide {
  return {
    id: "refl",
    edition: 1,
    kind: "reflection",
    title: "The next day",
    intro: "",
    stage: "refl",
    category: "reflections",
    about: "",
    closing: "",
    licence: "Original wording, Apache-2.0",
    source: null,
    ask: null,
    measure: null,
    items,
    ...more,
  };
}

export function aRule(more: Partial<NoteRule> = {}): NoteRule {
  return {
    part: "choice",
    note: "hard_part",
    to: "skills",
    any: [],
    at_most: null,
    at_least: null,
    times: 1,
    days: 1,
    ...more,
  };
}
