/**
 * What became of an act that widens when no answer came: it may have been done all the same, so
 * the server is asked how things stand before anything is said about it.
 */
import { Trouble } from "../api/trouble.ts";
import type { Grant } from "../api/types.ts";
import { NobodyHere } from "../data/db.ts";
import { grantsNow } from "../sync/readers.ts";

/**
 * - `done`: it went through
 * - `not`: it did not, and what was there before stands
 * - `other`: something else has happened since
 * - `unknown`: the server does not answer
 */
export type Became = "done" | "not" | "other" | "unknown";

/** Whether an act can have reached the server: without any network it never left the phone. */
export const left = (error: unknown): boolean =>
  error instanceof Trouble && error.kind === "offline" && globalThis.navigator?.onLine !== false;

/** Of going on after this pause of this grant. */
export const ofGoingOn = ({ id }: Grant, pause: number): Promise<Became> =>
  became((all) => {
    const now = all.find((each) => each.id === id);
    if (now?.state === "in_force") return "done";
    return now?.state === "paused" && now.pause === pause ? "not" : "other";
  });

/** Of giving or renewing with this id. */
export const ofOffer = (id: string): Promise<Became> =>
  became((all) => (all.some((each) => each.id === id) ? "done" : "not"));

async function became(look: (all: readonly Grant[]) => Became): Promise<Became> {
  try {
    return look(await grantsNow());
  } catch (error) {
    // Locked meanwhile: nobody is there to be told.
    if (error instanceof Trouble || error instanceof NobodyHere) return "unknown";
    throw error;
  }
}
