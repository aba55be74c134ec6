/**
 * Whether the calm form is right: nothing moves, no numbers. This screen may open before anybody
 * knows which hours these are, so what was last shown on this phone decides, and calm where nothing
 * was.
 */
import { SHOWN } from "../app/shown.ts";

export function isStill(): boolean {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return true;
  try {
    const shown = localStorage.getItem(SHOWN);
    return shown === null || shown === "soft";
  } catch {
    return true;
  }
}
