/** What to do where a phone is full. */

/** What a person is told when something could not be stored. */
export type NotStored = "full" | "failed";

export const notStored = (error: unknown): NotStored =>
  (error as Error).name === "QuotaExceededError" ? "full" : "failed";

const MINUTE = 60_000;
/** When making room was no use: not every try is to cost another copy. */
let useless = -Infinity;

/** Does it, and once more after making room for so many bytes where this phone is full. */
export async function withRoom<T>(bytes: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (notStored(error) === "failed" || Date.now() - useless < MINUTE) throw error;
    const freed = await import("./letgo.ts").then(({ letGo }) => letGo(bytes)).catch(() => false);
    if (!freed) throw error;
    return work().catch((again: unknown) => {
      useless = Date.now();
      throw again;
    });
  }
}
