/** Leading to what a save was refused for. */
import { tick } from "svelte";

/** The place of the first question that has a problem, by its pointer "/items/3/…". */
export function firstItem(problems: Readonly<Record<string, string>>): number | null {
  const places = Object.keys(problems).flatMap((where) => {
    const found = /^\/items\/(\d+)/.exec(where)?.[1];
    return found === undefined ? [] : [Number(found)];
  });
  return places.length ? Math.min(...places) : null;
}

/** Puts the cursor into the first field that needs something. */
export async function toWrong(): Promise<void> {
  await tick();
  const field = document.querySelector<HTMLElement>("main [aria-invalid]");
  const fold = field?.closest("details");
  if (fold) fold.open = true;
  field?.focus();
}
