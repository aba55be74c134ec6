/** What the pages about signing in ask the server. Both sides use it; nothing here is stored. */
import { api } from "../api/client.ts";
import { turningCookie } from "../api/stepup.ts";
import { ask, within } from "../api/trouble.ts";
import type { Device, Me, Notice, Proofs } from "../api/types.ts";
import type { Answered, Asked } from "../enter/webauthn.ts";

const byId = (id: string) => ({ params: { path: { id } }, ...within() });

// ---------------------------------------------------------------- showing that it is you

export type Proof = { password: string; code?: string } | Answered;

export const prove = (proof: Proof): Promise<Me> =>
  turningCookie(() => ask(api.POST("/api/session/proof", { body: proof, ...within() })));

// ---------------------------------------------------------------- how somebody signs in

export const proofs = (): Promise<Proofs> => ask(api.GET("/api/proofs", within()));

/** Asks for a new passkey; the server may first want to see who it is. */
export const newPasskey = (): Promise<Asked> =>
  ask(api.POST("/api/passkeys/new", { body: {}, ...within() }));

export const addPasskey = (made: Answered, name: string): Promise<unknown> =>
  ask(api.POST("/api/passkeys", { body: { ...made, name }, ...within() }));

export const removePasskey = (id: string): Promise<void> =>
  ask(api.DELETE("/api/passkeys/{id}", byId(id)));

export const setPassword = (password: string): Promise<unknown> =>
  ask(api.PUT("/api/password", { body: { password }, ...within() }));

/** A secret for a code app. It counts for nothing until a code of it was typed. */
export const newCode = (): Promise<{ secret: string; uri: string }> =>
  ask(api.POST("/api/code", { body: {}, ...within() }));

export const confirmCode = (code: string): Promise<unknown> =>
  ask(api.PUT("/api/code", { body: { code }, ...within() }));

export const removeCode = (): Promise<void> => ask(api.DELETE("/api/code", within()));

export const newRecoveryCode = (): Promise<{ code: string }> =>
  ask(api.POST("/api/recovery-code", { body: {}, ...within() }));

// ---------------------------------------------------------------- where somebody is signed in

export const devices = (): Promise<Device[]> => ask(api.GET("/api/sessions", within()));

export const endDevice = (id: string): Promise<void> =>
  ask(api.DELETE("/api/sessions/{id}", byId(id)));

export const endOthers = (): Promise<void> => ask(api.DELETE("/api/sessions/others", within()));

export const whoAmI = (): Promise<Me> => ask(api.GET("/api/session", within()));

export const stay = (): Promise<Me> => ask(api.POST("/api/session/stay", { ...within() }));

export const keep = (kept: boolean): Promise<Me> =>
  ask(api.PUT("/api/session/kept", { body: { kept }, ...within() }));

// ---------------------------------------------------------------- what happened

export const notices = (): Promise<Notice[]> => ask(api.GET("/api/notices", within()));

export const noticed = (id: string): Promise<void> =>
  ask(api.PUT("/api/notices/{id}/seen", byId(id)));

export interface Pending {
  /** When somebody can choose new ways in; null when nobody asked for any. */
  opens_at: string | null;
  /** Whether a link from the clinic is out. */
  link: boolean;
}

/** Null when nothing is under way. */
export const recovery = (): Promise<Pending | null> => ask(api.GET("/api/recovery", within()));

export const stopRecovery = (): Promise<void> => ask(api.DELETE("/api/recovery", within()));
