/** Small steps: what somebody set out to do, and how it went. Every outcome is the same to us. */
import type { Answers, SmallStep } from "../api/types.ts";
import { change, type LocalEntry } from "../data/entries.ts";

export type Status = NonNullable<SmallStep["status"]>;

export interface Found {
  entry: LocalEntry;
  item: string;
  part: string;
  step: SmallStep;
}

/** Over and done with: it is not asked about any more. */
const OVER = new Set<Status>(["did", "dropped"]);

/** Every small step of these entries, in their order. */
export function stepsIn(entries: readonly LocalEntry[]): Found[] {
  return entries.flatMap((entry) =>
    Object.entries(entry.answers).flatMap(([item, answer]) =>
      Object.entries(answer).flatMap(([part, value]) =>
        isStep(value) ? [{ entry, item, part, step: value }] : [],
      ),
    ),
  );
}

export function openSteps(entries: readonly LocalEntry[]): Found[] {
  return stepsIn(entries).filter(({ step }) => !OVER.has(step.status ?? "open"));
}

/** The answers with another outcome for this step; the words stay as they are. */
export function withStatus({ entry, item, part, step }: Found, status: Status): Answers {
  const answer = { ...entry.answers[item], [part]: { ...step, status } };
  return { ...entry.answers, [item]: answer };
}

/**
 * Says how it went, in the entry as it stands now. The outcome it had, or null where the step is
 * not there any more.
 */
export async function setStatus(where: Found, status: Status): Promise<Status | null> {
  let before: Status | null = null;
  await change(where.entry.id, (answers) => {
    const entry = { ...where.entry, answers };
    const now = stepsIn([entry]).find(
      ({ item, part }) => item === where.item && part === where.part,
    );
    if (!now) return null;
    before = now.step.status ?? "open";
    return withStatus(now, status);
  });
  return before;
}

function isStep(value: unknown): value is SmallStep {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return false;
  return "what" in value && typeof value.what === "string";
}
