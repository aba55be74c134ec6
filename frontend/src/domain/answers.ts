/** Small, pure questions about answers. */
import type {
  Answer,
  Answers,
  AnswerState,
  Guide,
  Item,
  SkillPick,
  SmallStep,
} from "../api/types.ts";

/** Makes every string well formed, as the server demands: no lone surrogates, no U+0000. */
export function wellFormed<T>(value: T): T {
  if (typeof value === "string") return value.toWellFormed().replaceAll("\u0000", "\ufffd") as T;
  if (Array.isArray(value)) return value.map(wellFormed) as T;
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, wellFormed(inner)]),
    ) as T;
  }
  return value;
}

/** JSON with its keys in order, so that equal contents are equal strings. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Whether the answer is only a state (skipped, not sure, nothing came). */
export function stateOf(answer: Answer | undefined): AnswerState | null {
  const state = answer?.["state"];
  return state === "skipped" || state === "unsure" || state === "nothing" ? state : null;
}

function isBlank(value: unknown): boolean {
  if (typeof value === "string") return value.trim() === "";
  return Array.isArray(value) ? value.length === 0 : value === undefined || value === null;
}

/** Whether anything was said: a word, a choice, a number; a state alone is not. */
export function isAnswered(answer: Answer | undefined): boolean {
  if (!answer || stateOf(answer)) return false;
  return Object.values(answer).some((value) => !isBlank(value));
}

/** Drops answers and parts in which nothing is left. */
export function withoutBlanks(answers: Answers): Answers {
  const kept: Answers = {};
  for (const [id, answer] of Object.entries(answers)) {
    const parts = Object.entries(answer).filter(([, value]) => !isBlank(value));
    if (parts.length) kept[id] = Object.fromEntries(parts);
  }
  return kept;
}

/** Whether anything at all was said in the entry. */
export function saysAnything(answers: Answers): boolean {
  return Object.values(answers).some(isAnswered);
}

function wordsIn(item: Item, answer: Answer): string[] {
  return item.parts.flatMap((part) => {
    const value = answer[part.name];
    if (value === undefined) return [];
    const words =
      part.kind === "text"
        ? [value as string]
        : part.kind === "step"
          ? [(value as SmallStep).what]
          : part.kind === "list"
            ? (value as string[])
            : part.kind === "skills"
              ? (value as SkillPick[]).map(({ title }) => title)
              : [];
    return words.filter((each) => each.trim());
  });
}

/** The person's first words in the entry, for a list; "" where there are none. */
export function firstWords(guide: Guide, answers: Answers, length = 140): string {
  for (const item of guide.items) {
    // A list may be seen over somebody's shoulder, or at a visit.
    if (item.share === "never") continue;
    const words = wordsIn(item, answers[item.id] ?? {})[0];
    if (!words) continue;
    const line = words.trim().replace(/\s+/g, " ");
    const points = Array.from(line);
    return points.length <= length ? line : `${points.slice(0, length).join("").trimEnd()}…`;
  }
  return "";
}
