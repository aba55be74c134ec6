/**
 * Deleting with a way back: for ten seconds the entry is out of sight and not yet gone. What
 * waits here is written down, so that closing the app does not bring back what was deleted.
 */
import { deleteEntry } from "../data/entries.ts";

const KEY = "journal.deleting";
const WAY_BACK = 10_000;

class Bin {
  waiting: readonly string[] = $state.raw([]);
  #timer: ReturnType<typeof setTimeout> | undefined;

  holds(id: string): boolean {
    return this.waiting.includes(id);
  }

  put(id: string): void {
    this.#set([...this.waiting, id]);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.empty(), WAY_BACK);
  }

  /** Brings back everything that is still here. */
  undo(): void {
    clearTimeout(this.#timer);
    this.#set([]);
  }

  /**
   * Deletes what waits, also what waited when the app was last closed. What could not be deleted
   * waits on; true when nothing does.
   */
  async empty(): Promise<boolean> {
    clearTimeout(this.#timer);
    const ids = [...new Set([...this.waiting, ...read()])];
    const done = await Promise.allSettled(ids.map((id) => deleteEntry(id)));
    const over = new Set(ids.filter((_, at) => done[at]?.status === "fulfilled"));
    // What came meanwhile has its own ten seconds.
    this.#set([...new Set([...this.waiting, ...ids])].filter((id) => !over.has(id)));
    return this.waiting.length === 0;
  }

  #set(ids: readonly string[]): void {
    this.waiting = ids;
    try {
      if (ids.length) localStorage.setItem(KEY, JSON.stringify(ids));
      else localStorage.removeItem(KEY);
    } catch {
      // Without storage the ten seconds still work, in this page.
    }
  }
}

function read(): string[] {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

export const bin = new Bin();
