/**
 * The lock as the screens see it: open, locked, or none; and the page that hides everything.
 * What watches the clock and the gestures is in `watch.ts`, fetched behind the first screen.
 */
import { onChange } from "../data/changes.ts";
import { lock as dropKey, lockState, type LockState } from "../data/locked.ts";
import { again } from "./router.ts";
import { allStored, flushAll } from "./autosave.ts";
import { unveil, veil } from "./veil.ts";

/** The longest a lock waits for what is being written to be stored. */
const PATIENCE = 3_000;
/** What has to be done while there is still a key: texts put on their way, places remembered. */
// Nothing shows what is in it.
// eslint-disable-next-line svelte/prefer-svelte-reactivity
const leaving = new Set<() => Promise<void>>();

/** `work` is done before the words are put away; returns the way to stop. */
export function beforeLock(work: () => Promise<void>): () => void {
  leaving.add(work);
  return () => leaving.delete(work);
}

class Lock {
  /** Null until it is known. */
  state: LockState | null = $state(null);
  /** Everything is behind the neutral page. */
  hidden = $state(false);
  /** Something could not be stored: its screen stays in memory, out of sight, until unlock. */
  unkept = $state(false);
  /** Kinder in the calm hours. Set by the shell. */
  soft = false;
  /** Somebody practises a skill: nobody has to touch the screen for that. Set by the shell. */
  resting = false;
  #hiding = false;
  #turn: Promise<void> | null = null;

  get locked(): boolean {
    return this.state === "locked";
  }

  /** Once per page, before anything shows. */
  async start(): Promise<void> {
    onChange(({ kind, id }) => {
      if (kind === "lock" && id === "locked") void (this.locked || this.#put(true));
      else if (kind === "lock" || kind === "account") void this.look();
    });
    await this.look();
  }

  async look(): Promise<void> {
    const before = this.state;
    this.state = await lockState().catch(() => this.state);
    if (before === "locked" && this.state !== "locked") {
      this.unkept = false;
      // The address may have changed under the screen that was put away.
      again();
    }
  }

  /** Locks now, in one tap; where there is no lock, does nothing. */
  async now(): Promise<void> {
    if (this.state === "open") await this.#put(true);
  }

  /** Hides everything at once behind the neutral page, and locks. */
  async hide(): Promise<void> {
    this.#hiding = true;
    await this.#put(this.state === "open");
  }

  /** Back from behind the neutral page: to the lock, or to where one was. */
  show(): void {
    this.hidden = false;
    again();
  }

  /** First what is written is stored, then the key goes, then the screens. */
  #put(shut: boolean): Promise<void> {
    this.#turn ??= this.#away(shut).finally(() => (this.#turn = null));
    return this.#turn;
  }

  async #away(shut: boolean): Promise<void> {
    veil();
    const stored = Promise.allSettled([flushAll(), ...[...leaving].map((work) => work())]);
    await Promise.race([stored, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    this.unkept = !allStored();
    if (shut) {
      await dropKey();
      this.state = "locked";
    }
    this.hidden ||= this.#hiding;
    this.#hiding = false;
    unveil();
  }
}

export const lock = new Lock();
