/**
 * The phone's own unlock as a key: a passkey of this site alone, never told to the server, used
 * for nothing but the secret its PRF extension gives. Not every phone and browser has it.
 */
import { LOCK } from "../domain/lockmark.ts";
import { type Bytes, random } from "./derive.ts";
import type { NewPasskey } from "./unlock.ts";

const PATIENCE = 60_000;
/**
 * What the phone shows in its list, where the passkeys that sign in stand under the sign-in name:
 * it says which of them opens the lock, and not whose or what for.
 */
const NAME = "The lock on this phone";
/** Whether this phone can be asked at all; whether it gives the secret shows when it is asked. */
export async function canAsk(): Promise<boolean> {
  const own = globalThis.PublicKeyCredential as typeof PublicKeyCredential | undefined;
  return (await own?.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false)) ?? false;
}

/** Makes one; null when the person said no or this phone gives no secret. */
export async function makePasskey(): Promise<NewPasskey | null> {
  const salt = random(32);
  const made = (await navigator.credentials
    .create({
      publicKey: {
        rp: { id: location.hostname, name: "Journal" },
        user: { id: new Uint8Array([...LOCK, ...random(16)]), name: NAME, displayName: NAME },
        challenge: random(32),
        pubKeyCredParams: [
          { type: "public-key", alg: -7 },
          { type: "public-key", alg: -257 },
        ],
        authenticatorSelection: {
          authenticatorAttachment: "platform",
          residentKey: "required",
          userVerification: "required",
        },
        timeout: PATIENCE,
        extensions: { prf: { eval: { first: salt } } },
      },
    })
    .catch(() => null)) as PublicKeyCredential | null;
  if (!made) return null;
  const id = new Uint8Array(made.rawId);
  const at = made.getClientExtensionResults().prf;
  // Some phones give the secret at once, others when they are asked the next time, some never.
  const prf = secret(at) ?? (at?.enabled ? await prfOf(id, salt) : null);
  return prf && { id, salt, prf };
}

/** The secret of this passkey; null when the person said no or the passkey is gone. */
export async function prfOf(id: Bytes, salt: Bytes): Promise<Bytes | null> {
  const found = (await navigator.credentials
    .get({
      publicKey: {
        rpId: location.hostname,
        challenge: random(32),
        allowCredentials: [{ type: "public-key", id }],
        userVerification: "required",
        timeout: PATIENCE,
        extensions: { prf: { eval: { first: salt } } },
      },
    })
    .catch(() => null)) as PublicKeyCredential | null;
  return found && secret(found.getClientExtensionResults().prf);
}

function secret(prf: AuthenticationExtensionsPRFOutputs | undefined): Bytes | null {
  const first = prf?.results?.first;
  if (!first) return null;
  return ArrayBuffer.isView(first)
    ? new Uint8Array(
        first.buffer.slice(first.byteOffset, first.byteOffset + first.byteLength) as ArrayBuffer,
      )
    : new Uint8Array(first);
}
