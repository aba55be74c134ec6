/** The numbers to call, as every screen that shows some needs them: from the phone at once. */
import type { Help } from "../api/types.ts";
import { onChange } from "../data/changes.ts";
import { device } from "../data/db.ts";
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

  /** `quiet` takes what is on the phone and asks nobody. */
  async load(quiet = false): Promise<void> {
    const found = await (quiet ? onPhone() : help()).catch(() => null);
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

async function onPhone(): Promise<Help | null> {
  const found = await (await device()).get("public", "help");
  return (found?.body as Help | undefined) ?? null;
}

/** Call it while a component is made; it follows changes until the component goes. */
export function numbers({ quiet = false } = {}): Numbers {
  const found = new Numbers();
  $effect(() => {
    void found.load(quiet);
    const timer = setTimeout(() => (found.looked = true), PATIENCE);
    const stop = onChange(({ kind }) => {
      if (kind === "help") void found.load(quiet);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  });
  return found;
}
