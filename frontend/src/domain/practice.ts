/**
 * What a person said about the skills they used: plain arithmetic on their own entries, and the
 * order in which skills are suggested. Nothing is compared with anybody else.
 */
import type { Answers } from "../api/types.ts";

export type Felt = "helped" | "helped-a-bit" | "no-change" | "made-it-worse" | "stopped-early";

/** One use of a skill: one entry of the guide `practice`. */
export interface Use {
  entry: string;
  /** The id of a skill of the library, or of the person's own. */
  skill: string;
  /** Its name at the time. */
  title: string;
  need: string | null;
  at: string;
  before: number | null;
  after: number | null;
  felt: Felt | null;
}

/** The uses of one skill, added up. */
export interface Tally {
  skill: string;
  title: string;
  /** The latest first. */
  uses: readonly Use[];
  /** Those with a number before and a number after. */
  pairs: readonly Pair[];
  /** The means of the pairs; null below `ENOUGH` of them. */
  mean: Pair | null;
  felt: Readonly<Record<Felt, number>>;
}

export interface Pair {
  before: number;
  after: number;
}

export interface Skilled {
  id: string;
  need: string | null;
}

/** Below this many pairs a mean says more than it knows. */
export const ENOUGH = 3;
/** After this many "made it worse" a skill is not suggested to this person. */
export const WORSE = 2;

interface Written {
  id: string;
  guide: string;
  occurred_at: string;
  answers: Answers;
}

const FELT: readonly string[] = [
  "helped",
  "helped-a-bit",
  "no-change",
  "made-it-worse",
  "stopped-early",
];

/** The use an entry tells of; null where it names no skill. */
export function useOf({ id, guide, occurred_at, answers }: Written): Use | null {
  if (guide !== "practice") return null;
  const what: Record<string, unknown> = answers["practice-01"] ?? {};
  const named = Array.isArray(what["skill"]) ? (what["skill"][0] as unknown) : null;
  if (typeof named !== "object" || named === null) return null;
  const { skill, title } = named as { skill?: unknown; title?: unknown };
  if (typeof skill !== "string" || typeof title !== "string") return null;
  const said = Object.values(answers["practice-04"] ?? {}).find((value) =>
    FELT.includes(value as string),
  );
  return {
    entry: id,
    skill,
    title,
    need: typeof what["need"] === "string" ? what["need"] : null,
    at: occurred_at,
    before: numberIn(answers, "practice-02"),
    after: numberIn(answers, "practice-03"),
    felt: (said as Felt | undefined) ?? null,
  };
}

export function usesOf(entries: readonly Written[]): Use[] {
  return entries.flatMap((entry) => useOf(entry) ?? []);
}

/** Each skill that was used, the most used first. */
export function tallies(uses: readonly Use[]): Tally[] {
  return [...bySkill(uses).values()]
    .map(tally)
    .sort((a, b) => b.uses.length - a.uses.length || moment(b) - moment(a));
}

function bySkill(uses: readonly Use[]): Map<string, Use[]> {
  const groups = new Map<string, Use[]>();
  for (const use of uses) groups.set(use.skill, [...(groups.get(use.skill) ?? []), use]);
  return groups;
}

function tally(some: readonly Use[]): Tally {
  const uses = [...some].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const pairs = uses.flatMap(({ before, after }) =>
    before === null || after === null ? [] : [{ before, after }],
  );
  const felt = Object.fromEntries(
    FELT.map((each) => [each, uses.filter((use) => use.felt === each).length]),
  ) as Record<Felt, number>;
  const mean =
    pairs.length < ENOUGH
      ? null
      : { before: meanOf(pairs, "before"), after: meanOf(pairs, "after") };
  return { skill: uses[0]?.skill ?? "", title: uses[0]?.title ?? "", uses, pairs, mean, felt };
}

/** To one place after the point. */
function meanOf(pairs: readonly Pair[], which: keyof Pair): number {
  const sum = pairs.reduce((total, pair) => total + pair[which], 0);
  return Math.round((sum / pairs.length) * 10) / 10;
}

const moment = ({ uses }: Tally): number => Date.parse(uses[0]?.at ?? "");

/** The skills this person said made it worse, often enough not to be suggested any more. */
export function worsened(uses: readonly Use[]): Map<string, Use[]> {
  const worse = bySkill(uses.filter((use) => use.felt === "made-it-worse"));
  return new Map([...worse].filter(([, some]) => some.length >= WORSE));
}

/**
 * Whether a skill is listed under a need: its own, or, for a skill of the person's own, one they
 * used it for.
 */
export function fits({ id, need: own }: Skilled, need: string, uses: readonly Use[]): boolean {
  return own === null ? uses.some((use) => use.skill === id && use.need === need) : own === need;
}

/**
 * What counts when this need is looked at: uses for it, and those whose need is nobody's (none was
 * named, or it was in the person's own words).
 */
export function usesFor(uses: readonly Use[], need: string, needs: readonly string[]): Use[] {
  return uses.filter((use) => use.need === need || use.need === null || !needs.includes(use.need));
}

interface Wishes {
  need: string;
  /** All needs that skills are listed under. */
  needs: readonly string[];
  starred: readonly string[];
  hidden: readonly string[];
}

/**
 * What is suggested for a need, in this order: what this person said helped them with it, most
 * first; what they starred; the others as `skills` has them (shuffled by the screen).
 */
export function suggested<S extends Skilled>(
  skills: readonly S[],
  uses: readonly Use[],
  { need, needs, starred, hidden }: Wishes,
): S[] {
  const worse = worsened(uses);
  const here = usesFor(uses, need, needs);
  const rank = (skill: S): number =>
    Math.max(helpfulness(here, skill.id), starred.includes(skill.id) ? 0.001 : 0);
  return skills
    .filter((skill) => !worse.has(skill.id) && !hidden.includes(skill.id))
    .map((skill) => ({ skill, rank: rank(skill) }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ skill }) => skill);
}

const WEIGHT: Readonly<Record<Felt, number | null>> = {
  helped: 2,
  "helped-a-bit": 1,
  "no-change": 0,
  "made-it-worse": -2,
  "stopped-early": null,
};

/** The mean of what was said about a skill; stopping early says nothing about it. */
export function helpfulness(uses: readonly Use[], skill: string): number {
  const said = uses.flatMap((use) => {
    const weight = use.skill === skill && use.felt ? WEIGHT[use.felt] : null;
    return weight === null ? [] : [weight];
  });
  return said.length ? said.reduce((sum, weight) => sum + weight, 0) / said.length : 0;
}

function numberIn(answers: Answers, item: string): number | null {
  const found = Object.values(answers[item] ?? {}).find((value) => typeof value === "number");
  return found ?? null;
}
