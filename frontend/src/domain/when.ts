/** Dates in words, in the zone in which the person lived them. */

const LOCALE = "en-GB";
const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: known(zone) });
    formats.set(key, made);
  }
  return made;
}

/** A zone this device has never heard of must not break a page. */
function known(zone: string): string {
  try {
    new Intl.DateTimeFormat(LOCALE, { timeZone: zone });
    return zone;
  } catch {
    return "UTC";
  }
}

/** The zone of this device. */
export function hereZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** `2026-11-24` in that zone. */
export function dayOf(at: string | number | Date, zone: string): string {
  const parts = Object.fromEntries(
    format(zone, { year: "numeric", month: "2-digit", day: "2-digit" })
      .formatToParts(new Date(at))
      .map((part) => [part.type, part.value]),
  );
  return `${parts["year"]}-${parts["month"]}-${parts["day"]}`;
}

/** Whole calendar days from `at` to `now` in that zone: 0 today, 1 yesterday, -1 tomorrow. */
export function daysAgo(
  at: string | number | Date,
  zone: string,
  now: number | Date = Date.now(),
): number {
  const day = (when: string | number | Date): number => Date.parse(`${dayOf(when, zone)}T00:00Z`);
  return Math.round((day(new Date(now)) - day(at)) / 86_400_000);
}

/** "9:12". */
export function clock(at: string | number | Date, zone: string): string {
  const said = format(zone, { hour: "numeric", minute: "2-digit", hourCycle: "h23" });
  return said.format(new Date(at)).replace(/^0(?=\d:)/, "");
}

/** "Tuesday 24 November", with the year when it is not this one. */
export function longDay(
  at: string | number | Date,
  zone: string,
  now: number | Date = Date.now(),
): string {
  const sameYear = dayOf(at, zone).slice(0, 4) === dayOf(new Date(now), zone).slice(0, 4);
  return format(zone, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" as const }),
  })
    .format(new Date(at))
    .replace(",", "");
}

/** "today", "yesterday", "tomorrow", "Sunday" within a week, else "Sunday 8 November". */
export function dayInWords(
  at: string | number | Date,
  zone: string,
  now: number | Date = Date.now(),
): string {
  const ago = daysAgo(at, zone, now);
  if (ago === 0) return "today";
  if (ago === 1) return "yesterday";
  if (ago === -1) return "tomorrow";
  if (Math.abs(ago) < 7) return format(zone, { weekday: "long" }).format(new Date(at));
  return longDay(at, zone, now);
}

/** "yesterday, 21:40". */
export function dayAndClock(
  at: string | number | Date,
  zone: string,
  now: number | Date = Date.now(),
): string {
  return `${dayInWords(at, zone, now)}, ${clock(at, zone)}`;
}
