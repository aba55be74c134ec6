/** What the person prefers on this phone, as it changes. Null until it is known. */
import { onChange } from "../data/changes.ts";
import { type Prefs, prefs } from "../data/prefs.ts";

class Chosen {
  prefs: Prefs | null = $state.raw(null);

  async load(): Promise<void> {
    // Nobody is signed in: what was known last stands.
    this.prefs = await prefs().catch(() => this.prefs);
  }
}

/** Call it while a component is made; it follows changes until the component goes. */
export function chosen(): Chosen {
  const found = new Chosen();
  $effect(() => {
    void found.load();
    return onChange(({ kind }) => {
      if (kind === "prefs" || kind === "account") void found.load();
    });
  });
  return found;
}
