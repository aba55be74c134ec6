/** A skill of the person's own: an entry of the guide `own-skill`, used like those of the library. */
import type { Answer, Answers, Skill } from "../api/types.ts";
import type { LocalEntry } from "../data/entries.ts";
import type { Skilled } from "../domain/practice.ts";
import { skills as text } from "../text/skills.ts";

/** What can be used step by step, wherever it comes from. */
export interface Usable extends Skilled {
  title: string;
  when: string | null;
  steps: readonly string[];
  minutes: number | null;
  caution: string | null;
  level: Skill["level"] | null;
  dose_day: boolean;
  own: boolean;
}

export const OWN = "own-skill";
/** The longest name an entry can carry along. */
const NAME = 200;

export function fromLibrary(skill: Skill): Usable {
  return { ...skill, own: false };
}

/** Nobody has said which of these fit the hours after a dose, so none is suggested then. */
export function fromEntry(entry: LocalEntry): Usable {
  const { name, when, steps, care } = ownSkill(entry.answers);
  return {
    id: entry.id,
    need: null,
    title: shortened(name || (steps[0] ?? text.own.unnamed)),
    when: when || null,
    steps,
    minutes: null,
    caution: care || null,
    level: null,
    dose_day: false,
    own: true,
  };
}

export function ownSkill(answers: Answers): {
  name: string;
  when: string;
  steps: string[];
  care: string;
} {
  return {
    name: words(answers["own-skill-01"]),
    when: words(answers["own-skill-02"]),
    steps: lines(answers["own-skill-03"]),
    care: words(answers["own-skill-04"]),
  };
}

function shortened(name: string): string {
  return Array.from(name.trim()).slice(0, NAME).join("");
}

function words(answer: Answer | undefined): string {
  const found = Object.entries(answer ?? {}).find(([part]) => part !== "state")?.[1];
  return typeof found === "string" ? found : "";
}

function lines(answer: Answer | undefined): string[] {
  const found = Object.values(answer ?? {}).find((value) => Array.isArray(value)) as
    unknown[] | undefined;
  return (found ?? []).filter((line): line is string => typeof line === "string");
}
