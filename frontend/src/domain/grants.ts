/** How a consent stands. */
import type { Grant } from "../api/types.ts";

/** Given and not over: it can be open, paused, or wait for a newer text to be agreed to. */
export function stands(grant: Pick<Grant, "state">): boolean {
  return grant.state !== "ended" && grant.state !== "withdrawn";
}
