/** When something was written, the way one would say it oneself. */
import { first as en } from "../text/first.ts";
import { isoDay, onDay } from "../page/when.ts";

const EVENING = 17;
const NIGHT_ENDS = 5;
const DAY = 86_400_000;

/** "Good morning, Maya." by the clock of this phone, with the first of the names. */
export function greeting(fullName: string, now: Date): string {
  const name = fullName.trim().split(/\s+/)[0] ?? fullName;
  const hour = now.getHours();
  const part =
    hour < NIGHT_ENDS ? "night" : hour < 12 ? "morning" : hour < EVENING ? "afternoon" : "evening";
  return en.now.greeting[part](name);
}

/** "Last night", "This morning", "On Monday": the label over the last words. */
export function lastTime(at: string, now: Date): string {
  const then = new Date(at);
  const away = Math.round((noon(now) - noon(then)) / DAY);
  const hour = then.getHours();
  if (away === 0) {
    if (hour < NIGHT_ENDS && now.getHours() >= NIGHT_ENDS) return en.now.last.lastNight;
    if (hour >= EVENING) return en.now.last.tonight;
    return hour < 12 ? en.now.last.thisMorning : en.now.last.today;
  }
  if (away === 1) return hour >= EVENING ? en.now.last.lastNight : en.now.last.yesterday;
  const said = onDay(at, now);
  return said.charAt(0).toUpperCase() + said.slice(1);
}

function noon(at: Date): number {
  return Date.parse(`${isoDay(at)}T12:00:00Z`);
}
