/** Whether something happened to the account that nobody has looked at yet. */
import type { Me } from "../api/types.ts";
import * as server from "./server.ts";

/** The sign-in of this very device is told to the others: here it is no news. */
const OWN = 5_000;

export async function somethingTold(me: Me): Promise<boolean> {
  if (!navigator.onLine) return false;
  const found = await server.notices().catch(() => []);
  const own = ({ kind, at }: (typeof found)[number]) =>
    kind === "new_device" && Math.abs(Date.parse(at) - Date.parse(me.signed_in_at)) < OWN;
  return found.some((each) => each.seen_at === null && !own(each));
}
