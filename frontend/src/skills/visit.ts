/** One visit: the order of what is suggested stays as it was, and so does the place in it. */
import { uuid7 } from "../domain/ids.ts";

export const visit = {
  seed: uuid7(),
  /** The skill that was shown last, by need. */
  at: new Map<string, string>(),
};
