/**
 * After Done, when the words are kept: whether the Help card is offered. What it needs is fetched
 * while somebody writes, because a request at Done would say that the card was shown.
 */
import type { Answers, Guide } from "../api/types.ts";

const check = () => import("./phrases-check.ts");
export const card = () => import("./Offered.svelte");

export function fetchEarly(): void {
  for (const part of [card, check]) part().catch(() => undefined);
}

/** Whether these words ask for it; false where the person has not said yes to being asked. */
export function asksForHelp(guide: Guide, answers: Answers): Promise<boolean> {
  return check().then(
    ({ checkPhrases }) => checkPhrases(guide, answers),
    () => false,
  );
}
