/**
 * Guided steps: one question at a time. Pure: every function returns a new state, and the
 * screen keeps it. Core questions come first; "A little more?" opens the rest; one can stop
 * anywhere, and come back to the same question.
 */
import type { Answers, Guide, Item } from "../api/types.ts";

export interface Steps {
  readonly guide: Guide;
  /** The order in which questions are asked: core ones, then the others. */
  readonly order: readonly Item[];
  /** How many of `order` are core. */
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

const question = (index: number): Steps["at"] => ({ kind: "question", index });

function hasAnswer(answers: Answers, item: Item | undefined): boolean {
  return item !== undefined && Object.keys(answers[item.id] ?? {}).length > 0;
}

/** Opens a guide; `place` is the question to come back to (an index into the asking order). */
export function open(guide: Guide, place = 0, answers: Answers = {}): Steps {
  const order = [
    ...guide.items.filter((item) => item.tier === "core"),
    ...guide.items.filter((item) => item.tier !== "core"),
  ];
  const tierCore = order.filter((item) => item.tier === "core").length;
  // A guide without core questions simply asks all it has.
  const core = tierCore || order.length;
  const index = Math.min(Math.max(0, Math.trunc(place) || 0), Math.max(0, order.length - 1));
  const more = index >= core || order.slice(core).some((item) => hasAnswer(answers, item));
  return {
    guide,
    order,
    core,
    more,
    at: order.length ? question(index) : { kind: "end", from: 0 },
  };
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
  if (steps.at.kind === "question") return steps.at.index;
  if (steps.at.kind === "end") return steps.at.from;
  return steps.core - 1;
}

const end = (steps: Steps): Steps => ({ ...steps, at: { kind: "end", from: place(steps) } });

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
