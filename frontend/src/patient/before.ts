/** What came before an entry, read once when it is opened: nothing that arrives later moves it. */
import type { Guide } from "../api/types.ts";
import { listEntries, type LocalEntry } from "../data/entries.ts";
import { prefs } from "../data/prefs.ts";
import { looksBack, type Past, pastOf, visitOf } from "../domain/past.ts";
import type { Visit } from "../domain/steps.ts";

export interface Before {
  past: readonly Past[];
  visit: Visit;
}

export const NOTHING_BEFORE: Before = { past: [], visit: {} };

export async function before(guide: Guide, entry: LocalEntry | null): Promise<Before> {
  if (!looksBack(guide)) return NOTHING_BEFORE;
  const [entries, chosen] = await Promise.all([
    listEntries(),
    prefs().then(
      ({ ask }) => ask[guide.id],
      () => undefined,
    ),
  ]);
  const past = pastOf(entries, entry);
  return { past, visit: visitOf(guide, past, chosen) };
}
