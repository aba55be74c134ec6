/**
 * Which answers of an excerpt a block of the page is made of, by their ids: as the server has them
 * in `journal/content/data/page.toml`. The server decides which excerpts belong to a block; of an
 * excerpt that holds other answers too, these are the ones that stand there.
 */

/** Shown whole. */
export const SAFETY: ReadonlySet<string> = new Set(["phq9-09", "pre-07"]);
/** What is named there with its date, and read whole or not at all. */
export const SAFETY_PLAN = "safety-plan";
/** After-effects that are shown whole. */
export const FLAGS: ReadonlySet<string> = new Set([
  "chest",
  "breath",
  "faint",
  "seizure",
  "allergy",
  "suicid",
]);
/** What a visit is for, where it was answered elsewhere than in the agenda. */
export const VISIT: ReadonlySet<string> = new Set(["pre-01", "pre-10", "pre-04", "prac-10"]);
export const INTENTION = "prep-03";
/** The question of the agenda that the heading of its block asks already. */
export const TALK = "What I want to talk about";
