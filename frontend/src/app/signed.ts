/**
 * What goes on behind the screens about being signed in: showing who it is where the server asks,
 * the question before a session ends, and telling the server whether this phone has its own lock.
 */
import { askWith } from "../api/stepup.ts";
import { current, forgetVerified, markEnded, sessionEnded } from "../data/account.ts";
import { onChange } from "../data/changes.ts";
import { keeps } from "../data/keeps.ts";
import { inTurn, underSendLock } from "../data/lock.ts";
import { lock } from "./lock.svelte.ts";

let watched: string | null = null;
let stop: (() => void) | null = null;

/** Once per page. */
export function startSigned(): void {
  // What is under way is sent first: afterwards the cookie is another.
  askWith(async () => {
    const { askWhoItIs } = await import("../enter/stepup.ts");
    // It would lie above the lock.
    return quiet() ? false : askWhoItIs(underSendLock);
  });
  onChange(({ kind }) => {
    if (kind === "account" || kind === "lock") void follow();
  });
  void follow();
}

/** Nobody is there to be asked anything. */
const quiet = (): boolean => lock.locked || lock.hidden;

const follow = (): Promise<void> => inTurn("signed-here", look).catch(() => undefined);

async function look(): Promise<void> {
  const me = (await sessionEnded()) ? null : await current();
  const session = me?.session_id ?? null;
  if (session !== watched) {
    stop?.();
    stop = null;
    watched = session;
    if (me && session) {
      const { watchSession } = await import("../account/staying.ts");
      const onended = () => void markEnded(me.id);
      stop = watchSession({ me, onended, quiet });
    }
  }
  if (!me || !navigator.onLine) return;
  const wanted = await keeps();
  if (wanted === me.kept) return;
  await (await import("../account/server.ts")).keep(wanted);
  // So that what this phone knows of the session is asked for anew.
  await forgetVerified();
}
