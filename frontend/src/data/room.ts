/** What to do where a phone is full. */

/** What a person is told when something could not be stored. */
export type NotStored = "full" | "failed";

export const notStored = (error: unknown): NotStored =>
  (error as Error).name === "QuotaExceededError" ? "full" : "failed";

/** Does it, and once more after making room for so many bytes where this phone is full. */
export async function withRoom<T>(bytes: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (notStored(error) === "failed") throw error;
    const { letGo } = await import("./letgo.ts");
    if (!(await letGo(bytes))) throw error;
    return work();
  }
}
