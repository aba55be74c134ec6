/**
 * Which entry is the list for the visit that comes. It is an ordinary entry: it knows of no
 * therapist. Whose it is shows from where it was handed over, and before that from this phone.
 */
import type { Handed, Uuid } from "../api/types.ts";
import type { LocalEntry } from "../data/entries.ts";
import { isAnswered } from "../domain/answers.ts";

export const AGENDA = "agenda";

interface Mine {
  therapist: Uuid;
  /** The lists begun on this phone, by therapist. */
  lists: Readonly<Record<string, Uuid>>;
  /** When the last visit with them began; what was written before it belongs to it. */
  since: string | null;
}

/** The list to go on with; null when a new one begins. */
export function agendaFor(
  entries: readonly LocalEntry[],
  handed: readonly Handed[],
  { therapist, lists, since }: Mine,
): LocalEntry | null {
  const from = since === null ? -Infinity : Date.parse(since);
  const all = entries.filter(
    (each) => each.guide === AGENDA && Date.parse(each.occurred_at) > from,
  );
  const toOthers = new Set(
    Object.entries(lists).flatMap(([who, id]) => (who === therapist ? [] : [id])),
  );
  const outTo = (entry: LocalEntry) => handed.filter((each) => each.entry_id === entry.id);
  return (
    all.find((each) => each.id === lists[therapist]) ??
    all.find((each) => outTo(each).some((one) => one.therapist.id === therapist)) ??
    all.find((each) => !toOthers.has(each.id) && outTo(each).length === 0) ??
    null
  );
}

/** What of earlier lists is out under this grant: the new one takes its place. */
export function listsOut(
  entries: readonly LocalEntry[],
  handed: readonly Handed[],
  grant: Uuid,
): Handed[] {
  const lists = new Set(entries.filter(({ guide }) => guide === AGENDA).map(({ id }) => id));
  return handed.filter((each) => each.grant_id === grant && lists.has(each.entry_id));
}

/** Whether a line stands in it. */
export const saysSomething = (entry: Pick<LocalEntry, "answers"> | null): boolean =>
  entry !== null && Object.values(entry.answers).some(isAnswered);
