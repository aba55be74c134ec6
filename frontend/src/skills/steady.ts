/** "My steady list": what was picked while getting ready, the latest answer. */
import type { Answers } from "../api/types.ts";

interface Picked {
  skill: string;
  title: string;
}

/** `entries` come with the latest lived first. */
export function steadyList(entries: readonly { guide: string; answers: Answers }[]): Picked[] {
  for (const { guide, answers } of entries) {
    const answer: Record<string, unknown> = guide === "prep" ? (answers["prep-06"] ?? {}) : {};
    const list = Object.values(answer).find((value) => Array.isArray(value)) as
      unknown[] | undefined;
    const picked = (list ?? []).filter(isPicked);
    if (picked.length) return picked;
  }
  return [];
}

function isPicked(row: unknown): row is Picked {
  if (typeof row !== "object" || row === null) return false;
  const { skill, title } = row as Partial<Picked>;
  return typeof skill === "string" && typeof title === "string";
}
