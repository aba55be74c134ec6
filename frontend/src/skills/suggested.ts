/** What a therapist suggests has its answer on this phone at once; the server hears of it too. */
import { letLie } from "../data/assigned.ts";
import { setPrefs } from "../data/prefs.ts";

export const keyOf = (suggestion: string): string => `suggestion:${suggestion}`;

/** Taken up, or left: either way it is not shown again, with or without a network. */
export async function answered(suggestion: string): Promise<void> {
  const key = keyOf(suggestion);
  await setPrefs(({ asked }) => ({ asked: [...new Set([...asked, key])] }));
  await letLie(suggestion).catch(() => undefined);
}
