/**
 * What stands on a page before "more": the order of the blocks, and how many words of each. A
 * therapist has five minutes, so all of it together has a number of words it never passes. What
 * concerns safety is never shortened, and comes out of what the rest may have.
 */
import type { Fact, Page, PageExcerpt } from "../api/types.ts";
import { FLAGS, INTENTION, SAFETY, SAFETY_PLAN, TALK, VISIT } from "./rules.ts";
import { countWords, type Cut, firstWords, highlight } from "./short.ts";

export const MOST_WORDS = 350;
/** What headings, dates, numbers and the reader's own controls take of it. */
const FRAME = 200;
const LEADS = 3;
const LEAST = 12;

/** The first words of one excerpt. */
export interface Short extends Cut {
  excerpt: PageExcerpt;
  own: boolean;
}

/** One question of the agenda, with its lines. */
export interface Wish {
  /** Null where the heading says it already. */
  question: string | null;
  lines: Cut[];
}

export interface Opening {
  carried: Short[];
  agenda: Wish[];
  /** In the order in which they were written. */
  safety: { excerpt: PageExcerpt; items: Items }[];
  /** That there is a plan, and from when: it is read whole, or not now. */
  plans: Short[];
  leads: Short[];
  steps: (Short & { status: string | null })[];
  intention: Short | null;
}

type Items = PageExcerpt["content"]["items"];

const MOST = { carried: 14, wish: 22, step: 14, intention: 20, lead: 50 };
/** What comes before "more". Of a page that was not released, the newest things lead. */
export function opening(page: Page): Opening {
  const byId = new Map(page.excerpts.map((one) => [one.id, one]));
  const of = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
  const carried = of(page.carried)
    .slice(0, LEADS)
    .map((one) => short(one, MOST.carried));
  const agenda = of([...(page.agenda === null ? [] : [page.agenda]), ...page.visit.slice(-2)])
    .filter((one, place, all) => all.indexOf(one) === place)
    .flatMap(wishes);
  const plan = ({ category }: PageExcerpt) => category === SAFETY_PLAN;
  const safety = of(page.safety)
    .filter((one) => !plan(one))
    .map(verbatim);
  const plans = of(page.safety)
    .filter(plan)
    .map((excerpt) => ({ excerpt, text: "", cut: true, own: false }));
  const steps = of(page.steps)
    .slice(0, 2)
    .map((one) => ({ ...short(one, MOST.step), status: statusOf(one) }));
  const [intention = null] = of(page.intention === null ? [] : [page.intention]).map(intended);
  const { visit, steps: small, safety: safe } = page;
  const elsewhere = new Set([page.agenda, page.intention, ...safe, ...small, ...visit]);
  const chosen =
    page.first.length > 0 ? of(page.first) : page.excerpts.filter((one) => leads(one, elsewhere));
  const first = chosen.slice(0, LEADS);
  const taken =
    [...carried, ...steps, ...(intention ? [intention] : [])].reduce(
      (sum, one) => sum + countWords(one.text),
      0,
    ) +
    agenda.flatMap(({ lines }) => lines).reduce((sum, line) => sum + countWords(line.text), 0) +
    safety.reduce((sum, { items }) => sum + wordsOf(items), 0);
  const room = Math.floor((MOST_WORDS - FRAME - taken) / Math.max(1, first.length));
  const most = Math.max(LEAST, Math.min(MOST.lead, room));
  const open = first.map((one) => short(one, most));
  return { carried, agenda, safety, plans, leads: open, steps, intention };
}

function short(excerpt: PageExcerpt, most: number): Short {
  return { excerpt, ...highlight(excerpt.content.items, most) };
}

/** Words lead; numbers have their place in the margin. */
function leads(excerpt: PageExcerpt, elsewhere: ReadonlySet<string | null>): boolean {
  if (elsewhere.has(excerpt.id)) return false;
  return excerpt.content.items.some(({ answer }) => answer.lines.some((line) => line.own));
}

function wishes(excerpt: PageExcerpt): Wish[] {
  const asked = rows(excerpt, ({ kind, id }) => kind === "item" && VISIT.has(id));
  return asked.map(({ question, answer }) => ({
    question: question === TALK ? null : question,
    lines: answer.lines.map(({ value }) => firstWords(value, MOST.wish)),
  }));
}

/** Of an excerpt that holds other things too, the answers that concern safety. */
function verbatim(excerpt: PageExcerpt) {
  const concerns = ({ kind, id }: Fact) =>
    (kind === "item" && SAFETY.has(id)) || (kind === "effect" && FLAGS.has(id));
  return { excerpt, items: rows(excerpt, concerns) };
}

function intended(excerpt: PageExcerpt): Short {
  const asked = rows(excerpt, ({ kind, id }) => kind === "item" && id === INTENTION);
  const { text, cut, own } = highlight(asked, MOST.intention);
  return { excerpt, text, own, cut };
}

/** The answers that such a fact was read from; all of them when there is none. */
function rows({ content }: PageExcerpt, wanted: (fact: Fact) => boolean): Items {
  const of = new Set(content.facts.filter(wanted).flatMap((fact) => fact.of));
  return of.size > 0 ? content.items.filter((_, row) => of.has(row)) : content.items;
}

function statusOf({ content }: PageExcerpt): string | null {
  return content.facts.find(({ kind }) => kind === "step")?.label ?? null;
}

function wordsOf(items: Items): number {
  return items.reduce(
    (sum, { question, answer }) =>
      sum + countWords([question, ...answer.lines.map(({ value }) => value)].join(" ")),
    0,
  );
}
