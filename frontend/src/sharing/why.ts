/** Why something did not go across, in a sentence. What is true now is asked for again. */
import { Trouble } from "../api/trouble.ts";
import { sync } from "../sync/engine.ts";
import { refreshSharing } from "../sync/readers.ts";
import { handOver as text } from "../text/sharing.ts";

export function whyNot(error: unknown): string {
  if (!(error instanceof Trouble)) return text.trouble;
  if (error.kind === "offline") return text.offline;
  if (error.kind === "signed-out") return text.signedOut;
  if (error.status !== 404 && error.status !== 409 && error.status !== 422) return text.trouble;
  // Written on another device, or the sharing has ended.
  void sync();
  void refreshSharing().catch(() => undefined);
  return text.changed;
}
