/** A time the way one would say it, in the zone of this phone unless another is given. */
import { clock as clockIn, dayInWords, dayOf, hereZone, longDay } from "../domain/when.ts";

type When = string | number | Date;

const LOCALE = "en-GB";

/** "9:12" */
export function clock(at: When, zone: string = hereZone()): string {
  return clockIn(at, zone);
}

/** "2026-11-24": the calendar day, as a date field and the server speak it. */
export function isoDay(at: When, zone: string = hereZone()): string {
  return dayOf(at, zone);
}

/** "Tuesday 17 November", with the year when it is not this one. */
export function day(at: When, now: Date = new Date(), zone: string = hereZone()): string {
  return longDay(at, zone, now);
}

/** "14 February", with the year when it is not this one. */
export function date(at: When, now: Date = new Date(), zone: string = hereZone()): string {
  const sameYear = dayOf(at, zone).slice(0, 4) === dayOf(now, zone).slice(0, 4);
  return new Intl.DateTimeFormat(LOCALE, {
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" as const }),
    timeZone: zone,
  }).format(new Date(at));
}

/** The last day before an end: "until 14 February" for what ends at the midnight after it. */
export function lastDay(end: When, now: Date = new Date(), zone: string = hereZone()): string {
  return date(new Date(end).getTime() - 1, now, zone);
}

/** "Tue 17 Nov" */
export function shortDay(at: When, zone: string = hereZone()): string {
  const options = { weekday: "short", day: "numeric", month: "short", timeZone: zone } as const;
  return new Intl.DateTimeFormat(LOCALE, options).format(new Date(at)).replace(",", "");
}

/** "Tue 17 Nov, 9:12": the same whenever it is read. */
export function stamp(at: When, zone: string = hereZone()): string {
  return `${shortDay(at, zone)}, ${clock(at, zone)}`;
}

/** "today", "yesterday", "tomorrow", "Thursday", "Thursday 3 December" */
export function near(at: When, now: Date = new Date(), zone: string = hereZone()): string {
  return dayInWords(at, zone, now);
}

/** "Tomorrow, 10:00", "Thursday, 10:00": a fact that stands alone. */
export function dayAndTime(at: When, now: Date = new Date(), zone: string = hereZone()): string {
  const said = near(at, now, zone);
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}, ${clock(at, zone)}`;
}

/** "tomorrow at 9:00", "Thursday at 9:00" */
export function soon(at: When, now: Date = new Date(), zone: string = hereZone()): string {
  return `${near(at, now, zone)} at ${clock(at, zone)}`;
}

/** "today", "yesterday", "on Monday", "on Tuesday 3 November": for the end of a sentence. */
export function onDay(at: When, now: Date = new Date(), zone: string = hereZone()): string {
  const said = near(at, now, zone);
  return /^(today|tomorrow|yesterday)$/.test(said) ? said : `on ${said}`;
}

/** "third"; beyond twelve, "number 15". */
export function ordinal(n: number): string {
  return ORDINALS[n - 1] ?? `number ${n}`;
}

/** "four"; beyond twelve, digits. */
export function count(n: number): string {
  return COUNTS[n] ?? String(n);
}

const ORDINALS =
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(" ");
const COUNTS = "no one two three four five six seven eight nine ten eleven twelve".split(" ");
