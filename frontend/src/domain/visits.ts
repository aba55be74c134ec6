/** The appointments of the care plan, around now. */
import type { Care } from "../api/types.ts";

export type Visit = Care["appointments"][number];

/** The next one, with anybody or with one therapist. */
export function nextVisit(care: Care | null, now: number, therapist?: string): Visit | null {
  return (
    visits(care, therapist)
      .filter((each) => Date.parse(each.starts_at) > now)
      .sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at))[0] ?? null
  );
}

/** The last one that has begun; null where none is known. */
export function lastVisit(care: Care | null, now: number, therapist: string): Visit | null {
  return (
    visits(care, therapist)
      .filter((each) => Date.parse(each.starts_at) <= now)
      .sort((a, b) => Date.parse(b.starts_at) - Date.parse(a.starts_at))[0] ?? null
  );
}

function visits(care: Care | null, therapist?: string): Visit[] {
  return (care?.appointments ?? []).filter(
    (each) => therapist === undefined || each.therapist.id === therapist,
  );
}
