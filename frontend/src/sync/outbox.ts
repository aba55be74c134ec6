/**
 * Sends what waits: first wishes that narrow what others can see, then entries. Everything is
 * replayable: a lost answer is asked for again and yields one row on the server.
 */
import { api } from "../api/client.ts";
import { ask, Trouble, within } from "../api/trouble.ts";
import type { Conflict, Entry, Problem, SyncItem, SyncResult } from "../api/types.ts";
import { TOO_OLD } from "../api/version.ts";
import { as } from "../api/who.ts";
import { forgetVerified, markEnded, verify } from "../data/account.ts";
import { changed, changedEntries } from "../data/changes.ts";
import { type IntentRow, NobodyHere, type OutboxRow, type Store, store } from "../data/db.ts";
import { type EntryContent, entryPlace } from "../data/entries.ts";
import { fulfil, isOver, isPassing } from "../data/fulfil.ts";
import { enqueueKept } from "../data/queue.ts";
import { acknowledge, claim, clash, failed, setAside } from "../data/sent.ts";
import { housed } from "../data/strays.ts";
import { open, seal } from "../data/vault.ts";

/**
 * - `done`: nothing is left that could be sent
 * - `offline`: no answer came: try again
 * - `later`: the server could not just now: try again
 * - `signed-out`: waits for a new sign-in
 */
export type Outcome = "done" | "offline" | "later" | "signed-out";

const LIMITS = { items: 50, bytes: 1_000_000, tries: 3 };
const SEND_PATIENCE = 60_000;
/** After so many failures of the server in one go, it is the server and not the text. */
const ENOUGH = 3;

/** Sends all that waits, for whoever uses this phone. Call it under the send lock. */
export async function drain(): Promise<Outcome> {
  try {
    const here = await store();
    try {
      await verify(here.account);
      const wishes = new Wishes(here);
      await wishes.send();
      await enqueueKept(here.db);
      const entries = await sendEntries(here, wishes);
      return entries === "done" && wishes.waiting ? "later" : entries;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      if (error.kind === "signed-out") {
        await markEnded(here.account);
        return "signed-out";
      }
      return error.kind === "offline" ? "offline" : "later";
    }
  } catch (error) {
    if (error instanceof NobodyHere) return "signed-out";
    // The database was closed under us by a sign-out, or by the browser.
    if (error instanceof DOMException) return "later";
    throw error;
  }
}

// ---------------------------------------------------------------- wishes

/** Deleting takes back too, but a long list of deletions must not keep a withdrawal waiting. */
const first = (rows: IntentRow[]): IntentRow[] => [
  ...rows.filter((row) => row.kind !== "delete-entry"),
  ...rows.filter((row) => row.kind === "delete-entry"),
];

/** The wishes of one run. Asked for again before each batch: a new one never waits for words. */
class Wishes {
  /** Those the server could not fulfil just now; never in the way of the words. */
  readonly #passed = new Set<number>();
  readonly #here: Store;

  constructor(here: Store) {
    this.#here = here;
  }

  get waiting(): boolean {
    return this.#passed.size > 0;
  }

