/**
 * "From now on, as I save": which kinds of what is being written go to whom once it is kept. Off
 * by default, under a grant in force alone, and at rest in the hours after a dose.
 */
import type { Category, Grant, Guide } from "../api/types.ts";

/** Kinds by grant, as they were turned on, on this phone. */
export type Standing = Readonly<Record<string, readonly Category[]>>;

/** What of one guide goes under one grant. */
export interface Goes {
  grant: string;
  therapist: string;
  category: Category;
  /** Its questions of the kinds that were turned on; private ones never go by themselves. */
  items: string[];
}

/** The list for a visit goes when the person lets it; a concern goes to nobody. */
const byHand = ({ id, kind }: Pick<Guide, "id" | "kind">): boolean =>
  id === "agenda" || kind === "concern";

/** The kinds that are turned on and may be handed over: none once the grant is not in force. */
export function kindsOf(standing: Standing, grant: Grant | undefined): Category[] {
  if (!grant || grant.state !== "in_force") return [];
  return (standing[grant.id] ?? []).filter((kind) => grant.categories.includes(kind));
}

export function goes(
  standing: Standing,
  grants: readonly Grant[],
  guide: Pick<Guide, "id" | "items" | "category" | "kind">,
): Goes[] {
  return grants.flatMap((grant) => {
    const kinds = kindsOf(standing, grant);
    if (!kinds.includes(guide.category) || byHand(guide)) return [];
    const items = guide.items
      .filter(
        ({ share, category }) => share === "ask" && kinds.includes(category ?? guide.category),
      )
      .map(({ id }) => id);
    if (!items.length) return [];
    return [{ grant: grant.id, therapist: grant.therapist.name, category: guide.category, items }];
  });
}
