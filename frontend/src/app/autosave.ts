/**
 * Saves a little after the last keystroke, twice a second while somebody types, and at once when
 * the page is hidden or left. Saves never overlap, and the last state always wins.
 *
 * A tab that is torn down does not wait for what it begins then: what lies between two saves is
 * what can be lost, so it is kept short.
 */

import { who } from "../api/who.ts";

export interface Autosave {
  /** Something changed. Cheap: call it on every keystroke. */
  touch(): void;
  /** Saves what is pending now; resolves when it is stored (or has failed). */
  flush(): Promise<void>;
  /**
   * Flushes and lets go of the page. What could not be stored is tried on, until it is stored or
   * whoever wrote it is no longer here.
   */
  stop(): Promise<void>;
  /** Whether something is not stored yet. */
  readonly pending: boolean;
  /** Whether its screen is gone. */
  readonly stopped: boolean;
  /** Whether its person is: what they wrote is not to get into another one's journal. */
  readonly gone: boolean;
}

export interface AutosaveOptions {
  /** Quiet time before a save, in ms. */
  pause?: number;
  /** The longest a change waits while typing goes on, in ms. */
  longest?: number;
  /** What is saved is sealed to its person already: it can be, whoever is here. */
  sealed?: boolean;
  /** Told when a save failed (it is tried again) and, with null, when it worked again. */
  onTrouble?: (error: unknown) => void;
}

const RETRY = 2000;
/** Every one that is at work in this page. */
const all = new Set<Autosave>();

/** Saves everything that is pending in this page: before a reload, before signing out. */
export async function flushAll(): Promise<void> {
  await Promise.all([...all].map((each) => each.flush()));
}

/** Whether everything that was typed in this page is stored. */
export const allStored = (): boolean => [...all].every((each) => !each.pending);

/** Whether the screens that are open hold nothing that is not stored. */
export const openStored = (): boolean => [...all].every((each) => each.stopped || !each.pending);

export function autosave(
  save: () => Promise<unknown>,
  { pause = 150, longest = 500, sealed = false, onTrouble }: AutosaveOptions = {},
): Autosave {
  let changes = 0;
  let stored = 0;
  let since = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  let again = false;
  let failing = false;
  let stopped = false;
  let whose = sealed ? null : who.account;
  const gone = (): boolean => whose !== null && who.account !== whose;

  async function once(): Promise<void> {
    const saving = changes;
    since = 0;
    try {
      await save();
      stored = saving;
      if (failing) onTrouble?.(null);
      failing = false;
    } catch (error) {
      failing = true;
      onTrouble?.(error);
    }
  }

  async function run(): Promise<void> {
    do {
      again = false;
      if (gone()) {
        stored = changes;
        failing = false;
      }
      if (stored < changes) await once();
      if (failing) return later(RETRY);
      // What was typed meanwhile has its own timer, unless somebody asked for it now.
    } while (again && stored < changes);
    if (stopped && stored === changes) all.delete(made);
  }

  function later(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), ms);
  }

  function touch(): void {
    changes += 1;
    if (!sealed) whose ??= who.account;
    const now = Date.now();
    since ||= now;
    later(Math.max(0, Math.min(pause, since + longest - now)));
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    again = true;
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  }

  const hidden = (): void => {
    if (document.visibilityState === "hidden") void flush();
  };
  const leaving = (): void => void flush();
  document.addEventListener("visibilitychange", hidden);
  window.addEventListener("pagehide", leaving);

  const made: Autosave = {
    touch,
    flush,
    async stop() {
      stopped = true;
      document.removeEventListener("visibilitychange", hidden);
      window.removeEventListener("pagehide", leaving);
      await flush();
    },
    get pending() {
      return stored < changes;
    },
    get stopped() {
      return stopped;
    },
    get gone() {
      return gone();
    },
  };
  all.add(made);
  return made;
}
