/** Asks over whatever is on the screen who it is. Fetched when the server wants to know. */
import { mount, unmount } from "svelte";

import StepUp from "./StepUp.svelte";

/** True when somebody has shown it; false when they would rather not. */
export function askWhoItIs(): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = mount(StepUp, {
      target: document.body,
      props: {
        onend: (shown: boolean) => {
          resolve(shown);
          void unmount(dialog);
        },
      },
    });
  });
}
