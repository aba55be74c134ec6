/** Where the patient is, worked out on the phone so that it is right offline too. */
import type { DosingSession, Rung } from "../api/types.ts";

const ms = (at: string): number => Date.parse(at);

/** The last rung of the ladder that has begun, or null before the first. */
export function stageNow(ladder: readonly Rung[], now: number | Date): Rung | null {
  const at = +now;
  let found: Rung | null = null;
  for (const rung of ladder) {
    if (ms(rung.from) <= at && (!found || ms(rung.from) >= ms(found.from))) found = rung;
  }
  return found;
}

/** The dosing session whose soft hours it is now (calmer screen, safer defaults), or null. */
export function softNow(
  sessions: readonly DosingSession[],
  now: number | Date,
): DosingSession | null {
  const at = +now;
  return sessions.find((dose) => ms(dose.started_at) <= at && at < ms(dose.clear_at)) ?? null;
}

/** When the screen next has to look again: the nearest future rung or edge of soft hours. */
export function nextTurn(
  ladder: readonly Rung[],
  sessions: readonly DosingSession[],
  now: number | Date,
): number | null {
  const edges = [
    ...ladder.map((rung) => ms(rung.from)),
    ...sessions.flatMap((dose) => [ms(dose.started_at), ms(dose.clear_at)]),
  ].filter((edge) => edge > +now);
  return edges.length ? Math.min(...edges) : null;
}
