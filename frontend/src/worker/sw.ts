/**
 * The service worker: keeps the app's shell so that it opens offline, and sends what waits when
 * the network is back and the page is closed. It never touches answers of the server.
 */
import { setCacheNameDetails } from "workbox-core";
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
  type PrecacheEntry,
} from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

import { settleSignOut, SHELL_CACHE } from "../data/account.ts";
import { underSendLock } from "../data/lock.ts";
import { drain } from "../sync/outbox.ts";

declare const self: ServiceWorkerGlobalScope;
declare const __PRECACHE__: PrecacheEntry[];

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

// A sign-out spares what has this prefix: public files, the same for everybody.
setCacheNameDetails({ prefix: SHELL_CACHE });
precacheAndRoute(__PRECACHE__);
cleanupOutdatedCaches();
registerRoute(
  new NavigationRoute(createHandlerBoundToURL("/capture.html"), {
    allowlist: [/^\/capture\/?(\?|$)/],
  }),
);
registerRoute(
  new NavigationRoute(createHandlerBoundToURL("/index.html"), {
    denylist: [/^\/api(\/|$)/, /^\/desk/, /^\/healthz$/],
  }),
);

self.addEventListener("message", (event) => {
  if (event.data === "SKIP_WAITING") void self.skipWaiting();
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function send(): Promise<void> {
  if (!(await settleSignOut())) throw new Error("later");
  // Waits for its turn: an early "busy" would count as done, and the browser would forget us.
  const outcome = await underSendLock(drain);
  if (outcome === "later" || outcome === "offline") throw new Error("later");
}

self.addEventListener("sync", (event) => {
  const sync = event as SyncEvent;
  if (sync.tag === "journal-outbox") sync.waitUntil(send());
});
