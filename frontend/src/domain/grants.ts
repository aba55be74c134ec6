/** How a consent stands. */
import type { Grant } from "../api/types.ts";

/** Given and not over: it can be open, paused, or wait for a newer text to be agreed to. */
export function stands(grant: Pick<Grant, "state">): boolean {
  return grant.state !== "ended" && grant.state !== "withdrawn";
}

const NEAR = 14 * 86_400_000;

/** Its last two weeks: the time to say that it can be renewed. */
export function nearsEnd(grant: Pick<Grant, "state" | "ends_at">, now: number): boolean {
  return stands(grant) && Date.parse(grant.ends_at) - now <= NEAR;
}
