/** "Something changed", told to every tab and, from the worker, to every page. */

export type ChangeKind =
  /** An entry was written, sent, pulled or deleted (without `id`: many were). */
  | "entries"
  /** Something new waits to be sent (with `id`), or something no longer does (without). */
  | "outbox"
  /** Somebody signed in, signed out, or the session ended. */
  | "account"
  /** The phone was locked (`id` "locked"), unlocked ("open"), or its lock changed (no `id`). */
  | "lock"
  | "library"
  | "help"
  | "care"
  /** What therapists have given. */
  | "assigned"
  /** What the person prefers on this phone. */
  | "prefs"
  /** A recording or photo was taken in, sent or let go (with its `id`). */
  | "media"
  /** Grants or excerpts: who can read what. */
  | "sharing";

export interface Change {
  kind: ChangeKind;
  id?: string;
}

const NAME = "journal-changes";
const listeners = new Set<(change: Change) => void>();
let channel: BroadcastChannel | null = null;

function open(): BroadcastChannel | null {
  if (channel || typeof BroadcastChannel === "undefined") return channel;
  channel = new BroadcastChannel(NAME);
  channel.onmessage = (event: MessageEvent<Change>) => tell(event.data);
  return channel;
}

function tell(change: Change): void {
  for (const listener of [...listeners]) listener(change);
}

/** Calls `listener` on every change, here or in another tab; returns the way to stop. */
export function onChange(listener: (change: Change) => void): () => void {
  open();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const FEW = 3;

/** Says it of each entry, or once of all: a first pull must not load a list five hundred times. */
export function changedEntries(ids: Iterable<string>): void {
  const all = [...new Set(ids)];
  if (all.length > FEW) changed("entries");
  else for (const id of all) changed("entries", id);
}

/** Says that something changed: to this page at once, to others through the channel. */
export function changed(kind: ChangeKind, id?: string): void {
  const change: Change = id === undefined ? { kind } : { kind, id };
  open()?.postMessage(change);
  tell(change);
}
