/** One exchange with the server: send, then fetch. Call it under the send lock. */
import { drain, type Outcome } from "./outbox.ts";
import { pull } from "./pull.ts";

export async function exchange(): Promise<Outcome> {
  const sent = await drain();
  if (sent === "signed-out") return sent;
  const pulled = await pull();
  return sent === "done" ? pulled : sent;
}
