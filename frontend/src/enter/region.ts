/** Whose numbers Help shows. Chosen on this phone, guessed from language at most, never located. */
import type { Help } from "../api/types.ts";

const KEY = "journal.region";
/** The row for everywhere that has none of its own. */
export const ELSEWHERE = "*";

type Row = Help["regions"][number];

/** The region to begin with: the person's choice, their clinic's, their language's. */
export function regionOf(help: Help, languages: readonly string[] = navigator.languages): string {
  const known = new Set(help.regions.map((row) => row.region));
  const guesses = [stored(), help.clinic?.region, ...languages.map(regionIn)];
  return guesses.find((guess) => guess && known.has(guess)) ?? ELSEWHERE;
}

export function rowOf(help: Help, region: string): Row | null {
  return (
    help.regions.find((row) => row.region === region) ??
    help.regions.find((row) => row.region === ELSEWHERE) ??
    null
  );
}

export function keepRegion(region: string): void {
  try {
    localStorage.setItem(KEY, region);
  } catch {
    // Without storage the choice holds until the page is left.
  }
}

/** Names for a chooser, in order; "another country" comes last. */
export function regionNames(help: Help, elsewhere: string): { region: string; name: string }[] {
  const names = new Intl.DisplayNames(["en"], { type: "region" });
  const said = (region: string) => (region === ELSEWHERE ? elsewhere : names.of(region));
  return help.regions
    .map(({ region }) => ({ region, name: said(region) ?? region }))
    .sort((a, b) => rank(a.region) - rank(b.region) || a.name.localeCompare(b.name));
}

/** "tel:02079460018": what is dialled from what is read. */
export function telephone(number: string): string {
  return `tel:${digits(number)}`;
}

/** "sms:741741?&body=HOME": the odd spelling is the one both kinds of phone understand. */
export function message(number: string, word: string | null): string {
  return `sms:${digits(number)}${word ? `?&body=${encodeURIComponent(word)}` : ""}`;
}

/** The number as its own line writes it, "116 123", where the data has the bare digits. */
export function spaced(number: string, how: string): string {
  const written = how.match(/\+?\d[\d\s-]*\d/g) ?? [];
  return written.find((each) => digits(each) === digits(number)) ?? number;
}

function digits(number: string): string {
  return number.replace(/[^\d+]/g, "");
}

function rank(region: string): number {
  return region === ELSEWHERE ? 1 : 0;
}

function regionIn(language: string): string | undefined {
  try {
    return new Intl.Locale(language).region;
  } catch {
    return undefined;
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
