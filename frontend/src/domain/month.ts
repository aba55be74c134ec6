/**
 * Months as weeks of dates. A date here is a name, `2026-11-24`, and not a moment: no zone and no
 * change of clocks can move it.
 */

const DAY = 86_400_000;
const midnight = (date: string): number => Date.parse(`${date}T00:00Z`);
const named = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** `2026-11` of `2026-11-24`. */
export const monthOf = (date: string): string => date.slice(0, 7);

/** The date so many days away. */
export const daysFrom = (date: string, days: number): string => named(midnight(date) + days * DAY);

/** The month so many months away. */
export function monthsFrom(month: string, months: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

const daysIn = (month: string): number =>
  Math.round((midnight(`${monthsFrom(month, 1)}-01`) - midnight(`${month}-01`)) / DAY);

/** The same day of another month, or its last one. */
export function sameDay(date: string, month: string): string {
  const day = Math.min(Number(date.slice(8)), daysIn(month));
  return `${month}-${String(day).padStart(2, "0")}`;
}

/** 0 on a Monday. */
const weekday = (date: string): number => (new Date(midnight(date)).getUTCDay() + 6) % 7;

/** The weeks of a month, Monday first; null where a day is of another month. */
export function weeksOf(month: string): (string | null)[][] {
  const first = `${month}-01`;
  const cells: (string | null)[] = [
    ...Array<null>(weekday(first)).fill(null),
    ...Array.from({ length: daysIn(month) }, (_, day) => daysFrom(first, day)),
  ];
  while (cells.length % 7) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** Where a key of the keyboard leads from a date; null for any other key. */
export function moved(date: string, key: string): string | null {
  switch (key) {
    case "ArrowLeft":
      return daysFrom(date, -1);
    case "ArrowRight":
      return daysFrom(date, 1);
    case "ArrowUp":
      return daysFrom(date, -7);
    case "ArrowDown":
      return daysFrom(date, 7);
    case "Home":
      return daysFrom(date, -weekday(date));
    case "End":
      return daysFrom(date, 6 - weekday(date));
    case "PageUp":
      return sameDay(date, monthsFrom(monthOf(date), -1));
    case "PageDown":
      return sameDay(date, monthsFrom(monthOf(date), 1));
    default:
      return null;
  }
}

/** Whether this is the name of a day there is. */
export const isDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && named(midnight(text) || 0) === text;

export const isMonth = (text: string): boolean => isDate(`${text}-01`);
