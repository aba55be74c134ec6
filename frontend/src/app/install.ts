/** Hears early whether the browser can put the app on the home screen; it says so only once. */
import { createSubscriber } from "svelte/reactivity";

interface Offer extends Event {
  prompt(): Promise<unknown>;
}

let offer: Offer | null = null;
let done = false;
let notify: (() => void) | null = null;
const subscribe = createSubscriber((update) => {
  notify = update;
  return () => (notify = null);
});

/** Reactive in Svelte. */
export const install = {
  /** The browser would ask, if we asked it to. */
  get able(): boolean {
    subscribe();
    return offer !== null;
  },
  /** It was put on the home screen just now. */
  get done(): boolean {
    subscribe();
    return done;
  },
  /** Lets the browser ask. An offer can be used once. */
  async ask(): Promise<void> {
    const now = offer;
    offer = null;
    await now?.prompt().catch(() => undefined);
    notify?.();
  },
};

export function hearInstall(): void {
  addEventListener("beforeinstallprompt", (event) => {
    // The browser's own banner would come under somebody's hands.
    event.preventDefault();
    offer = event as Offer;
    notify?.();
  });
  addEventListener("appinstalled", () => {
    offer = null;
    done = true;
    notify?.();
  });
}
