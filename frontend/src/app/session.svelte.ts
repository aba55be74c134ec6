/** Who is here and what stage they are in: the little that many screens share. */
import type { Care, Me } from "../api/types.ts";
import { who } from "../api/who.ts";
import { current, sessionEnded } from "../data/account.ts";
import { onChange } from "../data/changes.ts";
import { readSealed } from "../data/kept.ts";
import { care } from "../data/library.ts";
import { lock } from "./lock.svelte.ts";
import { nextTurn, softNow, stageNow } from "../domain/stage.ts";

/** Timers cannot wait longer than this. */
const LONGEST = 2_000_000_000;

class Session {
  /** Null until `start` knows, and when nobody is signed in. */
  me = $state.raw<Me | null>(null);
  /** False until the phone has been asked who uses it: show nothing but Help before. */
  known = $state(false);
  /** The server wants a new sign-in: a bar, never a wall. */
  ended = $state(false);
  /** Signed in at the desk: there is no journal here for them. */
  staff = $state(false);
  care = $state.raw<Care | null>(null);
  #now = $state(Date.now());
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Somebody's journal is here, and not locked. */
  open = $derived(this.me !== null && !lock.locked);
  /** The rung of the ladder now, or null. */
  stage = $derived(this.care ? stageNow(this.care.ladder, this.#now) : null);
  /** The dosing session whose soft hours it is, or null. */
  soft = $derived(this.care ? softNow(this.care.dosing_sessions, this.#now) : null);

  /** Once per page. */
  async start(): Promise<void> {
    onChange((change) => {
      if (change.kind === "account") void this.#who();
      if (change.kind === "care") void this.#where();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#turn();
    });
    await Promise.all([this.#who(), lock.start()]);
    if (!this.me) {
      const resumed = await import("../data/signin.ts")
        .then(({ resume }) => resume())
        .catch(() => null);
      this.staff = resumed !== null && resumed.role !== "patient";
      if (resumed) await Promise.all([this.#who(), lock.look()]);
    }
    this.known = true;
  }

  async #who(): Promise<void> {
    const me = await current();
    // Another tab signed them out, or somebody else in: nothing on these screens stays.
    if (who.account && who.account !== me?.id) return location.reload();
    this.ended = await sessionEnded();
    // Both at once: nothing shows as if these were no soft hours and then turns.
    if (me?.id !== this.me?.id)
      this.care = me && (await readSealed<Care>("care").catch(() => null));
    this.me = me;
    if (me) await this.#where();
  }

  async #where(): Promise<void> {
    try {
      this.care = await care();
    } catch {
      // Never fetched and no network: the app works without a stage.
    }
    this.#turn();
  }

  /** Looks at the clock now, and again when the stage or the soft hours turn. */
  #turn(): void {
    this.#now = Date.now();
    clearTimeout(this.#timer);
    if (!this.care) return;
    const turn = nextTurn(this.care.ladder, this.care.dosing_sessions, this.#now);
    if (turn === null) return;
    this.#timer = setTimeout(() => this.#turn(), Math.min(turn - this.#now + 50, LONGEST));
  }
}

export const session = new Session();
