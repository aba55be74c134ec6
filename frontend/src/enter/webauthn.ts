/**
 * Passkeys that sign in, with the browser's own helpers. The lock of a phone has a passkey of its
 * own (`data/passkey.ts`), which the server has never heard of: somebody who picks that one in the
 * phone's list is told so here, before anything is sent.
 */
import type { Credential as Sent } from "../api/types.ts";
import { isLock } from "../domain/lockmark.ts";

/** What the server hands out and takes back, as it is: only the browser reads it. */
export interface Asked {
  id: string;
  publicKey: unknown;
}

export interface Answered {
  id: string;
  credential: Sent;
}

/**
 * Why there is no passkey.
 * - `no`: the person said no, has none here, or took too long
 * - `lock`: it was the lock of a phone
 * - `twice`: this device has one for this account already
 */
export class NoPasskey extends Error {
  override name = "NoPasskey";
  readonly why: "no" | "lock" | "twice";

  constructor(why: NoPasskey["why"]) {
    super(why);
    this.why = why;
  }
}

type Own = typeof PublicKeyCredential;
const own = (): Own | undefined => globalThis.PublicKeyCredential as Own | undefined;

/** Whether this browser can use passkeys the way we do. */
export const canUse = (): boolean => typeof own()?.parseRequestOptionsFromJSON === "function";

/** Whether it can offer them in the field of the name. */
export const canOffer = async (): Promise<boolean> =>
  canUse() &&
  ((await own()
    ?.isConditionalMediationAvailable?.()
    .catch(() => false)) ??
    false);

/** Shows a passkey; `quietly`: offered in the field of the name until it is picked or aborted. */
export async function showPasskey(
  { id, publicKey }: Asked,
  { quietly = false, signal }: { quietly?: boolean; signal?: AbortSignal } = {},
): Promise<Answered> {
  const options = PublicKeyCredential.parseRequestOptionsFromJSON(
    publicKey as PublicKeyCredentialRequestOptionsJSON,
  );
  const found = await refusing(
    navigator.credentials.get({
      publicKey: options,
      ...(quietly ? { mediation: "conditional" } : {}),
      ...(signal ? { signal } : {}),
    }),
  );
  const { userHandle } = found.response as AuthenticatorAssertionResponse;
  if (userHandle && isLock(userHandle)) throw new NoPasskey("lock");
  return { id, credential: found.toJSON() as Sent };
}

/** Makes a passkey for what the server asked. */
export async function makePasskey({ id, publicKey }: Asked): Promise<Answered> {
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(
    publicKey as PublicKeyCredentialCreationOptionsJSON,
  );
  const made = await refusing(navigator.credentials.create({ publicKey: options }));
  return { id, credential: made.toJSON() as Sent };
}

async function refusing(asked: Promise<Credential | null>): Promise<PublicKeyCredential> {
  let answer: Credential | null;
  try {
    answer = await asked;
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    // Not a refusal: we stopped asking ourselves.
    if (name === "AbortError") throw error;
    throw new NoPasskey(name === "InvalidStateError" ? "twice" : "no");
  }
  if (!answer) throw new NoPasskey("no");
  return answer as PublicKeyCredential;
}
