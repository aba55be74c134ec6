/**
 * Getting back in: what is asked of the server, and what this device remembers of it for a day.
 * The token alone opens nothing before its time, and every device that is signed in can stop it.
 */
import { api } from "../api/client.ts";
import { ask, within } from "../api/trouble.ts";
import type { Answered, Asked } from "../enter/webauthn.ts";

export interface Waiting {
  token: string;
  opens_at: string;
}

export interface Proofs {
  email: string;
  recovery_code?: string;
  link?: string;
}

/** What somebody chose; the server says when it is not enough for them. */
export type Chosen = Answered | { password: string; code_secret?: string; code?: string };

export const begin = (proofs: Proofs): Promise<Waiting> =>
  ask(api.POST("/api/recovery", { body: proofs, ...within() }));

export const askPasskey = (token: string): Promise<Asked> =>
  ask(api.POST("/api/recovery/passkey", { body: { token }, ...within() }));

/** One half, shown again: the token lies in this browser, and anybody may open that. */
export type Half = { recovery_code: string } | { link: string };

export const finish = (
  token: string,
  half: Half,
  chosen: Chosen,
  remove_passkeys: boolean,
): Promise<void> =>
  ask(
    api.POST("/api/recovery/finish", {
      body: { token, ...half, ...chosen, remove_passkeys },
      ...within(),
    }),
  );

// ---------------------------------------------------------------- this device

const KEPT = "journal.recovery";

export function keep(waiting: Waiting): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(waiting));
  } catch {
    // A browser without storage: the page has to stay open.
  }
}

export function kept(): Waiting | null {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT) ?? "null") as Partial<Waiting> | null;
    const whole = typeof found?.token === "string" && typeof found.opens_at === "string";
    return whole ? (found as Waiting) : null;
  } catch {
    return null;
  }
}

export function forget(): void {
  try {
    localStorage.removeItem(KEPT);
  } catch {
    // Nothing was kept.
  }
}

/** The clinic's link carries its secret behind the `#`, where no server and no log sees it. */
export function linkHere(): string {
  const link = location.hash.slice(1);
  // Not left in the address, where somebody could look over a shoulder or find it later.
  if (link) history.replaceState(history.state, "", location.pathname);
  return link;
}

// ---------------------------------------------------------------- a code app

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const SECRET = 32;

/** 160 random bits in base 32, as code apps read them. */
export const codeSecret = (): string =>
  [...crypto.getRandomValues(new Uint8Array(SECRET))].map((byte) => LETTERS[byte % 32]).join("");

export const codeUri = (secret: string, name: string): string =>
  `otpauth://totp/Journal:${encodeURIComponent(name)}?secret=${secret}&issuer=Journal`;
