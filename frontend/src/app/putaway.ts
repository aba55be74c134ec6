/** Putting the words away: what is written is stored, then the key goes, then the screens. */
import { who } from "../api/who.ts";
import { lock as dropKey } from "../data/locked.ts";
import { flushAll, openStored } from "./autosave.ts";
import { leaving, lock } from "./lock.svelte.ts";
import { unveil, veil } from "./veil.ts";

/** The longest it waits for what is being written to be stored. */
const PATIENCE = 3_000;
let turn: Promise<void> | null = null;
let hiding = false;

/** `hide`: behind the neutral page. The key goes where there is a lock. */
export function putAway({ hide = false } = {}): Promise<void> {
  hiding ||= hide;
  veil();
  turn ??= work().finally(() => (turn = null));
  return turn;
}

async function work(): Promise<void> {
  const stored = Promise.allSettled([flushAll(), ...[...leaving].map((each) => each())]);
  await Promise.race([stored, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  // What could not be stored stays in memory, out of sight.
  lock.unkept = openStored() ? null : who.account;
  if (lock.state === "open") {
    await dropKey();
    lock.state = "locked";
  }
  // They lie above every screen, the lock's too, with what was typed into them.
  for (const dialog of document.querySelectorAll("dialog")) dialog.close();
  if (hiding) lock.hidden = true;
  hiding = false;
  unveil();
}
