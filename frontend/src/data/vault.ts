/**
 * Sealing of what is stored on this device: AES-256-GCM under a key that cannot be taken out of
 * the browser. It keeps words out of copied profiles and backups, partly: whoever can run
 * scripts on our origin, or holds the unlocked phone, can still read.
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
