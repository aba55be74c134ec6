/** What decides whether a measure can be answered now, as this phone knows it. Reactive. */
import { session } from "../app/session.svelte.ts";
import type { Moment } from "../domain/due.ts";
import { hereZone } from "../domain/when.ts";
import { look } from "../patient/look.svelte.ts";

export function moment(): Moment {
  const sessions = session.care?.dosing_sessions ?? [];
  return { now: look.now, zone: hereZone(), sessions, calm: look.careful };
}
