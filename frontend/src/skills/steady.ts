/** "My steady list": what was picked while getting ready, the latest answer. */
import type { Answers } from "../api/types.ts";

export interface SteadyList {
  skills: { skill: string; title: string }[];
  /** What the person added in their own words. */
  words: string;
}

const EMPTY: SteadyList = { skills: [], words: "" };

/** `entries` come with the latest lived first. */
export function steadyList(entries: readonly { guide: string; answers: Answers }[]): SteadyList {
  for (const { guide, answers } of entries) {
    const answer: Record<string, unknown> = guide === "prep" ? (answers["prep-06"] ?? {}) : {};
    const { state, skills, text } = answer;
    const picked = Array.isArray(skills) ? skills.filter(isPicked) : [];
    const words = typeof text === "string" ? text.trim() : "";
    if (state === undefined && (picked.length || words)) return { skills: picked, words };
  }
  return EMPTY;
}

function isPicked(row: unknown): row is SteadyList["skills"][number] {
  if (typeof row !== "object" || row === null) return false;
  const { skill, title } = row as Record<string, unknown>;
  return typeof skill === "string" && typeof title === "string";
}
