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

/**
 * Asks to be let in again. The same question again, by whoever heard no answer, carries the same
 * token: what began with it goes on.
 */
export async function begin(proofs: Proofs): Promise<Waiting> {
  const token = await ownToken(proofs.email);
  return ask(api.POST("/api/recovery", { body: { ...proofs, token }, ...within() }));
}

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

const MINUTE = 60_000;

/** How far the clock of this device is ahead of the server's; 0 when it is right, or not known. */
export async function clockAhead(): Promise<number> {
  const asked = await api.GET("/api/door", within()).catch(() => null);
  const there = Date.parse(asked?.response.headers.get("Date") ?? "");
  const ahead = Number.isNaN(there) ? 0 : Date.now() - there;
  // Less than that is the way of the answer.
  return Math.abs(ahead) < MINUTE ? 0 : ahead;
}

// ---------------------------------------------------------------- this device

const KEPT = "journal.recovery";
const DRAWN = "journal.recovery.drawn";

/** What every token of this device is made of until it forgets; where nothing can be kept, here. */
let drawn = "";

/**
 * A token of 256 bits, kept before it is sent: an answer may be lost, or this page. It belongs to
 * the name, and does not give it away: somebody else on this device has another.
 */
async function ownToken(name: string): Promise<string> {
  drawn = read(DRAWN) ?? (drawn || toText(crypto.getRandomValues(new Uint8Array(32))));
  write(DRAWN, drawn);
  const both = new TextEncoder().encode(`${drawn} ${name.trim().toLowerCase()}`);
  return toText(new Uint8Array(await crypto.subtle.digest("SHA-256", both)));
}

const toText = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

export const keep = (waiting: Waiting): void => write(KEPT, JSON.stringify(waiting));

export function kept(): Waiting | null {
  try {
    const found = JSON.parse(read(KEPT) ?? "null") as Partial<Waiting> | null;
    const whole = typeof found?.token === "string" && typeof found.opens_at === "string";
    return whole ? (found as Waiting) : null;
  } catch {
    return null;
  }
}

export function forget(): void {
  drawn = "";
  try {
    localStorage.removeItem(KEPT);
    localStorage.removeItem(DRAWN);
  } catch {
    // Nothing was kept.
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser without storage: the page has to stay open.
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
