/**
 * Sends recordings and photos, piece by piece, after the words they belong to. Each can stop
 * anywhere and goes on where it stopped; the phone counts one as saved when the server has read it
 * back whole and found the same SHA-256, and not before.
 */
import { raw, rawJson } from "../api/raw.ts";
import { Trouble } from "../api/trouble.ts";
import { markEnded, verify } from "../data/account.ts";
import { changed } from "../data/changes.ts";
import { type MediaRow, NobodyHere, type Store, store } from "../data/db.ts";
import { isPassing } from "../data/fulfil.ts";
import { openOne, PIECE } from "../data/media.ts";
import type { Outcome } from "./outbox.ts";

/** What the server has of a medium. */
export interface MediaStatus {
  id: string;
  received: number[];
  complete: boolean;
}

const PIECE_PATIENCE = 60_000;
/** A digest that differs means a piece was spoilt on its way: all of it is sent anew, so often. */
const ROUNDS = 3;

/**
 * - `words-first`: words are waiting, which never wait for a recording
 * - `others-first`: somebody waits for the turn to send
 */
type Break = "words-first" | "others-first";

/**
 * Sends what waits, or as much of it as `isAwaited` gives time for: whether somebody else waits for
 * the turn to send, which is ours.
 */
export async function sendMedia(isAwaited: () => Promise<boolean>): Promise<Outcome | Break> {
  try {
    const here = await store();
    try {
      return await sendAll(here, isAwaited);
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      if (error.kind === "offline") return "offline";
      if (error.kind === "problem") return "later";
      await markEnded(here.account);
      return "signed-out";
    }
  } catch (error) {
    if (error instanceof NobodyHere) return "signed-out";
    // The database was closed under us by a sign-out, or by the browser.
    if (error instanceof DOMException) return "later";
    throw error;
  }
}

async function sendAll(here: Store, isAwaited: () => Promise<boolean>): Promise<Outcome | Break> {
  let outcome: Outcome = "done";
  for (const row of await here.db.getAllFromIndex("media", "waits", 1)) {
    const entry = await here.db.get("entries", row.entry);
    // The server takes in what belongs to words it has.
    if (!entry?.saved_at) continue;
    await verify(here.account);
    try {
      const sent = await sendOne(here, row, isAwaited);
      if (sent !== "sent") return sent;
    } catch (error) {
      if (!(error instanceof Trouble) || error.kind !== "problem") throw error;
      if (isPassing(error.status) && error.status !== 507) outcome = "later";
      else await settle(here, row.id, { waits: 0, problem: error.problem });
    }
  }
  return outcome;
}

async function sendOne(
  here: Store,
  row: MediaRow,
  isAwaited: () => Promise<boolean>,
): Promise<"sent" | Break> {
  const { account } = here;
  const path = `/api/media/${row.id}`;
  const { entry, kind, type, size, sha256, seconds } = row;
  const json = { entry, kind, type, size, sha256, ...(seconds === null ? {} : { seconds }) };
  const status = await rawJson<MediaStatus>("PUT", path, { account, json });
  const count = Math.ceil(size / PIECE);
  const all = Array.from({ length: count }, (_, n) => n);
  let missing = status.complete ? [] : all.filter((n) => !status.received.includes(n));
  for (let round = 0; round < ROUNDS; round++) {
    for (const n of missing) {
      if (await wordsWait(here)) return "words-first";
      if (await isAwaited()) return "others-first";
      await sendPiece(here, row, n);
    }
    const left = status.complete ? [] : await complete(here, row, round === ROUNDS - 1);
    if (!left.length) {
      await settle(here, row.id, { state: "saved", waits: 0, problem: null });
      return "sent";
    }
    missing = left;
  }
  throw new Trouble("problem", { type: "about:blank", title: "Not taken", status: 503 });
}

/** The pieces still to be sent; none when the server has read all of it back. */
async function complete(here: Store, row: MediaRow, last: boolean): Promise<number[]> {
  const count = Math.ceil(row.size / PIECE);
  try {
    const path = `/api/media/${row.id}/complete`;
    const status = await rawJson<MediaStatus>("POST", path, { account: here.account, json: {} });
    if (status.complete) return [];
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    const missing = (error.problem as { missing?: number[] } | null)?.missing;
    if (error.status === 409 && missing?.length) return missing;
    // The digest differs: the server has let all of it go. Not for ever, or it would never end.
    if (error.status !== 422 || last) throw error;
  }
  return Array.from({ length: count }, (_, n) => n);
}

async function sendPiece(here: Store, { id }: MediaRow, n: number): Promise<void> {
  const bytes = await openOne(here, id, n);
  // Deleted meanwhile, with its entry: nothing is left to send.
  if (!bytes) throw new Trouble("problem", { type: "about:blank", title: "Gone", status: 503 });
  const { account } = here;
  await raw("PUT", `/api/media/${id}/pieces/${n}`, { account, bytes, patience: PIECE_PATIENCE });
}

async function wordsWait({ db }: Store): Promise<boolean> {
  const rows = await db.getAll("outbox");
  return rows.some((row) => !row.problem && !row.attempted);
}

async function settle({ db }: Store, id: string, patch: Partial<MediaRow>): Promise<void> {
  const tx = db.transaction("media", "readwrite");
  const row = await tx.store.get(id);
  if (row) await tx.store.put({ ...row, ...patch });
  await tx.done;
  changed("media", id);
  if (row) changed("entries", row.entry);
  changed("outbox");
}

/** Sends a refused recording or photo once more. */
export async function sendAgain(id: string): Promise<void> {
  await settle(await store(), id, { waits: 1, problem: null });
  changed("outbox", id);
}
