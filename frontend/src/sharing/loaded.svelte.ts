/** Who shares what with whom, as the sharing screens need it: loaded, and loaded again on change. */
import { session } from "../app/session.svelte.ts";
import { Trouble } from "../api/client.ts";
import type { Care, Grant, Handed, Named } from "../api/types.ts";
import { onChange } from "../data/changes.ts";
import type { IntentRow } from "../data/db.ts";
import { care as carePlan } from "../data/library.ts";
import { stands } from "../domain/grants.ts";
import { look } from "../patient/look.svelte.ts";
import { excerpts, grants } from "../sync/online.ts";
import { pauses } from "../sync/readers.ts";
import { intents } from "../sync/wishes.ts";

export class Shared {
  care: Care | null = $state.raw(null);
  grants: readonly Grant[] | null = $state.raw(null);
  handed: readonly Handed[] = $state.raw([]);
  /** A wish that narrows has not reached the server yet. */
  waits = $state(false);
  #wishes: readonly IntentRow[] = $state.raw([]);
  trouble: "offline" | "signed-out" | "trouble" | null = $state(null);

  /** Loads now and follows every change; returns the way to stop. For `onMount`. */
  follow(): () => void {
    void this.load();
    return onChange(({ kind }) => {
      if (kind === "sharing" || kind === "outbox" || kind === "account") void this.load();
    });
  }

  async load(): Promise<void> {
    try {
      const plan = carePlan();
      const [given, handed] = await Promise.all([grants(), excerpts()]);
      this.care = await plan;
      this.grants = given;
      this.handed = handed;
      this.#wishes = await intents();
      this.waits = this.#wishes.length > 0;
      this.trouble = null;
    } catch (error) {
      this.trouble = troubleOf(error);
    }
  }

  /** Everybody this page has to say something about, therapists of the care plan first. */
  get people(): Named[] {
    const all = [...(this.care?.therapists ?? []), ...this.standing.map((each) => each.therapist)];
    return all.filter((person, at) => all.findIndex((each) => each.id === person.id) === at);
  }

  /** Given and not over, paused ones too. */
  get standing(): Grant[] {
    return (this.grants ?? []).filter(stands);
  }

  /** Under these something can be read, and handed over. */
  get inForce(): Grant[] {
    return (this.grants ?? []).filter((grant) => grant.state === "in_force");
  }

  grantTo(therapist: string): Grant | null {
    return this.standing.find((grant) => grant.therapist.id === therapist) ?? null;
  }

  /** Every consent ever given to this person, newest first. */
  allTo(therapist: string): Grant[] {
    return (this.grants ?? []).filter((grant) => grant.therapist.id === therapist);
  }

  /** The newest grant to this person that is over. */
  endedTo(therapist: string): Grant | null {
    return (
      (this.grants ?? []).find((grant) => grant.therapist.id === therapist && !stands(grant)) ??
      null
    );
  }

  /** Sharing was stopped on this phone, and the server has not heard of it: it names no end yet. */
  stopping(therapist: string): boolean {
    const over = this.endedTo(therapist);
    return over?.state === "withdrawn" && over.ended_at === null;
  }

  /** Paused on this phone, and the server has not heard of it: the pause has no number yet. */
  pausing(therapist: string): boolean {
    const grant = this.grantTo(therapist);
    return grant?.state === "paused" && !grant.pause;
  }

  /** A pause or an end the server has not heard of: nothing is agreed to before it has. */
  unheard(therapist: string): boolean {
    const grant = this.grantTo(therapist);
    if (!grant) return this.stopping(therapist);
    return this.#wishes.some((wish) => pauses(wish, grant.id));
  }

  handedTo(therapist: string): Handed[] {
    return this.handed.filter((each) => each.therapist.id === therapist);
  }

  /** The next appointment with this person, or null. */
  nextWith(therapist: string, now: number = Date.now()): string | null {
    const coming = (this.care?.appointments ?? []).filter(
      (each) => each.therapist.id === therapist && Date.parse(each.starts_at) > now,
    );
    return coming[0]?.starts_at ?? null;
  }
}

/** The hours after a dose, when the server knows of them and this phone does not. */
export class Door {
  #heard: string | null = $state(null);

  /** Until when it is closed, or null while it is open. */
  get clearAt(): string | null {
    const heard = this.#heard;
    return heard !== null && Date.parse(heard) > look.now ? heard : waitsUntil();
  }

  /** Takes an answer of the server; true when it says that the door is closed. */
  heard(error: unknown): boolean {
    const clear = error instanceof Trouble ? error.problem?.clear_at : undefined;
    if (clear) this.#heard = clear;
    return clear !== undefined;
  }
}

/** When the hours after a dose end, while they last: until then nothing is widened. */
export function waitsUntil(): string | null {
  return session.soft?.clear_at ?? null;
}

export function troubleOf(error: unknown): "offline" | "signed-out" | "trouble" {
  return error instanceof Trouble && error.kind !== "problem" ? error.kind : "trouble";
}
