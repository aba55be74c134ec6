/** The dosing sessions, and the zone in which they were lived. */
import type { DosingSession } from "../api/types.ts";
import { session } from "../app/session.svelte.ts";
import { hereZone } from "../domain/when.ts";

const NONE: readonly DosingSession[] = [];

export const course = {
  get sessions(): readonly DosingSession[] {
    return session.care?.dosing_sessions ?? NONE;
  },
  get zone(): string {
    return session.care?.clinic?.zone ?? hereZone();
  },
};
