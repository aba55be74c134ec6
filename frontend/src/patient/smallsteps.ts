/** Small steps: what somebody set out to do, and how it went. Every outcome is the same to us. */
import type { Answers, SmallStep } from "../api/types.ts";
import type { LocalEntry } from "../data/entries.ts";

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

function isStep(value: unknown): value is SmallStep {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return false;
  return "what" in value && typeof value.what === "string";
}
