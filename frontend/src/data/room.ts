/** What to do where a phone is full. */

/** What a person is told when something could not be stored. */
export type NotStored = "full" | "failed";

export const notStored = (error: unknown): NotStored =>
  (error as Error).name === "QuotaExceededError" ? "full" : "failed";

/** Until when making room for so many bytes is no use: not every try is to cost another copy. */
let useless = { until: 0, bytes: 0 };

/** Does it, and once more after making room for so many bytes where this phone is full. */
export async function withRoom<T>(bytes: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (notStored(error) === "failed") throw error;
    const now = performance.now();
    if (now < useless.until && bytes >= useless.bytes) throw error;
    useless = { until: now + 60_000, bytes };
    const freed = await import("./letgo.ts").then(({ letGo }) => letGo(bytes)).catch(() => false);
    if (!freed) throw error;
    const done = await work();
    useless.until = 0;
    return done;
  }
}
