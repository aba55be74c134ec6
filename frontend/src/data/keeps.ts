/**
 * Whether this phone asks to stay signed in: it is on the home screen as an app, or has a lock of
 * its own, so that whoever picks it up stands before that. The server takes our word for it, and
 * only for a patient, who can end it from any other device.
 */
import { lockRow } from "./locked.ts";

export async function keeps(): Promise<boolean> {
  return onHomeScreen() || (await lockRow().catch(() => null)) !== null;
}

function onHomeScreen(): boolean {
  const phone = globalThis.navigator as (Navigator & { standalone?: boolean }) | undefined;
  if (phone?.standalone) return true;
  return globalThis.matchMedia?.("(display-mode: standalone)").matches ?? false;
}
