/**
 * Sealing of what is stored on this device: AES-256-GCM. What each key protects against, and what
 * not, is in docs/decisions/0017-keys-on-the-phone.md.
 *
 * Never await any of this inside an IndexedDB transaction (it would commit): seal first.
 */

export interface Box {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function newKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/** A data key, ready to open and seal; it cannot be read back from this handle. */
export function readyKey(dek: string): Promise<CryptoKey> {
  const use: KeyUsage[] = ["encrypt", "decrypt"];
  return crypto.subtle.importKey("raw", bytesOf(dek), "AES-GCM", false, use);
}

/** `place` binds the box to where it lies (`entry:<id>`): moved elsewhere it does not open. */
export async function seal(key: CryptoKey, place: string, value: unknown): Promise<Box> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: encoder.encode(place) },
    key,
    encoder.encode(JSON.stringify(value)),
  );
  return { iv, data };
}

export async function open<T>(key: CryptoKey, place: string, box: Box): Promise<T> {
  const plain = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: box.iv, additionalData: encoder.encode(place) },
    key,
    box.data,
  );
  return JSON.parse(decoder.decode(plain)) as T;
}
