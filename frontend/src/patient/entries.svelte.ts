/** The entries on this phone, as a list that follows every change. Null until it is known. */
import { onChange } from "../data/changes.ts";
import type { LocalEntry } from "../data/entries.ts";
import { latestEntries, openedEntries } from "../data/opened.ts";
import { bin } from "./bin.svelte.ts";

/** There is no journal to show: nobody is signed in, or it is locked. */
const SHUT: ReadonlySet<string> = new Set(["NobodyHere", "Locked"]);

/** Between two looks at everything, in ms; and so many times as long as the last one took. */
const BREATH = 200;
const REST = 4;

class Entries {
  #all: readonly LocalEntry[] | null = $state.raw(null);

  /** All of them but those on their way out, the latest lived first. */
  readonly here: readonly LocalEntry[] = $derived(
    (this.#all ?? []).filter((entry) => !bin.holds(entry.id)),
  );

  get known(): boolean {
    return this.#all !== null;
  }

  /** Those that rest in the bin. */
  get resting(): readonly LocalEntry[] {
    return (this.#all ?? []).filter(({ id }) => id in bin.resting && !bin.deletes(id));
  }

  /** `early`: the latest of them first, for a screen that only shows them. */
  async load(early = false): Promise<void> {
    try {
      if (early && this.#all === null) this.#all = await latestEntries();
      this.#all = await openedEntries();
    } catch (error) {
      if (error instanceof Error && SHUT.has(error.name)) this.#all = [];
      else this.#all ??= [];
    }
  }
}

/** Call it while a component is made; it follows changes until the component goes. */
export function entries({ early = false } = {}): Entries {
  const found = new Entries();
  $effect(() => {
    void found.load(early);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let pause = BREATH;
    const later = async (): Promise<void> => {
      timer = undefined;
      const since = performance.now();
      await found.load();
      pause = Math.max(BREATH, REST * (performance.now() - since));
    };
    const stop = onChange(({ kind, id }) => {
      // A first pull says many times that many have changed.
      if (kind === "entries" && id === undefined) timer ??= setTimeout(() => void later(), pause);
      // With "lock" and "account" what is shown goes with what was open.
      else if ((["entries", "account", "lock"] as string[]).includes(kind)) void found.load();
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  });
  return found;
}
