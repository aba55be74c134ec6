/** One exchange with the server: send, then fetch. */
import { adoptDrops } from "../data/adopt.ts";
import { keepDropKey } from "../data/dropkey.ts";
import { inTurn, isAwaited, underSendLock } from "../data/lock.ts";
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
      const outcome = await underSendLock(turn);
      if (outcome !== "others-first") return outcome;
    }
  });

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
    const media = await sendMedia(() => isAwaited("send"));
    if (media !== "words-first") return media;
  }
}
