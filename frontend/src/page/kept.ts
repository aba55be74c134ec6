/**
 * A page without some of what was on it. What goes takes everything with it that came from it:
 * its words, its place in the order, and every number that was made of it.
 */
import type { MeasureSeries, Page, PageExcerpt, SkillSeries, ScaleSeries } from "../api/types.ts";

/** The page as it stands when only these may still be read. */
export function kept(page: Page, readable: readonly string[]): Page {
  const there = new Set(readable);
  const excerpts = page.excerpts.filter(({ id }) => there.has(id));
  if (excerpts.length === page.excerpts.length) return page;
  const here = (id: string) => there.has(id);
  const one = (id: string | null) => (id !== null && here(id) ? id : null);
  return {
    ...counted(page, excerpts),
    agenda: one(page.agenda),
    carried: page.carried.filter(here),
    safety: page.safety.filter(here),
    visit: page.visit.filter(here),
    intention: one(page.intention),
    plan: one(page.plan),
    measures: page.measures.flatMap((measure) => measured(measure, here)),
    // With nothing left there may be no consent left either, and then it has no end date.
    until: excerpts.length > 0 ? page.until : null,
  };
}

/**
 * The page with what was handed over since then. The agenda, what is carried and the safety facts
 * stand whatever their age; a measure keeps the total it is compared with.
 */
export function since(page: Page, from: string): Page {
  const after = Date.parse(from);
  const { agenda, intention, plan, carried, safety, visit } = page;
  const standing = new Set([agenda, intention, plan, ...carried, ...safety, ...visit]);
  const fresh = new Set<string | null>(
    page.excerpts.filter((one) => Date.parse(one.handed_at) >= after).map(({ id }) => id),
  );
  const recent = page.excerpts.filter(({ id }) => fresh.has(id));
  return {
    ...counted(page, recent),
    excerpts: page.excerpts.filter(({ id }) => fresh.has(id) || standing.has(id)),
    measures: page.measures.filter(({ points }) => points.some((p) => fresh.has(p.excerpt))),
  };
}

/** What is listed and counted, from these excerpts alone. */
function counted(page: Page, excerpts: PageExcerpt[]): Page {
  const there = new Set(excerpts.map(({ id }) => id));
  const here = (id: string) => there.has(id);
  return {
    ...page,
    excerpts,
    bring: page.bring.filter(here),
    first: page.first.filter(here),
    effects: page.effects.filter(here),
    steps: page.steps.filter(here),
    scales: page.scales.flatMap((scale) => scaled(scale, here)),
    skills: page.skills.flatMap((skill) => practised(skill, here, excerpts)),
  };
}

type Here = (id: string) => boolean;

function measured(measure: MeasureSeries, here: Here): MeasureSeries[] {
  const points = measure.points.filter((point) => here(point.excerpt));
  if (points.length === 0) return [];
  return [{ ...measure, points, difference: difference(points) }];
}

/** The newest total less the last one before it that there is. */
function difference(points: MeasureSeries["points"]): number | null {
  const totals = points.map(({ total }) => total);
  const last = totals.at(-1) ?? null;
  const before = totals.slice(0, -1).findLast((total) => total !== null) ?? null;
  return before === null || last === null ? null : Math.round((last - before) * 10) / 10;
}

function scaled(scale: ScaleSeries, here: Here): ScaleSeries[] {
  const points = scale.points.filter((point) => here(point.excerpt));
  return points.length === 0 ? [] : [{ ...scale, points }];
}

function practised(skill: SkillSeries, here: Here, excerpts: PageExcerpt[]): SkillSeries[] {
  const times = excerpts
    .flatMap(({ content }) => content.facts)
    .filter((fact) => fact.kind === "practice" && fact.id === skill.id).length;
  const pairs = skill.pairs.filter((pair) => here(pair.excerpt));
  return times === 0 && pairs.length === 0 ? [] : [{ ...skill, times, pairs }];
}
