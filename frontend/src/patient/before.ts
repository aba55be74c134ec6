/** What came before an entry, read once when it is opened: nothing that arrives later moves it. */
import type { Guide } from "../api/types.ts";
import { store } from "../data/db.ts";
import { listEntries, type LocalEntry } from "../data/entries.ts";
import { keepSealed, readSealed } from "../data/kept.ts";
import { prefs } from "../data/prefs.ts";
import { looksBack, type Past, pastOf, visitOf } from "../domain/past.ts";
import type { Turns, Visit } from "../domain/steps.ts";
import { bin } from "./bin.svelte.ts";

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
  const here = entries.filter(({ id }) => !bin.holds(id));
  const past = pastOf(here, entry);
  const begun = entry && guide.ask !== null ? await turnsOf(entry.id) : undefined;
  return { past, visit: { ...visitOf(guide, past, chosen), begun } };
}

const KEPT = "turns";
/** Of how many entries the order is remembered: the latest ones that were begun. */
const MOST = 20;
type Kept = Record<string, Turns>;

async function turnsOf(entry: string): Promise<Turns | undefined> {
  return (await readSealed<Kept>(KEPT).catch(() => null))?.[entry];
}

/**
 * Remembers in which order an entry asks. Entries of before may still be on their way to this phone
 * when it is begun, and must not change its questions once they are here.
 */
export async function keepTurns(entry: string, turns: Turns): Promise<void> {
  const { account } = await store();
  const all = Object.entries((await readSealed<Kept>(KEPT)) ?? {});
  const others = all.filter(([id]) => id !== entry).slice(1 - MOST);
  await keepSealed(KEPT, Object.fromEntries([...others, [entry, turns]]), account);
}
