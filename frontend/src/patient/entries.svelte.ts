/** The entries on this phone, as a list that follows every change. Null until it is known. */
import { onChange } from "../data/changes.ts";
import { Locked } from "../data/db.ts";
import { listEntries, type LocalEntry } from "../data/entries.ts";
import { bin } from "./bin.svelte.ts";

class Entries {
  #all: readonly LocalEntry[] | null = $state.raw(null);

  get known(): boolean {
    return this.#all !== null;
  }

  /** All of them but those on their way out, the latest lived first. */
  get here(): readonly LocalEntry[] {
    return (this.#all ?? []).filter((entry) => !bin.holds(entry.id));
  }

  /** Those that rest in the bin. */
  get resting(): readonly LocalEntry[] {
    return (this.#all ?? []).filter(({ id }) => id in bin.resting && !bin.deletes(id));
  }

  async load(): Promise<void> {
    try {
      this.#all = await listEntries();
    } catch (error) {
      // What was read before the phone was locked does not stay in memory.
      this.#all = error instanceof Locked ? [] : (this.#all ?? []);
    }
  }
}

/** Call it while a component is made; it follows changes until the component goes. */
export function entries(): Entries {
  const found = new Entries();
  $effect(() => {
    void found.load();
    return onChange(({ kind }) => {
      if (["entries", "account", "lock"].includes(kind)) void found.load();
    });
  });
  return found;
}
