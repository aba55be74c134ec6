/**
 * What a person has in hand between their journal and those who read it: how a page is put in
 * order, and what goes as it is saved. Ids alone, sealed on this phone, gone with the sign-out.
 */
import type { Category } from "../api/types.ts";
import { changed, onChange } from "./changes.ts";
import { store } from "./db.ts";
import { keepSealed, readSealed } from "./kept.ts";

/** The order of a page: the first `first` of `bring` stand at its head. */
export interface Order {
  bring: string[];
  first: number;
}

/** An entry that goes under a grant once it is saved. */
export interface Promised {
  entry: string;
  grant: string;
}

export interface Across {
  /** An order that has not gone out yet, by therapist. */
  bring: Record<string, Order>;
  /** The list for the next visit that was begun here, by therapist. */
  lists: Record<string, string>;
  /** Kinds that go to somebody as they are saved, by grant. */
  standing: Record<string, Category[]>;
  /** What the screen said goes, and has not gone yet. */
  promised: Promised[];
}

const NOTHING: Across = { bring: {}, lists: {}, standing: {}, promised: [] };

export async function across(): Promise<Across> {
  return { ...NOTHING, ...(await readSealed<Partial<Across>>("across")) };
}

let turn: Promise<unknown> = Promise.resolve();

/** Changes some of it; two changes at once do not lose each other. */
export function setAcross(patch: (now: Across) => Partial<Across>): Promise<void> {
  const mine = turn.then(
    () => put(patch),
    () => put(patch),
  );
  turn = mine;
  return mine;
}

async function put(patch: (now: Across) => Partial<Across>): Promise<void> {
  const { account } = await store();
  const now = await across();
  if (await keepSealed("across", { ...now, ...patch(now) }, account)) changed("prefs");
}

/** Calls `listener` when some of it has changed, or somebody else is here. */
export function onAcross(listener: () => void): () => void {
  return onChange(({ kind }) => {
    if (kind === "prefs" || kind === "account") listener();
  });
}
