/**
 * Opening the words on this phone, and the lock itself. Each way holds the one data key, sealed
 * under a key of its own; changing a way never touches the words.
 */
import { server } from "../api/server.ts";
import { ask, Trouble, within } from "../api/trouble.ts";
import { as } from "../api/who.ts";
import { changed } from "./changes.ts";
import { accountDb, bareKey, DEK, Locked, type LockRow, takeKey, type Way } from "./db.ts";
import {
  passkeyKey,
  passphraseKey,
  pinHalves,
  pinKey,
  random,
  toBase64,
  type Bytes,
} from "./derive.ts";
import { lockRow } from "./locked.ts";
import { layOpen } from "./newkey.ts";
import { bytesOf, open, readyKey, seal } from "./vault.ts";

/** The data key in the hand of whoever has just shown that it is theirs. Never store it. */
export interface Shown {
  account: string;
  dek: string;
}

/** Why it did not open. Nothing is lost by any of them. */
export type Refused =
  /** A wrong PIN; `left` tries. */
  | { kind: "wrong"; left: number }
  /** No tries are left: the PIN is gone, the other ways work. */
  | { kind: "used-up" }
  /** A PIN needs the server's half. */
  | { kind: "offline" }
  /** The server could not just now. */
  | { kind: "later" }
  /** Not these words, not this passkey, or it was put away. */
  | { kind: "no-fit" };

export type Outcome = Shown | Refused;

export const opened = (outcome: Outcome): outcome is Shown => "dek" in outcome;

async function locked(): Promise<{ account: string; row: LockRow }> {
  const { account } = await accountDb();
  const row = await lockRow();
  if (!row) throw new Locked();
  return { account, row };
}

// ---------------------------------------------------------------- showing that it is yours

export async function withPin(pin: string): Promise<Outcome> {
  const { account, row } = await locked();
  if (!row.pin) return { kind: "used-up" };
  const { proof, half } = await pinHalves(pin, row.pin.salt);
  let share: string;
  try {
    const api = await server();
    const path = { id: row.phone };
    const body = { proof: toBase64(proof) };
    const call = api.POST("/api/phones/{id}/open", { params: { path }, body, ...within() });
    share = (await ask(call)).share;
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    return refused(error);
  }
  const key = await pinKey(half, bytesOf(share), row.pin.salt);
  return shown(account, key, row.pin);
}

function refused(error: Trouble): Refused {
  if (error.kind === "offline") return { kind: "offline" };
  if (error.status === 404) return { kind: "used-up" };
  if (error.status !== 403) return { kind: "later" };
  const left = Number((error.problem as { left?: unknown } | null)?.left ?? 0);
  return left > 0 ? { kind: "wrong", left } : { kind: "used-up" };
}

export async function withPassphrase(words: string): Promise<Outcome> {
  const { account, row } = await locked();
  if (!row.passphrase) return { kind: "no-fit" };
  const key = await passphraseKey(words, row.passphrase.salt);
  return shown(account, key, row.passphrase);
}

/** Asks the phone itself: face, finger or its code. Works offline. */
export async function withPasskey(): Promise<Outcome> {
  const { account, row } = await locked();
  if (!row.passkey) return { kind: "no-fit" };
  const { prfOf } = await import("./passkey.ts");
  const prf = await prfOf(row.passkey.id, row.passkey.salt);
  if (!prf) return { kind: "no-fit" };
  return shown(account, await passkeyKey(prf, row.passkey.salt), row.passkey);
}

/** The last way back: whoever has just signed in gets the key from the server. */
export async function withSignIn(): Promise<Outcome> {
  const { account, row } = await locked();
  try {
    const api = await server();
    const params = { path: { id: row.phone } };
    const call = api.GET("/api/phones/{id}/key", { params, ...as(account), ...within() });
    const { key } = await ask(call);
    return { account, dek: key };
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    if (error.kind === "problem") return { kind: error.status < 500 ? "no-fit" : "later" };
    return { kind: error.kind === "offline" ? "offline" : "no-fit" };
  }
}

/** Of a phone without a lock: it lies open. */
export async function lyingOpen(): Promise<Shown> {
  const { account, db } = await accountDb();
  return { account, dek: await bareKey(db) };
}

async function shown(account: string, key: CryptoKey, way: Way): Promise<Outcome> {
  try {
    return { account, dek: await open<string>(key, DEK, way.box) };
  } catch {
    return { kind: "no-fit" };
  }
}

