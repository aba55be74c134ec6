/** How somebody signs in, and what the server may still want to see. Both sides use it. */
import { api } from "../api/client.ts";
import { ask, Trouble, within } from "../api/trouble.ts";
import type { Me } from "../api/types.ts";
import { type Answered, type Asked, NoPasskey } from "./webauthn.ts";

/** A password, with a second proof once it is asked for; or a passkey, which is both. */
export type Way = Answered | Typed;

export interface Typed {
  /** An address or a sign-in name. */
  email: string;
  password: string;
  code?: string;
  recovery_code?: string;
}

/** Asks to be let in. `kept`: this phone may stay signed in, for it has a lock of its own. */
export function letIn(way: Way, kept?: boolean): Promise<Me> {
  const also = kept === undefined ? {} : { kept };
  return "credential" in way
    ? ask(api.POST("/api/session/passkey", { body: { ...way, ...also }, ...within() }))
    : ask(api.POST("/api/session", { body: { ...way, ...also }, ...within() }));
}

/** What a passkey is asked with. */
export const askPasskey = (): Promise<Asked> =>
  ask(api.POST("/api/passkeys/ask", { body: {}, ...within() }));

/** The second proofs of which one is missing; none when something else was wrong. */
export function missing(error: unknown): readonly string[] {
  const needs = error instanceof Trouble && (error.problem as { needs?: unknown } | null)?.needs;
  return Array.isArray(needs) ? needs.map(String) : [];
}

/** The whole minutes to wait after too many tries. */
export const minutes = (error: unknown): number =>
  Math.ceil(((error instanceof Trouble && error.problem?.retry_after) || 1) / 60);

/** Why it did not work, as a key of the words for it. */
export function why(error: unknown): "no" | "lock" | "offline" | "noFit" | "wait" | "trouble" {
  if (error instanceof NoPasskey) return error.why === "lock" ? "lock" : "no";
  if (!(error instanceof Trouble)) return "trouble";
  if (error.kind === "offline") return "offline";
  if (error.kind === "signed-out" || error.status === 401 || error.status === 422) return "noFit";
  return error.status === 429 ? "wait" : "trouble";
}
