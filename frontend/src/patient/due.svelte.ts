/** Whether a measure waits to be taken: begun, given by a therapist, or open again since last time. */
import type { Guide } from "../api/types.ts";
import type { LocalEntry } from "../data/entries.ts";
import { due } from "../domain/due.ts";
import { moment } from "../measures/moment.ts";
import { offered } from "../measures/offered.ts";
import { editions, timesOf } from "../measures/taken.svelte.ts";
import { frame } from "./frame.svelte.ts";
import { given } from "./given.svelte.ts";

/** Call it while a component is made. One that was never taken is nobody's duty. */
export function measuresDue(mine: () => readonly LocalEntry[]): { readonly any: boolean } {
  const assigned = given();
  const guides = $derived(offered(frame.library, assigned.guides));
  const known = editions(mine, () => guides);

  const any = $derived(guides.some((guide) => isDue(guide)));

  function isDue(guide: Guide): boolean {
    if (!guide.measure) return false;
    const times = timesOf(guide.id, mine(), known.known);
    const { state } = due(guide.measure, times, moment());
    const wanted = times.length > 0 || assigned.guides.some((each) => each.id === guide.id);
    return state === "started" || (state === "open" && wanted);
  }

  return {
    get any() {
      return any;
    },
  };
}
