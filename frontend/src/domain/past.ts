/** What was answered before an entry, and what that says about this one. Pure. */
import type { Answer, Answers, DosingSession, Guide, Item } from "../api/types.ts";
import type { Visit } from "./steps.ts";
import { isAnswered } from "./answers.ts";

/** An entry that was begun before this one. */
export interface Past {
  id: string;
  guide: string;
  /** When it happened, in ms. */
  at: number;
  answers: Answers;
}

const DAY = 86_400_000;
/** How long before its first dose a course may have begun. */
const GETTING_READY = 90 * DAY;

interface Begun {
  id: string;
  guide: string;
  created_at: string;
  occurred_at: string;
  answers: Answers;
}

/**
 * The entries begun before this one, the latest first. What is written later, here or elsewhere,
 * never counts: an entry that is left and found again asks the same questions in the same order.
 */
export function pastOf(entries: readonly Begun[], entry: Begun | null): Past[] {
  return entries
    .filter((each) => entry === null || (each.id !== entry.id && begunBefore(each, entry)))
    .map(({ id, guide, occurred_at, answers }) => ({
      id,
      guide,
      at: Date.parse(occurred_at),
      answers,
    }))
    .sort((a, b) => b.at - a.at);
}

function begunBefore(one: Begun, other: Begun): boolean {
  const [a, b] = [Date.parse(one.created_at), Date.parse(other.created_at)];
  return a === b ? one.id < other.id : a < b;
}

/** Whether anything in a guide depends on earlier entries. */
export function looksBack(guide: Guide): boolean {
  const counts = (item: Item) => item.notes.some((rule) => rule.times > 1);
  return guide.ask !== null || guide.items.some((item) => item.shows !== null || counts(item));
}

/** What decides the order of the questions of a new entry, or of one that was begun. */
export function visitOf(
  guide: Guide,
  past: readonly Past[],
  chosen: readonly string[] | undefined,
): Visit {
  const last = new Map<string, number>();
  for (const { guide: id, at, answers } of past) {
    if (id !== guide.id) continue;
    // Skipped, not sure and nothing came are answers: the question has had its turn.
    for (const item of Object.keys(answers)) if (!last.has(item)) last.set(item, at);
  }
  return { last, chosen };
}

/** The latest answer to a question in this course, for showing it back. */
export function latestAnswer(
  item: string,
  past: readonly Past[],
  since: number,
): { answer: Answer; past: Past } | null {
  for (const each of past) {
    const answer = each.answers[item];
    if (each.at >= since && answer && isAnswered(answer)) return { answer, past: each };
  }
  return null;
}

/** From when on an entry belongs to the present course, as well as the phone can know. */
export function courseSince(doses: readonly Pick<DosingSession, "started_at">[]): number {
  if (!doses.length) return 0;
  return Math.min(...doses.map((dose) => Date.parse(dose.started_at))) - GETTING_READY;
}

/** The question with this id, in whichever guide it stands. */
export function itemIn(guides: readonly Guide[], id: string): { item: Item; guide: Guide } | null {
  for (const guide of guides) {
    const item = guide.items.find((each) => each.id === id);
    if (item) return { item, guide };
  }
  return null;
}
