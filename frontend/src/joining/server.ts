/** What whoever holds an invitation asks the server. The token travels in bodies alone. */
import { api } from "../api/client.ts";
import type { components } from "../api/schema.gen.ts";
import { ask, Trouble, within } from "../api/trouble.ts";
import type { Me } from "../api/types.ts";
import type { Answered, Asked } from "../enter/webauthn.ts";

type S = components["schemas"];
export type Welcome = S["Welcome"];
export type Joined = S["Joined"];

export type Proofs = Answered | { password: string; code_secret?: string; code?: string };

/** What the link carries behind its `#`, which no browser sends anywhere. */
export const tokenHere = (): string => location.hash.slice(1);

/** It stays in the address until it is spent: a phone may throw the page away half way through. */
export function forgetToken(): void {
  if (location.hash) history.replaceState(history.state, "", location.pathname);
}

/** What the invitation is for; null when it opens nothing (any more). */
export async function look(token: string): Promise<Welcome | null> {
  try {
    return await ask(api.POST("/api/invitations/look", { body: { token }, ...within() }));
  } catch (error) {
    if (isClosed(error)) return null;
    throw error;
  }
}

export const askPasskey = (token: string, name: string): Promise<Asked> =>
  ask(api.POST("/api/invitations/passkey", { body: { token, name }, ...within() }));

export const accept = (
  token: string,
  { name, zone }: { name: string; zone: string },
  proofs: Proofs,
): Promise<Joined> =>
  ask(api.POST("/api/invitations/accept", { body: { token, name, zone, ...proofs }, ...within() }));

/** The invitation was spent, taken back or ran out meanwhile. */
export const isClosed = (error: unknown): boolean =>
  error instanceof Trouble && error.status === 404;

/** The field that the server found wrong, by its pointer. */
export const wrongField = (error: unknown): string =>
  (error instanceof Trouble && error.problem?.errors?.[0]?.pointer) || "";

export const callMe = (name: string, zone: string): Promise<Me> =>
  ask(api.PUT("/api/me", { body: { name, zone }, ...within() }));
