/** The numbers to call, as every screen that shows some needs them: from the phone at once. */
import type { Help } from "../api/types.ts";
import { onChange } from "../data/changes.ts";
import { help } from "../data/library.ts";
import { keepRegion, regionOf, rowOf } from "./region.ts";

/** Nobody waits for a network here: after this, what the app itself knows is shown. */
const PATIENCE = 1_000;

class Numbers {
  help: Help | null = $state.raw(null);
  region = $state("");
  /** It has been looked for, found or not. */
  looked = $state(false);
  row = $derived(this.help && this.region ? rowOf(this.help, this.region) : null);

  async load(): Promise<void> {
    const found = await help().catch(() => null);
    if (found) {
      this.help = found;
      this.region ||= regionOf(found);
    }
    this.looked = true;
  }

  choose(region: string): void {
    this.region = region;
    keepRegion(region);
  }
}

/** Call it while a component is made; it follows changes until the component goes. */
export function numbers(): Numbers {
  const found = new Numbers();
  $effect(() => {
    void found.load();
    const timer = setTimeout(() => (found.looked = true), PATIENCE);
    const stop = onChange(({ kind }) => {
      if (kind === "help") void found.load();
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  });
  return found;
}
