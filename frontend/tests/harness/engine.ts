/**
 * The data and sync layer of the app without its screens, for tests in a real browser that do
 * thousands of things. It is built apart and is no part of the product: see `vite.harness.ts`.
 *
 * An entry that is written on is kept open, as an editor keeps it.
 */
import type { Answers } from "../../src/api/types.ts";
import * as accounts from "../../src/data/account.ts";
import * as signingIn from "../../src/data/signin.ts";
import { onChange } from "../../src/data/changes.ts";
import * as db from "../../src/data/db.ts";
import * as entries from "../../src/data/entries.ts";
import type { LocalEntry } from "../../src/data/entries.ts";
import * as engine from "../../src/sync/engine.ts";
import { exchange } from "../../src/sync/exchange.ts";
import * as online from "../../src/sync/online.ts";
import * as wishes from "../../src/sync/wishes.ts";

db.keysWith(() => import("../../src/data/newkey.ts"));

const open = new Map<string, LocalEntry>();
let running: Promise<string> = Promise.resolve("done");

/** What a test compares: where an entry stands, without the means. */
function shown(entry: LocalEntry) {
  const { id, state, revision, answers, occurred_at } = entry;
  const conflicts = entry.conflicts.map((each) => ({
    revision: each.revision,
    answers: each.answers,
  }));
  return { id, state, revision, answers, occurred_at, conflicts, problem: entry.problem?.status };
}

type Change = (before: Answers) => Answers;
/** `{"free-01": "a word"}`: the word is written at the end of that answer's text. */
type Added = Record<string, string>;

const adding =
  (added: Added): Change =>
  (before) => {
    const after = { ...before };
    for (const [item, word] of Object.entries(added)) {
      const text = `${(before[item]?.["text"] as string | undefined) ?? ""} ${word}`.trim();
      after[item] = { ...before[item], text };
    }
    return after;
  };

const journal = {
  account: { ...accounts, ...signingIn },
  db,
  engine,
  entries,
  online,
  wishes,
  onChange,

  /** Begins entries and puts them on their way (or only keeps them); answers with their ids. */
  async begin(guide: string, edition: number, texts: Added[], send = true): Promise<string[]> {
    const made: string[] = [];
    for (const added of texts) {
      const entry = entries.startEntry({ id: guide, edition });
      entry.answers = adding(added)({});
      entry.finished = true;
      await (send ? entries.queue(entry) : entries.keep(entry));
      open.set(entry.id, entry);
      made.push(entry.id);
    }
    return made;
  },

  /** Goes on writing. `fresh` opens the entry as it stands now; otherwise the open editor goes on. */
  async write(id: string, added: Added, { fresh = true, send = true } = {}): Promise<boolean> {
    const held = fresh ? null : open.get(id);
    const entry = held ?? (await entries.getEntry(id));
    if (!entry) return false;
    entry.answers = adding(added)(entry.answers);
    await (send ? entries.queue(entry) : entries.keep(entry));
    open.set(id, entry);
    return (await entries.getEntry(id)) !== null;
  },

  async look(ids: string[]) {
    const found = await Promise.all(ids.map((id) => entries.getEntry(id)));
    return found.map((entry) => entry && shown(entry));
  },

  async all() {
    return (await entries.listEntries()).map(shown);
  },

  close(id: string): void {
    open.delete(id);
  },

  /** One run of the engine, to its end. */
  sync(): Promise<string> {
    return exchange();
  },

  /** Begins a run and does not wait for it. */
  go(): void {
    running = running.then(exchange);
  },

  /** Waits for the runs begun with `go`. */
  rest(): Promise<string> {
    return running;
  },

  /** How many entries, texts and wishes the server has not acknowledged. */
  async waiting(): Promise<number> {
    const { db: opened } = await db.store();
    const texts = (await opened.count("outbox")) + (await opened.count("intents"));
    return texts + (await accounts.unsent());
  },

  /** What lies in a store, raw. */
  async rows(name: "outbox" | "intents" | "entries"): Promise<unknown[]> {
    return (await db.store()).db.getAll(name);
  },
};

export type Journal = typeof journal;

Object.assign(globalThis, { journal });
