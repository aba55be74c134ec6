/**
 * Registers the service worker, and offers its next version: nothing reloads before the person
 * says so. Whoever says so in one tab says it for all of them: each stores what is being typed and
 * reloads once, because two versions cannot write the same store.
 */
import { createSubscriber } from "svelte/reactivity";

import { tooOld } from "../api/version.ts";
import { allStored, flushAll } from "./autosave.ts";

const WORKER = "/sw.js";
const HOUR = 3_600_000;
/** How long a newer version is waited for once it was agreed to, in ms. */
const PATIENCE = 15_000;
/** A moment in which the other tabs store what is being typed. */
const MOMENT = 250;
/** How often is looked whether what did not fit is stored by now. */
const AGAIN = 2_000;

let registration: ServiceWorkerRegistration | null = null;
let waiting: ServiceWorker | null = null;
let needed = false;
let reloading = false;
let channel: BroadcastChannel | null = null;
let notify: (() => void) | null = null;
const subscribe = createSubscriber((update) => {
  notify = update;
  return () => (notify = null);
});

/** Reactive in Svelte: show a banner while `update.ready`; on a tap call `update.accept()`. */
export const update = {
  get ready(): boolean {
    subscribe();
    return waiting !== null || needed;
  },
  /** The server takes nothing more from this version. */
  get needed(): boolean {
    subscribe();
    return needed;
  },
  /** Takes the new version; what is being typed is saved and the page reloads once. */
  async accept(): Promise<void> {
    channel?.postMessage("flush");
    await Promise.all([flushAll(), new Promise((resolve) => setTimeout(resolve, MOMENT))]);
    const next = registration?.waiting ?? waiting ?? (await fetched());
    // `controllerchange` follows, in every tab.
    if (next) next.postMessage("SKIP_WAITING");
    else await reload();
  },
};

/**
 * Reloads the page when everything that was typed is stored. What does not fit on this phone is in
 * memory alone, and outweighs any version; `anyway`: somebody asks for it on a page that is broken.
 */
export async function reload({ anyway = false } = {}): Promise<void> {
  if (reloading && !anyway) return;
  reloading = true;
  await flushAll();
  while (!anyway && !allStored()) await new Promise((resolve) => setTimeout(resolve, AGAIN));
  location.reload();
}

/** The next version, asked for now; null where there is none. */
async function fetched(): Promise<ServiceWorker | null> {
  const from = registration;
  if (!from) return null;
  await from.update().catch(() => undefined);
  const until = Date.now() + PATIENCE;
  while (from.installing && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return from.waiting;
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
  tooOld.tell = () => {
    needed = true;
    notify?.();
  };
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  if (typeof BroadcastChannel !== "undefined") {
    channel = new BroadcastChannel("journal-update");
    channel.onmessage = () => void flushAll();
  }
  // The very first worker takes nobody's place; any other was agreed to, here or in another tab.
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (controlled) void reload();
    controlled = true;
  });
  try {
    registration = await navigator.serviceWorker.register(trusted(WORKER), {
      updateViaCache: "none",
    });
  } catch {
    // Without a worker the app still works with the network.
    return;
  }
  const here = registration;
  offer(here);
  here.addEventListener("updatefound", () => offer(here));
  const look = (): void => void here.update().catch(() => undefined);
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
