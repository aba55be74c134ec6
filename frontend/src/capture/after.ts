/** After Done: the journal takes in what it may, and words that ask for it bring the Help card. */
import { adoptDrops } from "../data/adopt.ts";
import { libraryHere } from "../data/library.ts";
import { checkPhrases } from "../patient/phrases-check.ts";

/** The ids of the entries that what was caught became; none while the journal is shut. */
export async function takeIn(): Promise<string[]> {
  return adoptDrops().catch(() => []);
}

/** Whether the Help card is offered; never without a yes, and never while the journal is shut. */
export async function asks(words: string): Promise<boolean> {
  if (!words.trim()) return false;
  try {
    const guide = (await libraryHere())?.guides.find((each) => each.id === "capture");
    return guide ? await checkPhrases(guide, { "capture-01": { text: words } }) : false;
  } catch {
    return false;
  }
}
