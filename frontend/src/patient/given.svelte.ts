/** The guides therapists have given to this person, as they change; none until it is known. */
import type { Guide } from "../api/types.ts";
import { assigned } from "../data/assigned.ts";
import { onChange } from "../data/changes.ts";

class Given {
  guides: readonly Guide[] = $state.raw([]);

  async load(): Promise<void> {
    this.guides = await assigned().catch(() => this.guides);
  }
}

/** Call it while a component is made; it follows changes until the component goes. */
export function given(): Given {
  const found = new Given();
  $effect(() => {
    void found.load();
    return onChange(({ kind }) => {
      if (kind === "assigned" || kind === "account") void found.load();
    });
  });
  return found;
}
