/**
 * Deleting with a way back.
 *
 * On most days: for ten seconds the entry is out of sight and not yet gone. What waits here is
 * written down, so that closing the app does not bring back what was deleted.
 *
 * In the hours after a dose nothing is deleted for good: the entry rests in the bin for thirty
 * days, on this phone alone. What was handed over from it is taken back at once.
 */
import { onChange } from "../data/changes.ts";
import { deleteEntry, getEntry } from "../data/entries.ts";

const DELETING = "journal.deleting";
const RESTING = "journal.bin";
const WAY_BACK = 10_000;
const DAY = 86_400_000;
export const DAYS_IN_BIN = 30;

/** When an entry went into the bin, by its id. */
type Resting = Readonly<Record<string, number>>;

class Bin {
  waiting: readonly string[] = $state.raw([]);
  /** What rests for thirty days. */
  resting: Resting = $state.raw(read(RESTING, isResting, {}));
  /** What went to rest a moment ago: it has the ten seconds of its own. */
  justNow: string | null = $state(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #moment: ReturnType<typeof setTimeout> | undefined;
  readonly #goingBack = new Set<string>();

  /** Whether the entry is out of sight. */
  holds(id: string): boolean {
    return this.waiting.includes(id) || id in this.resting;
  }

  /** Deletes in ten seconds. */
  put(id: string): void {
    this.#set([...this.waiting, id]);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.empty(), WAY_BACK);
  }

  /** Lays the entry to rest, and takes back what was handed over from it. */
  rest(id: string, now = Date.now()): void {
    this.#keep({ ...read(RESTING, isResting, this.resting), [id]: now });
    this.justNow = id;
    clearTimeout(this.#moment);
    this.#moment = setTimeout(() => (this.justNow = null), WAY_BACK);
    void this.takeBack();
  }

  bringBack(id: string): void {
    this.#keep(without(read(RESTING, isResting, this.resting), [id]));
    if (this.justNow === id) this.justNow = null;
  }

  /** Brings back everything that still has its ten seconds. */
  undo(): void {
    clearTimeout(this.#timer);
    this.#set([]);
    if (this.justNow !== null) this.bringBack(this.justNow);
  }

  /**
   * Deletes what waits, also what waited when the app was last closed. What could not be deleted
   * waits on; true when nothing does.
   */
  async empty(): Promise<boolean> {
    clearTimeout(this.#timer);
    const ids = [...new Set([...this.waiting, ...read(DELETING, isIds, [])])];
    const over = await remove(ids);
    // What came meanwhile has its own ten seconds.
    this.#set([...new Set([...this.waiting, ...ids])].filter((id) => !over.has(id)));
    if (ids.some((id) => id in this.resting)) {
      this.#keep(without(read(RESTING, isResting, this.resting), [...over]));
    }
    return this.waiting.length === 0;
  }

  /** Deletes what has rested its thirty days. Never in the hours after a dose. */
  async expire(now = Date.now()): Promise<void> {
    const ids: string[] = [];
    for (const [id, since] of Object.entries(this.resting)) {
      // What is not here may belong to another person who uses this phone.
      const due = now - since >= DAYS_IN_BIN * DAY;
      if (due && (await getEntry(id).catch(() => null))) ids.push(id);
    }
    if (!ids.length) return;
    const over = await remove(ids);
    this.#keep(without(read(RESTING, isResting, this.resting), [...over]));
  }

  /** What rests is in nobody else's hands: also what another device handed over. */
  async takeBack(): Promise<void> {
    if (!Object.keys(this.resting).length) return;
    const { excerpts, takeBack } = await import("../sync/online.ts");
    const handed = await excerpts().catch(() => []);
    const mine = handed.filter(
      (each) => each.entry_id in this.resting && !this.#goingBack.has(each.id),
    );
    for (const each of mine) this.#goingBack.add(each.id);
    // One that fails is tried again when sharing is next heard of.
    await Promise.allSettled(mine.map((each) => takeBack(each.id)));
    for (const each of mine) this.#goingBack.delete(each.id);
  }

  /** Follows what other tabs and devices do; returns the way to stop. */
  follow(): () => void {
    const again = () => (this.resting = read(RESTING, isResting, {}));
    const heard = ({ key }: StorageEvent) => {
      if (key === RESTING || key === null) again();
    };
    addEventListener("storage", heard);
    const stop = onChange(({ kind }) => {
      // Signing out empties this phone of it.
      if (kind === "account") again();
      if (kind === "account" || kind === "sharing") void this.takeBack();
    });
    return () => {
      removeEventListener("storage", heard);
      stop();
    };
  }

  #set(ids: readonly string[]): void {
    this.waiting = ids;
    write(DELETING, ids.length ? ids : null);
  }

  #keep(resting: Resting): void {
    this.resting = resting;
    write(RESTING, Object.keys(resting).length ? resting : null);
  }
}

/** The ids that are gone now. */
async function remove(ids: readonly string[]): Promise<Set<string>> {
  const done = await Promise.allSettled(ids.map((id) => deleteEntry(id)));
  return new Set(ids.filter((_, at) => done[at]?.status === "fulfilled"));
}

function without(resting: Resting, ids: readonly string[]): Resting {
  return Object.fromEntries(Object.entries(resting).filter(([id]) => !ids.includes(id)));
}

function isIds(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((id) => typeof id === "string");
}

function isResting(value: unknown): value is Record<string, number> {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return false;
  return Object.values(value).every((since) => typeof since === "number");
}

function read<T>(key: string, fits: (value: unknown) => value is T, otherwise: T): T {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return fits(value) ? value : otherwise;
  } catch {
    return otherwise;
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Without storage it works in this page, until it is closed.
  }
}

export const bin = new Bin();
