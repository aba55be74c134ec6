/**
 * What of an entry is out in words that have changed since. Nothing goes across by itself: this
 * only finds out whether the words differ and how the same choice is made once more.
 */
import type { Answers, Content, Guide, Handed, What } from "../api/types.ts";
import type { Known } from "../domain/lines.ts";
import { contentOf, whole } from "./preview.ts";

/** One hand-over whose words are not those of the entry any more. */
export interface Earlier {
  handover: string;
  grant: string;
  therapist: string;
  /** It waits for a time or a yes: nobody has read it. */
  waits: boolean;
  /** The same choice once more; null where it has to be made anew. */
  what: What | null;
}

interface Now {
  revision: string | null;
  answers: Answers;
}

const OUT: ReadonlySet<Handed["state"]> = new Set(["handed", "held", "waiting"] as const);

/** Those out of this entry with other words than it has now. What is closed rests. */
export function earlier(
  handed: readonly Handed[],
  entry: Now,
  guide: Guide,
  known: Known | null,
): Earlier[] {
  const groups = new Map<string, Handed[]>();
  for (const each of handed) {
    if (!OUT.has(each.state) || each.shut || each.revision === entry.revision) continue;
    groups.set(each.handover_id, [...(groups.get(each.handover_id) ?? []), each]);
  }
  return [...groups].flatMap(([handover, parts]) => {
    const [first] = parts;
    if (!first || stands(parts, entry, guide, known)) return [];
    return {
      handover,
      grant: first.grant_id,
      therapist: first.therapist.name,
      waits: parts.every(({ state }) => state !== "handed"),
      what: sameChoice(parts, guide),
    };
  });
}

/**
 * The same choice for the words as they are now. A passage is marked anew; so is what is unclear,
 * and that out of which a sentence was taken: it would come back.
 */
export function sameChoice(parts: readonly Handed[], guide: Guide): What | null {
  const rows = parts.flatMap(({ content }) => content.items);
  // Of a copied recording nobody knows any more which one it was.
  if (parts.some(({ cut }) => cut) || rows.some(({ media }) => media)) return null;
  const kind = parts[0]?.kind;
  if (kind === "whole") return { kind };
  const items = kind === "answers" ? itemsIn(parts, guide) : null;
  return items?.length ? { kind: "answers", items } : null;
}

/** Whether the very words that are out still stand in the entry. */
function stands(parts: readonly Handed[], { answers }: Now, guide: Guide, known: Known | null) {
  const rows = parts.flatMap(({ content }) => content.items.filter(({ media }) => !media));
  if (!rows.length) return true;
  if (parts[0]?.kind === "passage") {
    const quotes = rows.flatMap(({ answer }) => answer.lines.map(({ value }) => value));
    const texts = Object.values(answers).flatMap((answer) => Object.values(answer));
    return quotes.every((quote) =>
      texts.some((text) => typeof text === "string" && text.includes(quote)),
    );
  }
  // A kind that was taken back stays back: the others are compared.
  const kinds = new Set(parts.map(({ category }) => category));
  const kindOf = new Map(guide.items.map((item) => [item.id, item.category ?? guide.category]));
  const chosen = parts[0]?.kind === "whole" ? whole(guide) : itemsIn(parts, guide);
  if (chosen === null) return false;
  const items = chosen.filter((id) => kinds.has(kindOf.get(id) ?? guide.category));
  return same(rows, contentOf(guide, answers, items, known));
}

/** In which order they came across is no matter: they are apart by category. */
function same(one: Content["items"], other: Content["items"]): boolean {
  const said = (rows: Content["items"]) =>
    rows
      .map(({ question, answer }) => JSON.stringify([question, answer.lines.map(lineOf)]))
      .sort()
      .join("\n");
  return said(one) === said(other);
}

const lineOf = ({ label, value }: { label: string | null; value: string }) => [label, value];

/** The questions whose answers went across, in the order of the guide; null if one is not known. */
function itemsIn(parts: readonly Handed[], guide: Guide): string[] | null {
  const asked = new Set(
    parts.flatMap(({ content }) => content.items.map(({ question }) => question)),
  );
  asked.delete("Total");
  const items = guide.items.filter((item) => asked.has(item.text));
  return items.length === asked.size ? items.map(({ id }) => id) : null;
}
