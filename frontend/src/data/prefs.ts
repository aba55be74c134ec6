/** What the person prefers: sealed on this phone, theirs alone, gone with the sign-out. */
import { changed } from "./changes.ts";
import { store } from "./db.ts";
import { keepSealed, readSealed } from "./kept.ts";

export interface Prefs {
  bodyMap: "shown" | "hidden";
  /** Whether the Help card may be offered after certain words; null while nobody has said. */
  phrases: "on" | "off" | null;
  /** Extra guides that were picked, two at most. */
  extras: string[];
  /** Skills, and own skills by their entry's id. */
  starred: string[];
  hidden: string[];
  /** Questions the person chose, by guide. */
  ask: Record<string, string[]>;
  /** Cards that are shown once and have been. */
  asked: string[];
}

const FIRST: Prefs = {
  bodyMap: "shown",
  phrases: null,
  extras: [],
  starred: [],
  hidden: [],
  ask: {},
  asked: [],
};

/** The preferences of whoever uses this phone now. */
export async function prefs(): Promise<Prefs> {
  return { ...FIRST, ...(await readSealed<Partial<Prefs>>("prefs")) };
}

let turn: Promise<unknown> = Promise.resolve();

/** Some of them, or what becomes of them as they stand when it is this change's turn. */
type Patch = Partial<Prefs> | ((now: Prefs) => Partial<Prefs>);

/** Changes some of them; two changes at once do not lose each other. */
export function setPrefs(patch: Patch): Promise<void> {
  const mine = turn.then(
    () => put(patch),
    () => put(patch),
  );
  turn = mine;
  return mine;
}

async function put(patch: Patch): Promise<void> {
  const { account } = await store();
  const now = await prefs();
  const next = { ...now, ...(typeof patch === "function" ? patch(now) : patch) };
  if (await keepSealed("prefs", next, account)) changed("prefs");
}
