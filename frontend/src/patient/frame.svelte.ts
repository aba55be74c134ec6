/** The library as every patient screen needs it: from the phone at once, newer when it comes. */
import type { Library } from "../api/types.ts";
import { onChange } from "../data/changes.ts";
import { library } from "../data/library.ts";

class Frame {
  library: Library | null = $state.raw(null);
  /** It was never fetched and cannot be now. */
  missing = $state(false);

  /** Loads it and follows its changes; returns the way to stop. */
  start(): () => void {
    const load = () => void this.load();
    load();
    addEventListener("online", load);
    const stop = onChange(({ kind }) => {
      if (kind === "library") load();
    });
    return () => {
      stop();
      removeEventListener("online", load);
    };
  }

  async load(): Promise<void> {
    try {
      this.library = await library();
      this.missing = false;
    } catch {
      this.missing = this.library === null;
    }
  }
}

export const frame = new Frame();
