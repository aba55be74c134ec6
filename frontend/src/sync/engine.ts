/**
 * When things are sent and fetched: on opening, on coming back, when the network returns, after
 * something was queued; by the worker where the browser has Background Sync, and otherwise again
 * after 2, 5, 15 and 60 seconds.
 */
import { createSubscriber } from "svelte/reactivity";

import { forgetVerified, settleSignOut, unsent } from "../data/account.ts";
import { type Change, onChange } from "../data/changes.ts";
import { currentRow } from "../data/db.ts";
import { care, expire, help, library } from "../data/library.ts";
import type { Outcome } from "./outbox.ts";

export const SYNC_TAG = "journal-outbox";

const WARM = 30_000;
const RETRY = [2_000, 5_000, 15_000, 60_000];

class Status {
  #phase: "idle" | "sending" | "waiting" = "idle";
  #unsent = 0;
  #offline = globalThis.navigator?.onLine === false;
  #notify: (() => void) | null = null;
  #subscribe = createSubscriber((update) => {
    this.#notify = update;
    return () => (this.#notify = null);
  });

  /** "waiting": something waits for a connection or for the server. */
  get phase(): "idle" | "sending" | "waiting" {
    this.#subscribe();
    return this.#phase;
  }
  /** How many entries the server has not acknowledged. */
  get unsent(): number {
    this.#subscribe();
    return this.#unsent;
  }
  /** No connection, as far as one can tell. */
  get offline(): boolean {
    this.#subscribe();
    return this.#offline;
  }

  set(next: { phase?: "idle" | "sending" | "waiting"; unsent?: number; offline?: boolean }): void {
    this.#phase = next.phase ?? this.#phase;
    this.#unsent = next.unsent ?? this.#unsent;
    this.#offline = next.offline ?? this.#offline;
    this.#notify?.();
  }
}

/** Reactive in Svelte: read `status.phase`, `status.unsent`, `status.offline`. */
export const status = new Status();

let started = false;
let running: Promise<void> | null = null;
let again = false;
/** How often it was said that somebody signed in or out, or unlocked. */
let people = 0;
let attempt = 0;
let warmed = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Sends and fetches now; calls during a run make one more run. */
export function sync(): Promise<void> {
  again = true;
  clearTimeout(timer);
  running ??= loop().finally(() => {
    running = null;
  });
  return running;
}

async function loop(): Promise<void> {
  while (again) {
    again = false;
    let before = people;
    const outcome = await once().catch(fault);
    await count();
    if (outcome === "done") {
      before = people; // in it was asked who it is, and that was said
      attempt = 0;
      status.set({ phase: "idle", offline: false });
      await warm();
    } else if (outcome === "signed-out") {
      // Nothing was asked for that could tell: what the last try found may be long over.
      status.set({ phase: status.unsent ? "waiting" : "idle", offline: !navigator.onLine });
    } else {
      status.set({ phase: "waiting", offline: outcome === "offline" });
      retry();
    }
    // Let in, or unlocked, after it had looked: nothing else would set off the next run.
    if (people !== before) again = true;
  }
}

/** A fault of ours must not stop the engine: say it, and try again. */
function fault(error: unknown): Outcome {
  reportError(error);
  return "later";
}

async function once(): Promise<Outcome> {
  if (!(await settleSignOut())) return "later";
  if ((await currentRow())?.ended ?? true) return "signed-out";
  if (status.unsent) status.set({ phase: "sending" });
  // Loaded after the first screen: nobody waits for it to write.
  const parts = await import("./exchange.ts").catch(() => null);
  return parts ? parts.exchange() : "offline";
}

/** Fetches what must open offline too; the readers of an entry among it. */
async function warm(): Promise<void> {
  const now = Date.now();
  if (now - warmed < WARM) return;
  warmed = now;
  const sharing = import("./readers.ts").then(({ refreshSharing }) => refreshSharing());
  await Promise.allSettled([library(), help(), care(), sharing]);
}

function retry(): void {
  clearTimeout(timer);
  const base = RETRY[Math.min(attempt, RETRY.length - 1)] ?? 60_000;
  attempt += 1;
  // A clinic full of phones must not come back in the same second.
  timer = setTimeout(() => void sync(), base * (0.75 + Math.random() / 2));
  void askWorker();
}

/** Lets the browser wake the worker when there is a network, even with the page closed. */
async function askWorker(): Promise<void> {
  const container = globalThis.navigator?.serviceWorker;
  // Not `ready`: it never rejects, and without a worker it would wait for ever. Nor `controller`:
  // a page that was loading when the worker came has none, and the worker can send all the same.
  const registration = (await container?.getRegistration().catch(() => undefined)) as
    (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | undefined;
  await registration?.sync?.register(SYNC_TAG).catch(() => undefined);
}

async function count(): Promise<void> {
  try {
    status.set({ unsent: await unsent() });
  } catch (error) {
    // The database was closed under us by a sign-out, or by the browser.
    if (!(error instanceof DOMException)) throw error;
  }
}

/** Takes in what was caught while nobody could read it; needs no network and no session. */
function adopt(): void {
  void import("../data/adopt.ts").then(({ adoptDrops }) => adoptDrops()).catch(() => undefined);
}

function heard(change: Change): void {
  if (change.kind === "lock" || change.kind === "account") adopt();
  if (change.kind === "account") {
    warmed = 0;
    people += 1;
    void count();
    if (!running) back();
  } else if (change.kind === "outbox") {
    void count();
    if (change.id === undefined) return;
    if (running) again = true;
    void askWorker();
    soon();
  }
}

/** A short breath, so that a burst of changes travels together. */
function soon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void sync(), 100);
}

function back(): void {
  attempt = 0;
  void sync();
}

/** Starts the engine; once per page. */
export function start(): void {
  if (started) return;
  started = true;
  onChange(heard);
  addEventListener("online", () => {
    status.set({ offline: false });
    expire();
    back();
  });
  addEventListener("offline", () => status.set({ offline: true }));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    adopt();
    back();
  });
  // Two windows side by side are both visible; a page that comes out of the browser's own cache
  // was never hidden.
  addEventListener("focus", back);
  addEventListener("pageshow", (event) => {
    if (event.persisted) back();
  });
  // Known before anything is sent: another tab, or the worker, may have the turn for a while.
  void count();
  // Once per opening we ask whose session it is, and so learn of changes made elsewhere.
  void forgetVerified().then(sync);
  adopt();
  // Help and the questions open offline from the first visit on, signed in or not.
  void Promise.allSettled([library(), help()]);
}