  async send(): Promise<void> {
    const { db, account } = this.#here;
    for (const intent of first(await db.getAll("intents"))) {
      if (intent.problem || this.#passed.has(intent.seq)) continue;
      const trouble = await fulfilled(intent, account);
      if (!trouble || isOver(trouble.status)) {
        await db.delete("intents", intent.seq);
      } else if (isPassing(trouble.status) || trouble.status === 403) {
        // 403: perhaps the cookie is somebody else's by now, or a gateway stands in between.
        if (trouble.status === 403) await forgetVerified();
        this.#passed.add(intent.seq);
        continue;
      } else {
        await db.put("intents", { ...intent, problem: trouble });
      }
      changed("outbox");
      changed("sharing");
    }
  }
}

/** Null when the server has done it; otherwise why not. */
async function fulfilled(intent: IntentRow, account: string): Promise<Problem | null> {
  try {
    await fulfil(intent, account);
    return null;
  } catch (error) {
    if (error instanceof Trouble && error.kind === "problem" && error.problem) return error.problem;
    throw error;
  }
}

// ---------------------------------------------------------------- entries

async function sendEntries(here: Store, wishes: Wishes): Promise<Outcome> {
  /** Rows that had their turn and stay for later. */
  const passed = new Set<number>();
  let limit = LIMITS.items;
  let failures = 0;
  for (;;) {
    // Between two batches somebody else may have signed in.
    await verify(here.account);
    await wishes.send();
    const batch = await claim(here.db, { ...LIMITS, items: limit }, passed);
    if (!batch.length) {
      await housed(here);
      return passed.size ? "later" : "done";
    }
    const sent = await send(here, batch);
    if (sent.kind === "results") {
      await settle(here, batch, sent.results, passed);
      continue;
    }
    // No fault of any text, however often it is tried.
    if (sent.problem.status === TOO_OLD) return "later";
    if (isPassing(sent.problem.status)) {
      await failed(here.db, batch);
      for (const row of batch) passed.add(row.seq);
      if (++failures >= ENOUGH) return "later";
    } else if (sent.problem.status === 403) {
      // Perhaps the cookie is somebody else's by now: not the text's fault. Ask before the next.
      await forgetVerified();
      return "later";
    } else if (batch.length > 1) {
      // Something in it is refused: send smaller until it is alone.
      limit = Math.ceil(batch.length / 2);
    } else {
      for (const row of batch) await setAside(here.db, row, sent.problem);
      tell(batch);
      limit = LIMITS.items;
    }
  }
}

type Sent = { kind: "results"; results: SyncResult[] } | { kind: "problem"; problem: Problem };

async function send(here: Store, batch: readonly OutboxRow[]): Promise<Sent> {
  const items = await Promise.all(batch.map((row) => itemOf(here, row)));
  try {
    const { results } = await ask(
      api.POST("/api/sync", { body: { items }, ...as(here.account), ...within(SEND_PATIENCE) }),
    );
    return { kind: "results", results };
  } catch (error) {
    if (error instanceof Trouble && error.kind === "problem" && error.problem) {
      return { kind: "problem", problem: error.problem };
    }
    throw error;
  }
}

async function itemOf({ key }: Store, row: OutboxRow): Promise<SyncItem> {
  const { guide, edition, occurred_at, zone, answers } = await open<EntryContent>(
    key,
    entryPlace(row.entry),
    row.box,
  );
  // A text that goes on from one that waits takes its place.
  const resolves = [...new Set([...row.resolves, ...(row.parent === null ? [] : [row.parent])])];
  return {
    id: row.entry,
    parent: row.parent,
    revision: row.revision,
    guide,
    edition,
    occurred_at,
    zone,
    answers,
    ...(resolves.length ? { resolves } : {}),
  };
}

/** Each item's own answer. */
async function settle(
  here: Store,
  batch: readonly OutboxRow[],
  results: readonly SyncResult[],
  passed: Set<number>,
): Promise<void> {
  const byRevision = new Map(results.map((result) => [result.revision, result]));
  for (const row of batch) {
    const result = byRevision.get(row.revision);
    if (!result || isPassing(result.status)) {
      await failed(here.db, [row]);
      passed.add(row.seq);
    } else if (result.saved) {
      await acknowledge(here.db, row, result.saved);
    } else if (result.status === 409 && result.problem?.head) {
      await takeClash(here, row, result.problem.head);
    } else {
      const problem = result.problem ?? { title: "Not accepted", status: result.status };
      await setAside(here.db, row, { ...problem, status: result.status });
    }
  }
  tell(batch);
}

async function takeClash({ db, key }: Store, row: OutboxRow, head: Entry): Promise<void> {
  const at = entryPlace(row.entry);
  const sent = await open<EntryContent>(key, at, row.box);
  const conflicts = head.conflicts.some((each) => each.revision === row.revision)
    ? head.conflicts
    : [
        ...head.conflicts,
        { revision: row.revision, saved_at: head.saved_at, answers: sent.answers, base: null },
      ];
  const { revision, saved_at, answers } = head;
  const texts: Conflict[] = [{ revision, saved_at, answers, base: null }, ...conflicts];
  await clash(db, row, {
    head: revision,
    saved_at,
    rivals: conflicts.map((each) => each.revision),
    box: await seal(key, at, contentOfHead(head)),
    texts: await seal(key, at, texts),
  });
}

/** What is sealed of an entry that came from the server. */
export function contentOfHead(entry: Entry): EntryContent {
  const { guide, edition, created_at, occurred_at, zone, answers } = entry;
  return { guide, edition, created_at, occurred_at, zone, answers };
}

function tell(batch: readonly OutboxRow[]): void {
  changedEntries(batch.map((row) => row.entry));
  changed("outbox");
}
