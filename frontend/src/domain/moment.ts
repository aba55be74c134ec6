/** From what a calendar and a clock say in a zone to a moment. */
import { clock, dayOf } from "./when.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** How far the clocks of a zone are ahead of UTC at a moment, in ms. */
function ahead(at: number, zone: string): number {
  const said = Date.parse(`${dayOf(at, zone)}T${clock(at, zone).padStart(5, "0")}Z`);
  return said - Math.floor(at / MINUTE) * MINUTE;
}

/**
 * The moment at which clocks there said so: the earlier one where they said it twice, and the one
 * an hour on where the hour was left out. Null where it is no date and time.
 */
export function momentOf(date: string, time: string, zone: string): number | null {
  const said = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(said)) return null;
  const before = said - ahead(said - DAY, zone);
  const after = said - ahead(said + DAY, zone);
  const fits = (at: number): boolean => at + ahead(at, zone) === said;
  const found = [before, after].sort((a, b) => a - b).find(fits);
  return found ?? Math.max(before, after);
}
