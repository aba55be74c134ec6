/** What is known of something that was asked for and not answered: nothing. */
import { Trouble } from "../api/trouble.ts";

/** A proxy says these when it had no answer itself, and the server when its database had none. */
const BETWEEN: readonly number[] = [502, 503, 504];

/** Whether it may be done or not: no answer came. */
export const noAnswer = (error: unknown): boolean =>
  error instanceof Trouble && (error.kind === "offline" || BETWEEN.includes(error.status));

/** Does it, and whether an answer came. Throws what the server said against it. */
export async function answered(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (noAnswer(error)) return false;
    throw error;
  }
}
