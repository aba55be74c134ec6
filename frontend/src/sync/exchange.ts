/** One exchange with the server: send, then fetch. Call it under the send lock. */
import { adoptDrops } from "../data/adopt.ts";
import { keepDropKey } from "../data/dropkey.ts";
import { sendMedia } from "./media.ts";
import { drain, type Outcome } from "./outbox.ts";
import { pull } from "./pull.ts";

export async function exchange(): Promise<Outcome> {
  const sent = await send();
  if (sent === "signed-out") return sent;
  const pulled = await pull();
  return sent === "done" ? pulled : sent;
}

/** Words first; what is attached to them piece by piece, and newer words between two pieces. */
async function send(): Promise<Outcome> {
  for (;;) {
    const words = await drain();
    if (words !== "done") return words;
    // Without it nothing can be caught signed out; it is asked for once, and again if that failed.
    await keepDropKey().catch(() => undefined);
    await adoptDrops();
    const media = await sendMedia();
    if (media !== "words-first") return media;
  }
}
