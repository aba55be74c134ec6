/**
 * The lock as the screens see it: open, locked, or none; and the page that hides everything.
 * What shuts it, by a tap, a gesture or the clock, is in `putaway.ts` and `watch.ts`, fetched
 * behind the first screen.
 */
import { who } from "../api/who.ts";
import { onChange } from "../data/changes.ts";
import { lockState, type LockState } from "../data/locked.ts";
import { again } from "./router.ts";

/** What has to be done while there is still a key: texts put on their way, places remembered. */
// Nothing shows what is in it.
// eslint-disable-next-line svelte/prefer-svelte-reactivity
export const leaving = new Set<() => Promise<void>>();

/** `work` is done before the words are put away; returns the way to stop. */
export function beforeLock(work: () => Promise<void>): () => void {
  leaving.add(work);
  return () => leaving.delete(work);
}

const putAway = async (how?: { hide: boolean }): Promise<void> =>
  (await import("./putaway.ts")).putAway(how);

class Lock {
  /** Null until it is known. */
  state: LockState | null = $state(null);
  /** Everything is behind the neutral page. */
  hidden = $state(false);
  /** Whose words could not be stored: their screen stays in memory, out of sight, until unlock. */
  unkept: string | null = $state(null);
  /** Kinder in the calm hours. Set by the shell. */
  soft = false;
  /** Somebody practises a skill: nobody has to touch the screen for that. Set by the shell. */
  resting = false;

  get locked(): boolean {
    return this.state === "locked";
  }

  /** Once per page, before anything shows. */
  start(): Promise<void> {
    onChange(({ kind, id }) => {
      if (kind === "lock" && id === "locked") void this.now();
      else if (kind === "lock" || kind === "account") void this.look();
    });
    return this.look();
  }

  async look(): Promise<void> {
    const was = this.locked;
    const now = await lockState().catch(() => this.state);
    // Somebody else was let in: they are not to see it, and it is not to be saved among theirs.
    if (this.unkept && this.unkept !== who.account) return location.replace("/");
    this.state = now;
    if (was && !this.locked) {
      this.unkept = null;
      // The address may have changed under the screen that was put away.
      again();
    }
  }

  /** Locks now; where there is no lock, does nothing. */
  async now(): Promise<void> {
    if (this.state === "open") await putAway();
  }

  /** Hides everything at once behind the neutral page, and locks. */
  hide(): Promise<void> {
    return putAway({ hide: true });
  }

  /** Back from behind the neutral page: to the lock, or to where one was. */
  show(): void {
    this.hidden = false;
    again();
  }
}

export const lock = new Lock();
