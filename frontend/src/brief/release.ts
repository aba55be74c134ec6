/**
 * Lets somebody see the page: the list goes across as an ordinary hand-over in the place of the
 * one before, then the order. Each step can be tried again and is done once.
 */
import type { Grant, Handed, Uuid } from "../api/types.ts";
import { getEntry, type LocalEntry } from "../data/entries.ts";
import type { Order } from "../data/across.ts";
import { uuid7 } from "../domain/ids.ts";
import { letSee } from "../sync/brief.ts";
import { status, sync } from "../sync/engine.ts";
import { handOver, takeBack } from "../sync/online.ts";
import { excerpts } from "../sync/readers.ts";
import { arranged, sent } from "./order.ts";
import { listsOut, saysSomething } from "./agenda.ts";

/** Why nothing went: what it needs is not there yet. */
export type Held = "offline" | "unsaved" | "two";

interface Wanted {
  grant: Grant;
  /** The list; null when there is none. */
  list: Uuid | null;
  order: Order;
  entries: readonly LocalEntry[];
}

/** The list as it is out; null where it stays with the person. Or why it cannot go yet. */
export type Went = { list: Handed | null } | { held: Held };

export class Releasing {
  /** One id for one text of the list, so that a second press hands over once. */
  #attempt = { of: "", id: "" };

  async release({ grant, list, order, entries }: Wanted): Promise<Went> {
    const entry = list === null ? null : await saved(list);
    if (typeof entry === "string") return { held: entry };
    const out = await this.#listOut(grant, entry, entries);
    const now = (await excerpts()).filter(
      (each) => each.therapist.id === grant.therapist.id && each.state === "handed",
    );
    const bring = now.filter(({ id }) => id !== out?.id).map(({ id }) => id);
    await letSee(grant.therapist.id, { agenda: out?.id ?? null, ...sent(arranged(order, bring)) });
    return { list: out };
  }

  /** The list under this grant, handed over where it is not; an empty one is no list. */
  async #listOut(
    grant: Grant,
    entry: LocalEntry | null,
    entries: readonly LocalEntry[],
  ): Promise<Handed | null> {
    if (!entry?.revision) return null;
    const before = listsOut(entries, await excerpts(), grant.id);
    if (!saysSomething(entry)) {
      // Its lines were taken out here: they go there too.
      for (const each of before) if (each.entry_id === entry.id) await takeBack(each.id);
      return null;
    }
    if (!grant.categories.includes("reflections")) return null;
    const same = before.find(
      (each) => each.entry_id === entry.id && each.revision === entry.revision,
    );
    if (same) return same;
    const of = `${grant.id} ${entry.id} ${entry.revision}`;
    if (this.#attempt.of !== of) this.#attempt = { of, id: uuid7() };
    const made = await handOver({
      id: this.#attempt.id,
      grant_id: grant.id,
      entry_id: entry.id,
      revision: entry.revision,
      what: { kind: "whole" },
      // The list goes as it stands on the screen, also what was taken out of the earlier copy.
      ...(before[0] ? { replaces: before[0].handover_id, uncut: true } : {}),
    });
    return made[0] ?? null;
  }
}

/** The list once the server has it. */
async function saved(id: Uuid): Promise<LocalEntry | Held | null> {
  const look = () => getEntry(id);
  let entry = await look();
  if (entry && entry.state !== "saved") {
    await sync();
    entry = await look();
  }
  if (!entry) return null;
  if (entry.conflicts.length) return "two";
  if (entry.state !== "saved") return status.offline ? "offline" : "unsaved";
  return entry;
}
