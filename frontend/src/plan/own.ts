/**
 * What a person wrote in calmer hours, for a harder one: their own steadying steps, and the people
 * they listed. Pure: it looks at the entries and the library on this phone.
 */
import type { Answer, Contact, Item, Library, Skill } from "../api/types.ts";
import type { LocalEntry } from "../data/entries.ts";
import { isAnswered, saysAnything } from "../domain/answers.ts";

/** One thing that steadies: a line of their own, or a skill with its steps. */
export interface Steady {
  title: string;
  /** The person's own words. */
  own: boolean;
  steps: readonly string[];
  caution: string | null;
}

/** The newest safety plan with something in it. */
export function planIn(entries: readonly LocalEntry[]): LocalEntry | null {
  return entries.find((each) => each.guide === "plan" && saysAnything(each.answers)) ?? null;
}

/** The latest answer to this question, in any entry. */
function latest(entries: readonly LocalEntry[], item: string): Answer | undefined {
  return entries.find((each) => isAnswered(each.answers[item]))?.answers[item];
}

const rows = (answer: Answer | undefined): unknown[] =>
  Object.values(answer ?? {}).flatMap((value): unknown[] => (Array.isArray(value) ? value : []));

const has = <K extends string>(row: unknown, ...keys: K[]): row is Record<K, string> =>
  row !== null &&
  typeof row === "object" &&
  keys.every((key) => typeof (row as Record<string, unknown>)[key] === "string");

/** The lines of an answer that are lists of the person's own words. */
export function linesIn(answer: Answer | undefined): string[] {
  return rows(answer).flatMap((row) => (typeof row === "string" && row.trim() ? [row.trim()] : []));
}

/** The texts of an answer with what each is called. */
export function textsIn(
  item: Item,
  answer: Answer | undefined,
): { label: string | null; words: string }[] {
  return item.parts.flatMap((part) => {
    const words = answer?.[part.name];
    if (part.kind !== "text" || typeof words !== "string" || !words.trim()) return [];
    return [{ label: part.label ?? null, words: words.trim() }];
  });
}

/** The people of an answer, those without a name or a number left out. */
export function contactsIn(answer: Answer | undefined): Contact[] {
  return rows(answer)
    .filter((row) => has(row, "name", "phone"))
    .filter((row) => row.name.trim() || row.phone.trim());
}

/** The people of the safety plan; without any, those named before a session. */
export function peopleIn(entries: readonly LocalEntry[]): Contact[] {
  const plan = contactsIn(planIn(entries)?.answers["plan-04"]);
  return plan.length ? plan : contactsIn(latest(entries, "prep-08"));
}

/** The skills picked in an answer, as they are in the library or as the person made them. */
export function skillsIn(
  answer: Answer | undefined,
  library: Library | null,
  entries: readonly LocalEntry[],
): Steady[] {
  return rows(answer)
    .filter((row) => has(row, "skill", "title"))
    .map((row) => skillOf(row.skill, library, entries) ?? ownLine(row.title));
}

/** The skills the person starred, wherever they come from; what is gone is left out. */
export function starredSkills(
  starred: readonly string[],
  library: Library | null,
  entries: readonly LocalEntry[],
): Steady[] {
  return starred.flatMap((id) => skillOf(id, library, entries) ?? []);
}

function skillOf(
  id: string,
  library: Library | null,
  entries: readonly LocalEntry[],
): Steady | null {
  const known = library?.skills.find((skill) => skill.id === id);
  if (known) return ofSkill(known);
  const answers = entries.find((each) => each.id === id)?.answers;
  const title = Object.values(answers?.["own-skill-01"] ?? {}).find(
    (each) => typeof each === "string",
  );
  if (!title) return null;
  return { ...ownLine(title), steps: linesIn(answers?.["own-skill-03"]) };
}

const ownLine = (title: string): Steady => ({ title, own: true, steps: [], caution: null });

function ofSkill({ title, steps, caution }: Skill): Steady {
  return { title, own: false, steps, caution: caution || null };
}

/**
 * The first `most` things that steady: the safety plan's, then those picked before a session, then
 * the ones under Help. What the person hid is left out.
 */
export function steadying(
  entries: readonly LocalEntry[],
  library: Library | null,
  hidden: readonly string[] = [],
  most = 2,
): Steady[] {
  const plan = planIn(entries)?.answers["plan-02"];
  const all = [
    ...linesIn(plan).map(ownLine),
    ...skillsIn(plan, library, entries),
    ...skillsIn(latest(entries, "prep-06"), library, entries),
    ...(library?.skills ?? [])
      .filter((skill) => skill.from_help && !hidden.includes(skill.id))
      .map(ofSkill),
  ];
  return all
    .filter((each, at) => all.findIndex((other) => other.title === each.title) === at)
    .slice(0, most);
}
