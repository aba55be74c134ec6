/**
 * Deleting with a way back.
 *
 * On most days: for ten seconds the entry is out of sight and not yet gone. What waits here is
 * written down with its time, so that closing the app does not bring back what was deleted, and
 * another tab neither hurries it nor loses it.
 *
 * In the hours after a dose nothing is deleted for good: the entry rests in the bin for thirty
 * days, on this phone alone. What was handed over from it is taken back at once.
 *
 * Each entry has a key of its own: tabs that write at the same time cannot overwrite each other.
 */
import { onChange } from "../data/changes.ts";
import { deleteEntry, getEntry } from "../data/entries.ts";

const DELETING = "journal.deleting.";
const RESTING = "journal.bin.";
const WAY_BACK = 10_000;
/** A moment more, in which an undo of another tab is heard of. */
const OVER = 11_000;
const DAY = 86_400_000;
export const DAYS_IN_BIN = 30;

/** When something happened to an entry, by its id. */
type Times = Readonly<Record<string, number>>;

/** A clock that was set back must not keep an entry waiting. */
const age = (since: number, now: number): number => Math.abs(now - since);

class Bin {
  #deleting: Times = $state.raw(read(DELETING, {}));
  /** What rests for thirty days. */
  resting: Times = $state.raw(read(RESTING, {}));
  /** What went to rest a moment ago: it has the ten seconds of its own. */
  justNow: string | null = $state(null);
  #now = $state(Date.now());
  /** What still has its ten seconds, in whichever tab it was deleted. */
  waiting: readonly string[] = $derived(this.#aged(0, WAY_BACK, this.#now));
  #timer: ReturnType<typeof setTimeout> | undefined;
  #moment: ReturnType<typeof setTimeout> | undefined;
  readonly #goingBack = new Set<string>();

  /** Whether the entry is out of sight. */
  holds(id: string): boolean {
    return this.deletes(id) || id in this.resting;
  }

  /** Whether it is on its way out, and no longer at rest. */
  deletes(id: string): boolean {
    return id in this.#deleting;
  }

  /** Deletes in ten seconds. */
  put(id: string): void {
    this.#deleting = { ...this.#deleting, [id]: write(DELETING + id, Date.now()) };
    this.#wait();
  }

  /** Lays the entry to rest, and takes back what was handed over from it. */
  rest(id: string, now = Date.now()): void {
    this.resting = { ...this.resting, [id]: write(RESTING + id, now) };
    this.justNow = id;
    clearTimeout(this.#moment);
    this.#moment = setTimeout(() => (this.justNow = null), WAY_BACK);
    void this.takeBack();
  }

  bringBack(id: string): void {
    this.resting = without(RESTING, this.resting, [id]);
    if (this.justNow === id) this.justNow = null;
  }

  /** Brings back everything that still has its ten seconds. */
  undo(): void {
    this.#again();
    this.#deleting = without(DELETING, this.#deleting, this.#aged(0, WAY_BACK, Date.now()));
    this.#wait();
    if (this.justNow !== null) this.bringBack(this.justNow);
  }

  /** Deletes what waits, also what has its ten seconds still: after signing out nobody could. */
  async empty(): Promise<void> {
    await this.#carryOut(0);
  }

  /** Deletes what has rested its thirty days. Never in the hours after a dose. */
  async expire(now = Date.now()): Promise<void> {
    const due = ([, since]: [string, number]) => now - since >= DAYS_IN_BIN * DAY;
    const ids = Object.entries(this.resting).filter(due);
    const over = await remove(ids.map(([id]) => id));
    this.resting = without(RESTING, this.resting, over);
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

  /**
   * Goes on with what waited when the app was last closed, and follows what other tabs and devices
   * do; returns the way to stop.
   */
  follow(): () => void {
    const heard = ({ key }: StorageEvent) => {
      if (key !== null && !key.startsWith(DELETING) && !key.startsWith(RESTING)) return;
      this.#again();
      this.#wait();
    };
    addEventListener("storage", heard);
    const stop = onChange(({ kind }) => {
      // Signing out empties this phone of it; who signs in may have something that is due.
      if (kind === "account") void this.#carryOut();
      if (kind === "account" || kind === "sharing") void this.takeBack();
    });
    void this.#carryOut();
    return () => {
      removeEventListener("storage", heard);
      stop();
    };
  }

  /** Deletes what has waited so long. What cannot be deleted now is tried later, and at the start. */
  async #carryOut(from = OVER): Promise<void> {
    this.#again();
    const due = this.#aged(from, Infinity, Date.now());
    const over = await remove(due);
    this.#deleting = without(DELETING, this.#deleting, over);
    this.resting = without(RESTING, this.resting, over);
    this.#wait(due);
  }

  /** Looks at the clock now, and again when an entry's ten seconds end or it is to go. */
  #wait(tried: readonly string[] = []): void {
    clearTimeout(this.#timer);
    const now = (this.#now = Date.now());
    const turns = Object.values(this.#deleting)
      .flatMap((since) => [WAY_BACK, OVER].map((end) => end - age(since, now)))
      .filter((left) => left > 0);
    if (this.#aged(OVER, Infinity, now).some((id) => !tried.includes(id))) turns.push(0);
    if (turns.length) this.#timer = setTimeout(() => void this.#carryOut(), Math.min(...turns));
  }

  #aged(from: number, until: number, now: number): string[] {
    return Object.entries(this.#deleting).flatMap(([id, since]) =>
      age(since, now) >= from && age(since, now) < until ? [id] : [],
    );
  }

  #again(): void {
    this.#deleting = read(DELETING, this.#deleting);
    this.resting = read(RESTING, this.resting);
  }
}

/** The ids that are gone now. What is not here may belong to another person on this phone. */
async function remove(ids: readonly string[]): Promise<string[]> {
  const gone = async (id: string) => {
    const here = (await getEntry(id)) !== null;
    if (here) await deleteEntry(id);
    return here;
  };
  const done = await Promise.all(ids.map((id) => gone(id).catch(() => false)));
  return ids.filter((_, at) => done[at]);
}

/** False once something could not be written: then it works in this page, until it is closed. */
let stored = true;

function read(prefix: string, otherwise: Times): Times {
  try {
    if (!stored) return otherwise;
    const found = Object.entries({ ...localStorage } as Record<string, string>);
    return Object.fromEntries(
      found
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, value]) => [key.slice(prefix.length), Number(value) || 0]),
    );
  } catch {
    return otherwise;
  }
}

function write(key: string, time: number): number {
  try {
    localStorage.setItem(key, String(time));
  } catch {
    stored = false;
  }
  return time;
}

function without(prefix: string, times: Times, ids: readonly string[]): Times {
  // The same object: who follows it hears only of what changes.
  if (!ids.length) return times;
  try {
    for (const id of ids) localStorage.removeItem(prefix + id);
  } catch {
    stored = false;
  }
  return Object.fromEntries(Object.entries(times).filter(([id]) => !ids.includes(id)));
}

export const bin = new Bin();
