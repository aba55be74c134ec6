/** What is set up after joining: in which order, and what of it is done. Each can wait. */
import type { LockState } from "../data/locked.ts";
import type { Prefs } from "../data/prefs.ts";

export const STEPS = ["sharing", "words", "lock", "home"] as const;
export type Step = (typeof STEPS)[number];

/** Under this name it is remembered on the phone that it was read who can read. */
export const READ = "welcome-sharing";

export interface Known {
  prefs: Prefs;
  lock: LockState;
  installed: boolean;
}

export function isDone(step: Step, { prefs, lock, installed }: Known): boolean {
  if (step === "sharing") return prefs.asked.includes(READ);
  if (step === "words") return prefs.phrases !== null || prefs.asked.includes("phrases");
  return step === "lock" ? lock !== "none" : installed;
}

/** The step behind this one; null behind the last, and for a name that is none. */
export function after(step: string): Step | null {
  const at = STEPS.findIndex((each) => each === step);
  return at < 0 ? null : (STEPS[at + 1] ?? null);
}
