/** Sealing of sound and pictures: as `vault.ts` does it with words, without turning them to JSON. */
import type { Box } from "./vault.ts";

export type Bytes = Uint8Array<ArrayBuffer>;

const place = (name: string): Bytes => new TextEncoder().encode(name);

export async function sealBytes(key: CryptoKey, at: string, bytes: Bytes): Promise<Box> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const params = { name: "AES-GCM", iv, additionalData: place(at) };
  return { iv, data: await crypto.subtle.encrypt(params, key, bytes) };
}

export async function openBytes(key: CryptoKey, at: string, { iv, data }: Box): Promise<Bytes> {
  const params = { name: "AES-GCM", iv, additionalData: place(at) };
  return new Uint8Array(await crypto.subtle.decrypt(params, key, data));
}

export async function sha256(bytes: Bytes): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** One after the other. */
export function joined(parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
}
