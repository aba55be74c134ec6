/**
 * How the passkey of a phone's lock is known again: its user begins with this. Those that sign in
 * have a random user that the server made.
 */
export const LOCK = new TextEncoder().encode("lock:");

/** Whether a passkey with this user is the lock of a phone. */
export function isLock(user: ArrayBuffer): boolean {
  const bytes = new Uint8Array(user);
  return LOCK.every((each, at) => bytes[at] === each);
}
