/**
 * Guided steps: one question at a time. Pure: every function returns a new state, and the
 * screen keeps it. "A little more?" opens what is not asked first; one can stop anywhere, and
 * come back to the same question.
 */
import type { Answers, Guide, Item } from "../api/types.ts";

export interface Steps {
  readonly guide: Guide;
  /** The order in which questions are asked. */
  readonly order: readonly Item[];
  /** How many of `order` are asked before "A little more?". */
  readonly core: number;
  /** Whether the person said yes to "A little more?". */
  readonly more: boolean;
  /** The screen: a question, the offer of more, or the end. */
  readonly at:
    | { readonly kind: "question"; readonly index: number }
    | { readonly kind: "more" }
    /** `from` is the question that was open, for coming back. */
    | { readonly kind: "end"; readonly from: number };
}

/** What decides which questions come first; without it, the core ones do. */
export interface Visit {
  /** When each question was last answered before this entry. One that is missing never was. */
  readonly last?: ReadonlyMap<string, number>;
  /** The questions the person chose to be asked here. */
  readonly chosen?: readonly string[] | undefined;
  /** An entry is being changed: every question, those of the closing card too. */
  readonly all?: boolean;
  /** The order this entry was begun in, where this phone knows it: it wins over all the others. */
  readonly begun?: Turns | undefined;
}

/** The ids of all questions in the order they are asked, and how many come before the offer. */
export interface Turns {
  readonly order: readonly string[];
  readonly core: number;
}

/** Asked on the closing card of the day, not as a step of it. */
const ON_THE_CLOSING_CARD = "day-10";

/** The question that the end of a guide asks, if it has one. */
export function closingItem(guide: Guide): Item | null {
  return guide.items.find((item) => item.id === ON_THE_CLOSING_CARD) ?? null;
}

const question = (index: number): Steps["at"] => ({ kind: "question", index });

function hasAnswer(answers: Answers, item: Item | undefined): boolean {
  return item !== undefined && Object.keys(answers[item.id] ?? {}).length > 0;
}

/**
 * Opens a guide. `place` is the question to come back to, as `place` gave it: its number in the
 * guide, from 1, whatever order it was asked in; 0 is the beginning.
 */
export function open(guide: Guide, place = 0, answers: Answers = {}, visit: Visit = {}): Steps {
  const { order, core } = planned(guide, visit);
  const back = guide.items[Math.trunc(place) - 1];
  const index = Math.max(0, back ? order.indexOf(back) : 0);
  const more = index >= core || order.slice(core).some((item) => hasAnswer(answers, item));
  return {
    guide,
    order,
    core,
    more,
    at: order.length ? question(index) : { kind: "end", from: 0 },
  };
}

/** The order of the questions, and how many of them are asked before the offer of more. */
function planned(guide: Guide, visit: Visit): Pick<Steps, "order" | "core"> {
  const items = guide.items.filter((item) => visit.all || item.id !== ON_THE_CLOSING_CARD);
  const isCore = (item: Item) => item.tier === "core";
  const order = firstThose(items, isCore);
  if (visit.all || guide.ask === null || guide.ask === undefined) {
    // A guide without core questions simply asks all it has.
    return { order, core: order.filter(isCore).length || order.length };
  }
  if (visit.begun) {
    const turn = new Map(visit.begun.order.map((id, at) => [id, at]));
    const at = (item: Item) => turn.get(item.id) ?? Infinity;
    const turns = order.toSorted((a, b) => (at(a) === at(b) ? 0 : at(a) - at(b)));
    return { order: turns, core: Math.min(visit.begun.core, turns.length) };
  }
  const chosen = items.filter((item) => visit.chosen?.includes(item.id));
  if (chosen.length) {
    return { order: firstThose(order, (item) => chosen.includes(item)), core: chosen.length };
  }
  const last = (item: Item) => visit.last?.get(item.id) ?? -Infinity;
  // Equal (never answered, or answered at one visit) keeps core questions first.
  const turns = order.toSorted((a, b) => (last(a) === last(b) ? 0 : last(a) < last(b) ? -1 : 1));
  return { order: turns, core: Math.min(guide.ask, turns.length) };
}

function firstThose(items: readonly Item[], first: (item: Item) => boolean): Item[] {
  return [...items.filter(first), ...items.filter((item) => !first(item))];
}

/** The order of an entry, to be kept with it. */
export function turns({ order, core }: Steps): Turns {
  return { order: order.map((item) => item.id), core };
}

/** The questions that are asked now. */
export function shown(steps: Steps): readonly Item[] {
  return steps.more ? steps.order : steps.order.slice(0, steps.core);
}

/** The question on the screen, or null on "A little more?" and at the end. */
export function current(steps: Steps): Item | null {
  return steps.at.kind === "question" ? (steps.order[steps.at.index] ?? null) : null;
}

/** The `place` to store with the entry, so that it reopens here. */
export function place(steps: Steps): number {
  const item = steps.order[indexOf(steps)];
  return item ? steps.guide.items.indexOf(item) + 1 : 0;
}

function indexOf(steps: Steps): number {
  if (steps.at.kind === "question") return steps.at.index;
  if (steps.at.kind === "end") return steps.at.from;
  return steps.core - 1;
}

const end = (steps: Steps): Steps => ({ ...steps, at: { kind: "end", from: indexOf(steps) } });

export function next(steps: Steps): Steps {
  if (steps.at.kind === "end") return steps;
  if (steps.at.kind === "more") return end(steps);
  const index = steps.at.index + 1;
  if (index < shown(steps).length) return { ...steps, at: question(index) };
  const offer = !steps.more && steps.order.length > steps.core;
  return offer ? { ...steps, at: { kind: "more" } } : end(steps);
}

/** Yes to "A little more?". */
export function more(steps: Steps): Steps {
  if (steps.order.length <= steps.core) return end(steps);
  return { ...steps, more: true, at: question(steps.core) };
}

/** One question back; the first question stays where it is (`atStart` tells). */
export function back(steps: Steps): Steps {
  if (steps.at.kind === "question") {
    return { ...steps, at: question(Math.max(0, steps.at.index - 1)) };
  }
  const last = steps.at.kind === "more" ? steps.core : shown(steps).length;
  return last > 0 ? { ...steps, at: question(last - 1) } : steps;
}

/**
 * Moves on. A question without an answer is marked as skipped, so that nobody wonders later;
 * words that are there already stay.
 */
export function skip(steps: Steps, answers: Answers): { steps: Steps; answers: Answers } {
  const item = current(steps);
  if (!item || hasAnswer(answers, item)) return { steps: next(steps), answers };
  return {
    steps: next(steps),
    answers: { ...answers, [item.id]: { state: "skipped" } },
  };
}

/** Stops here; `place` still names the question that was open. */
export function doneForNow(steps: Steps): Steps {
  return end(steps);
}

export const atStart = (steps: Steps): boolean =>
  steps.at.kind === "question" && steps.at.index === 0;

export const atEnd = (steps: Steps): boolean => steps.at.kind === "end";
