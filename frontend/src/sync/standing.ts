/**
 * Hands over what the screen said would go as it is saved. A promise is made when somebody is done
 * with something new on this phone; it is kept after the server has the words, through the same
 * door as any hand-over, under an id made of the grant and the entry, so that it goes once.
 */
import type { Grant, Guide } from "../api/types.ts";
import { Trouble } from "../api/trouble.ts";
import { onChange } from "../data/changes.ts";
import { getEntry } from "../data/entries.ts";
import { care, guideOf, library } from "../data/library.ts";
import { across, type Promised, setAcross } from "../data/across.ts";
import { uuidOf } from "../domain/ids.ts";
import { knownIn } from "../domain/lines.ts";
import { softNow } from "../domain/stage.ts";
import { goes } from "../domain/standing.ts";
import { choosable } from "../sharing/preview.ts";
import { grantsHere } from "./here.ts";
import { excerpts, grants } from "./readers.ts";
import { handOver } from "./online.ts";

/** Notes that this entry goes once it is saved, where that is turned on. Asks nobody. */
export async function promise(guide: Guide, entry: string): Promise<void> {
  const { standing, promised } = await across();
  if (!Object.keys(standing).length) return;
  const mine = goes(standing, await grantsHere(), guide).map(({ grant }) => ({ entry, grant }));
  const fresh = mine.filter((each) => !promised.some((other) => isSame(each, other)));
  if (fresh.length) await setAcross((now) => ({ promised: [...now.promised, ...fresh] }));
}

/** Turns kinds on or off for one grant; what waited under those turned off stays with the person. */
export async function turn(grant: string, kinds: Grant["categories"]): Promise<void> {
  await setAcross(({ standing, promised }) => {
    const { [grant]: _, ...others } = standing;
    return {
      standing: kinds.length ? { ...others, [grant]: kinds } : others,
      promised: kinds.length ? promised : promised.filter((each) => each.grant !== grant),
    };
  });
}

let running = false;
let again = false;

/** Once per page: whenever something no longer waits to be sent, and when the app opens. */
export function startPromises(): void {
  onChange(({ kind, id }) => {
    if ((kind === "outbox" && id === undefined) || kind === "account") void keeping();
  });
  void keeping();
}

async function keeping(): Promise<void> {
  again = true;
  if (running) return;
  running = true;
  try {
    while (again) {
      again = false;
      // Nobody is here, or it is locked: with the next opening.
      await keepPromises().catch(() => undefined);
    }
  } finally {
    running = false;
  }
}

/** Keeps the promises whose words the server has. */
export async function keepPromises(now: number = Date.now()): Promise<void> {
  try {
    if (!(await across()).promised.length) return;
    // It rests in the hours after a dose; nothing is lost meanwhile.
    if (softNow((await care()).dosing_sessions, now)) return;
    const given = await grants();
    for (const each of (await across()).promised) {
      if (await settled(each, given)) await forget(each);
    }
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
  }
}

/** Whether nothing is left to be done about it: handed over, taken off, or not wanted any more. */
async function settled({ entry: id, grant }: Promised, given: readonly Grant[]): Promise<boolean> {
  const [{ standing }, entry] = await Promise.all([across(), getEntry(id)]);
  if (!entry || entry.problem) return true;
  const guide = await guideOf(entry.guide, entry.edition);
  const open = goes(standing, given, guide).find((each) => each.grant === grant);
  if (!open) return true;
  if (entry.state !== "saved" || entry.revision === null) return false;
  if (entry.conflicts.length) return true;
  if ((await excerpts()).some((each) => each.entry_id === id && each.grant_id === grant))
    return true;
  const said = choosable(guide, entry.answers, knownIn(await library()));
  const items = open.items.filter((item) => said.some((each) => each.item.id === item));
  if (!items.length) return true;
  try {
    const what = { kind: "answers", items } as const;
    const made = await uuidOf("standing", grant, id);
    await handOver({ id: made, grant_id: grant, entry_id: id, revision: entry.revision, what });
    return true;
  } catch (error) {
    // A newer text is on its way, or the server could not just now: with the next exchange.
    if (!(error instanceof Trouble) || error.kind !== "problem") throw error;
    return [403, 404, 410, 422].includes(error.status ?? 0);
  }
}

const isSame = (one: Promised, other: Promised): boolean =>
  one.entry === other.entry && one.grant === other.grant;

const forget = (done: Promised): Promise<void> =>
  setAcross(({ promised }) => ({ promised: promised.filter((each) => !isSame(each, done)) }));
