/**
 * Keys made of what a person knows or has. The numbers are fixed here: nobody else, and no server,
 * has a say in them. See docs/decisions/0017-keys-on-the-phone.md.
 */
const ROUNDS = 600_000;
const encoder = new TextEncoder();

export type Bytes = Uint8Array<ArrayBuffer>;

export const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

export const toBase64 = (bytes: Bytes): string => btoa(String.fromCharCode(...bytes));

/** Slow on purpose: each guess costs as much. */
async function slowly(secret: string, salt: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), "PBKDF2", false, [
    "deriveBits",
  ]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}

/** 256 bits for one purpose; those for another purpose say nothing about them. */
async function bits(from: Bytes, salt: Bytes, purpose: string): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", from, "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: encoder.encode(purpose) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}

async function wrapping(from: Bytes, salt: Bytes, purpose: string): Promise<CryptoKey> {
  const raw = await bits(from, salt, purpose);
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** What a PIN gives: what the server compares, and half of the key. */
export interface PinHalves {
  proof: Bytes;
  half: Bytes;
}

export async function pinHalves(pin: string, salt: Bytes): Promise<PinHalves> {
  const slow = await slowly(pin, salt);
  const [proof, half] = await Promise.all([
    bits(slow, salt, "journal pin proof"),
    bits(slow, salt, "journal pin half"),
  ]);
  return { proof, half };
}

/** The two halves together: neither the phone alone nor the server alone has it. */
export function pinKey(half: Bytes, share: Bytes, salt: Bytes): Promise<CryptoKey> {
  const both = new Uint8Array(half.length + share.length);
  both.set(half);
  both.set(share, half.length);
  return wrapping(both, salt, "journal pin key");
}

/** However it was typed: case, spaces and dashes do not matter. */
export const plainWords = (typed: string): string =>
  typed
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean)
    .join(" ");

export async function passphraseKey(typed: string, salt: Bytes): Promise<CryptoKey> {
  return wrapping(await slowly(plainWords(typed), salt), salt, "journal passphrase key");
}

export function passkeyKey(prf: Bytes, salt: Bytes): Promise<CryptoKey> {
  return wrapping(prf, salt, "journal passkey key");
}
