/** Which visit is near enough to choose what to bring to it. */
import type { Care, Grant } from "../api/types.ts";
import { nextVisit, type Visit } from "../domain/visits.ts";

const BEFORE = 48 * 3_600_000;

/** The next visit within two days with somebody who can read something; null without one. */
export function visitToBringTo(
  care: Care | null,
  grants: readonly Grant[],
  now: number,
): Visit | null {
  const readers = grants.filter(({ state }) => state === "in_force").map((g) => g.therapist.id);
  const near = readers.flatMap((therapist) => nextVisit(care, now, therapist) ?? []);
  return (
    near
      .filter(({ starts_at }) => Date.parse(starts_at) - now <= BEFORE)
      .sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at))[0] ?? null
  );
}
