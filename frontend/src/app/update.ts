/**
 * Registers the service worker, and offers its next version: nothing reloads before the person
 * says so.
 */
import { createSubscriber } from "svelte/reactivity";

import { flushAll } from "./autosave.ts";

const WORKER = "/sw.js";
const HOUR = 3_600_000;

let waiting: ServiceWorker | null = null;
let agreed = false;
let notify: (() => void) | null = null;
const subscribe = createSubscriber((update) => {
  notify = update;
  return () => (notify = null);
});

/** Reactive in Svelte: show a banner while `update.ready`; on a tap call `update.accept()`. */
export const update = {
  get ready(): boolean {
    subscribe();
    return waiting !== null;
  },
  /** Takes the new version; what is being typed is saved and the page reloads once. */
  async accept(): Promise<void> {
    await flushAll();
    agreed = true;
    waiting?.postMessage("SKIP_WAITING");
  },
};

/** Reloads the page when everything that was typed is stored. */
export async function reload(): Promise<void> {
  await flushAll();
  location.reload();
}

/** The policy the browser demands before a script address may become a worker. */
function trusted(address: string): string {
  const factory = (
    window as unknown as {
      trustedTypes?: {
        createPolicy(
          name: string,
          rules: { createScriptURL(url: string): string },
        ): { createScriptURL(url: string): string };
      };
    }
  ).trustedTypes;
  if (!factory) return address;
  const policy = factory.createPolicy("journal-worker", {
    createScriptURL(url) {
      if (url !== WORKER) throw new TypeError("Not our worker");
      return url;
    },
  });
  return policy.createScriptURL(address);
}

/** Registers the worker; in development there is none. */
export async function startUpdates(): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (agreed) void reload();
  });
  let registration: ServiceWorkerRegistration;
  try {
    registration = await navigator.serviceWorker.register(trusted(WORKER), {
      updateViaCache: "none",
    });
  } catch {
    // Without a worker the app still works with the network.
    return;
  }
  offer(registration);
  registration.addEventListener("updatefound", () => offer(registration));
  const look = (): void => void registration.update().catch(() => undefined);
  setInterval(look, HOUR);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look();
  });
}

function offer(registration: ServiceWorkerRegistration): void {
  // The very first worker replaces nobody: there is nothing to ask.
  if (!registration.active) return;
  const tell = (worker: ServiceWorker): void => {
    waiting = worker;
    notify?.();
  };
  if (registration.waiting) return tell(registration.waiting);
  const coming = registration.installing;
  coming?.addEventListener("statechange", () => {
    if (coming.state === "installed") tell(coming);
  });
}
