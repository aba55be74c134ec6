/**
 * Coming back after some days. Only the day of the last visit is known, on this phone; it is never
 * shown, counted or sent.
 */
import { isoDay } from "../page/when.ts";

const KEY = "journal.seen";
const DAY = 86_400_000;
/** Fewer days than this are no absence. */
const SOME_DAYS = 4;

class Away {
  /** True from coming back until the app is closed. */
  back = $state(false);

  /** Called when the first screen is looked at. */
  visit(now: number): void {
    const today = isoDay(now);
    try {
      const before = localStorage.getItem(KEY);
      if (before === today) return;
      localStorage.setItem(KEY, today);
      if (before === null) return;
      this.back = (Date.parse(today) - Date.parse(before)) / DAY >= SOME_DAYS;
    } catch {
      // Without storage nobody is greeted as returning.
    }
  }
}

export const away = new Away();
