/** One exchange with the server: send, then fetch. */
import { adoptDrops } from "../data/adopt.ts";
import { keepDropKey } from "../data/dropkey.ts";
import { inTurn, queues, underSendLock } from "../data/lock.ts";
import { sendMedia } from "./media.ts";
import { drain, type Outcome } from "./outbox.ts";
import { pull } from "./pull.ts";

/**
 * Takes the turn to send, and gives it back for a moment between two pieces of a recording when
 * somebody waits for it: who signs in, or shows who they are, does not wait for recordings. The
 * exchanges of other tabs wait for the end of this one, or they would take each other's turns.
 */
export const exchange = (): Promise<Outcome> =>
  inTurn("exchange", async () => {
    for (;;) {
      const asked = underSendLock(turn);
      last = queues.get("send");
      const outcome = await asked;
      if (outcome !== "others-first") return outcome;
    }
  });

/** The last who asked for the turn, in a browser without locks: we, as long as nobody waits. */
let last: unknown;

async function isAwaited(): Promise<boolean> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (!locks) return queues.get("send") !== last;
  const { pending = [] } = await locks.query();
  return pending.some(({ name }) => name === "journal-send");
}

async function turn(): Promise<Outcome | "others-first"> {
  const sent = await send();
  if (sent === "signed-out" || sent === "others-first") return sent;
  const pulled = await pull();
  return sent === "done" ? pulled : sent;
}

/** Words first; what is attached to them piece by piece, and newer words between two pieces. */
async function send(): Promise<Outcome | "others-first"> {
  for (;;) {
    const words = await drain();
    if (words !== "done") return words;
    // Without it nothing can be caught signed out; it is asked for once, and again if that failed.
    await keepDropKey().catch(() => undefined);
    await adoptDrops();
    const media = await sendMedia(isAwaited);
    if (media !== "words-first") return media;
  }
}
