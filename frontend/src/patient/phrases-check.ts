/**
 * Asked once, at Done, when the words are saved: whether to offer the Help card. It looks at this
 * entry's typed words alone, on this phone, and only for a person who said yes.
 *
 * Nothing about the answer is stored, sent or counted. That the card came once lives in this page's
 * memory and is gone with it, so an entry that is opened again another day can be offered it again.
 */
import type { Answers, Guide } from "../api/types.ts";
import { session } from "../app/session.svelte.ts";
import { libraryHere } from "../data/library.ts";
import { prefs } from "../data/prefs.ts";
import { matches } from "../domain/phrases.ts";

let offered = false;

export async function checkPhrases(guide: Guide, answers: Answers): Promise<boolean> {
  if (offered) return false;
  try {
    if ((await prefs()).phrases !== "on") return false;
    // What lies on the phone: a request at Done would say that the list was looked at.
    const phrases = (await libraryHere())?.phrases;
    if (offered || !phrases) return false;
    if (!matches(guide, answers, phrases, session.stage?.stage)) return false;
  } catch {
    // Nobody here, or never online: the Help button is there in any case.
    return false;
  }
  offered = true;
  return true;
}