/** Takes the key in hand: from here on the words open in this page. */
export async function unlock({ account, dek }: Shown): Promise<void> {
  takeKey(account, await readyKey(dek));
  changed("lock", "open");
  // Everything that waits for its person loads again.
  changed("account");
}

// ---------------------------------------------------------------- the lock itself

/** What to put in the place of a way: a new one, none, or (left out) what is there. */
export interface Ways {
  pin?: string | null;
  passphrase?: string;
  passkey?: NewPasskey | null;
}

export interface NewPasskey {
  id: Bytes;
  salt: Bytes;
  prf: Bytes;
}

/**
 * Makes the lock, or changes its ways. The server first: it keeps its half of the PIN, and the key
 * for whoever signs in again. Then, in one step, this phone. Throws a `Trouble` and changes
 * nothing when the server cannot be reached.
 */
export async function setLock(
  { account, dek }: Shown,
  ways: Ways,
  minutes?: number,
): Promise<void> {
  const { db } = await accountDb();
  const before = await lockRow();
  const pin = ways.pin ? await newPin(ways.pin, dek) : null;
  const row: LockRow = {
    phone: crypto.randomUUID(),
    minutes: minutes ?? before?.minutes ?? 2,
    pin: pin?.way ?? null,
    passkey: before?.passkey ?? null,
    passphrase: before?.passphrase ?? null,
  };
  if (before && ways.pin === undefined) {
    // Its PIN stays, and with it what the server holds of this phone.
    row.phone = before.phone;
    row.pin = before.pin;
  } else {
    const { share, proof } = pin ?? { share: random(32), proof: random(32) };
    await hold(account, row.phone, { share, proof, dek });
  }
  if (ways.passphrase) row.passphrase = await newPassphrase(ways.passphrase, dek);
  if (ways.passkey !== undefined) row.passkey = ways.passkey && (await sealedBy(ways.passkey, dek));
  // A lock that fell meanwhile stays shut: only the first one finds the key lying open.
  if (!before) takeKey(account, await readyKey(dek));
  const tx = db.transaction("meta", "readwrite", { durability: "strict" });
  await tx.store.put(row, "lock");
  await tx.store.delete("wrap");
  await tx.store.delete("dek");
  await tx.done;
  if (before && before.phone !== row.phone) await forget(account, before.phone);
  changed("lock");
}

export async function setMinutes(minutes: number): Promise<void> {
  const { db } = await accountDb();
  const tx = db.transaction("meta", "readwrite");
  const row = (await tx.store.get("lock")) as LockRow | undefined;
  if (row) await tx.store.put({ ...row, minutes }, "lock");
  await tx.done;
  changed("lock");
}

/** Takes the lock off: the key lies on this phone again, as before there was one. */
export async function removeLock({ account, dek }: Shown): Promise<void> {
  const { db } = await accountDb();
  const before = await lockRow();
  await layOpen(db, dek, { instead: true });
  if (before) await forget(account, before.phone);
  changed("lock");
}

async function hold(
  account: string,
  phone: string,
  what: { share: Bytes; proof: Bytes; dek: string },
): Promise<void> {
  const api = await server();
  const body = { share: toBase64(what.share), proof: toBase64(what.proof), key: what.dek };
  const params = { path: { id: phone } };
  await ask(api.PUT("/api/phones/{id}", { params, body, ...as(account), ...within() }));
}

/** Without a network it stays there: of no use to anybody without this phone's half. */
async function forget(account: string, phone: string): Promise<void> {
  try {
    const api = await server();
    const params = { path: { id: phone } };
    await ask(api.DELETE("/api/phones/{id}", { params, ...as(account), ...within() }));
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
  }
}

async function newPin(pin: string, dek: string) {
  const salt = random(16);
  const share = random(32);
  const { proof, half } = await pinHalves(pin, salt);
  const box = await seal(await pinKey(half, share, salt), DEK, dek);
  return { share, proof, way: { salt, box } };
}

async function newPassphrase(words: string, dek: string): Promise<Way> {
  const salt = random(16);
  return { salt, box: await seal(await passphraseKey(words, salt), DEK, dek) };
}

async function sealedBy({ id, salt, prf }: NewPasskey, dek: string) {
  return { id, salt, box: await seal(await passkeyKey(prf, salt), DEK, dek) };
}
