/**
 * Hand-overs out of which a sentence was taken on this phone, by id. Handing the same choice over
 * once more would bring the sentence back: there it is asked, with the page before one's eyes.
 */
import { setPrefs } from "../data/prefs.ts";
import { chosen } from "../patient/chosen.svelte.ts";

const MOST = 200;

/** Call it while a component is made. */
export function cutHere(): { has: (handover: string) => boolean } {
  const preferred = chosen();
  return { has: (handover) => preferred.prefs?.cut.includes(handover) ?? true };
}

export function rememberCut(handover: string): Promise<void> {
  return setPrefs(({ cut }) => ({ cut: [...new Set([...cut, handover])].slice(-MOST) }));
}
