/** What was done about somebody, put together as it happened, and the words it is said in. */
import type { Act, Role } from "../api/types.ts";
import { told as text } from "../text/told.ts";

export interface Told {
  /** An act it is about: the one, or the newer of two that were one change. */
  id: string;
  at: string;
  title: string;
  text: string;
  /** Who did it and where. */
  by: string;
  clinic: string;
  /** Whether there is something to decide under Sharing. */
  shares: boolean;
  seen: boolean;
}

/** A link that ended and one that began in the same moment were one change. */
export function tell(acts: readonly Act[], role: Role): Told[] {
  const done = new Set<string>();
  const found: Told[] = [];
  for (const act of acts) {
    if (done.has(act.id)) continue;
    const pair = role === "patient" ? other(acts, act) : undefined;
    const both = pair ? [act, pair] : [act];
    for (const one of both) done.add(one.id);
    found.push({
      id: act.id,
      at: act.at,
      ...said(act, pair, role),
      by: act.by.name,
      clinic: act.clinic,
      shares: role === "patient" && (act.did === "linked" || act.did === "unlinked"),
      seen: both.every(({ seen_at }) => seen_at !== null),
    });
  }
  return found;
}

function other(acts: readonly Act[], act: Act): Act | undefined {
  const [one, two] = ["linked", "unlinked"];
  if (act.did !== one && act.did !== two) return undefined;
  const sought = act.did === one ? two : one;
  return acts.find((each) => each.did === sought && each.at === act.at);
}

function said(act: Act, pair: Act | undefined, role: Role): { title: string; text: string } {
  const name = (one: Act) => one.other?.name ?? "";
  if (act.did === "recovery" || act.did === "report") return text[act.did];
  if (act.did === "deactivated") return text.deactivated(act.clinic);
  const words = role === "patient" ? text.patient : text.staff;
  if (act.did === "left") return words.left(act.clinic);
  if (!pair) return words[act.did](name(act));
  const [next, old] = act.did === "linked" ? [act, pair] : [pair, act];
  return text.patient.changed(name(next), name(old));
}
