/** Whether a measure waits to be taken: begun, given by a therapist, or open again since last time. */
import type { Guide } from "../api/types.ts";
import { assigned } from "../data/assigned.ts";
import { onChange } from "../data/changes.ts";
import type { LocalEntry } from "../data/entries.ts";
import { due } from "../domain/due.ts";
import { moment } from "../measures/moment.ts";
import { offered } from "../measures/offered.ts";
import { editions, timesOf } from "../measures/taken.svelte.ts";
import { frame } from "./frame.svelte.ts";

/** Call it while a component is made. One that was never taken is nobody's duty. */
export function measuresDue(mine: () => readonly LocalEntry[]): { readonly any: boolean } {
  let given: readonly Guide[] = $state.raw([]);
  const guides = $derived(offered(frame.library, given));
  const known = editions(mine, () => guides);

  $effect(() => {
    const load = () =>
      void assigned().then(
        (found) => (given = found),
        () => undefined,
      );
    load();
    return onChange(({ kind }) => {
      if (kind === "assigned" || kind === "account") load();
    });
  });

  const any = $derived(guides.some((guide) => isDue(guide)));

  function isDue(guide: Guide): boolean {
    if (!guide.measure) return false;
    const times = timesOf(guide.id, mine(), known.known);
    const { state } = due(guide.measure, times, moment());
    const wanted = times.length > 0 || given.some((each) => each.id === guide.id);
    return state === "started" || (state === "open" && wanted);
  }

  return {
    get any() {
      return any;
    },
  };
}
