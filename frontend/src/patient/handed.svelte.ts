/**
 * What is handed over at present, for the sentence that says who can read this. Undefined while the
 * server is asked for the first time, null when it did not say: then nothing is claimed about it.
 */
import type { Handed } from "../api/types.ts";
import { onChange } from "../data/changes.ts";
import { stillOut } from "../sync/online.ts";

class HandedOver {
  all: readonly Handed[] | null | undefined = $state.raw(undefined);

  async load(): Promise<void> {
    this.all = await stillOut().catch(() => this.all ?? null);
  }
}

/** Call it while a component is made; it follows changes until the component goes. */
export function handed(): HandedOver {
  const found = new HandedOver();
  $effect(() => {
    void found.load();
    return onChange(({ kind }) => {
      if (kind === "sharing" || kind === "account") void found.load();
    });
  });
  return found;
}
