import { getEntry, type LocalEntry } from "../data/entries.ts";

/** Writes the address a reload should open, without going anywhere. Once: browsers count these. */
export function stayAt(path: string): void {
  if (location.pathname !== path) history.replaceState(history.state, "", path);
}

/** Remembers which entry was being written when the words were put away: an id, in this tab alone. */
export function stayWith(entry: string): void {
  history.replaceState({ ...(history.state as object | null), entry }, "");
}

/** The entry that was being written on this screen, asked once. */
export async function stayed(guide: string): Promise<LocalEntry | null> {
  const { entry, ...rest } = (history.state ?? {}) as { entry?: string };
  if (!entry) return null;
  history.replaceState(rest, "");
  const found = await getEntry(entry).catch(() => null);
  return found?.guide === guide ? found : null;
}
