/** Asks over whatever is on the screen who it is. Fetched when the server wants to know. */
import { mount, unmount } from "svelte";

import StepUp from "./StepUp.svelte";

export type Alone = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * True when somebody has shown it; false when they would rather not. `alone`: what else is sent
 * from this device waits meanwhile, for the cookie becomes another.
 */
export function askWhoItIs(alone: Alone = (work) => work()): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = mount(StepUp, {
      target: document.body,
      props: {
        alone,
        onend: (shown: boolean) => {
          resolve(shown);
          void unmount(dialog);
        },
      },
    });
  });
}
