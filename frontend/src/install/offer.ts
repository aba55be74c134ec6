/** When the home screen is offered: after some use, once. */

/** Under this name it is remembered that it was asked. */
export const ASKED = "install";
/** So many entries, the first of them on another day, are some use. */
const SOME = 3;
const DAY = 86_400_000;

export function afterSomeUse(
  entries: readonly { occurred_at: string }[],
  now: number,
  installed: boolean,
): boolean {
  if (installed || entries.length < SOME) return false;
  return entries.some((entry) => now - Date.parse(entry.occurred_at) > DAY);
}
