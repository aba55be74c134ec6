/** The agreement as this person reads it: its text with the names and the day filled in. */
import type { Agreement } from "../api/types.ts";

export interface FilledIn {
  therapist: string;
  clinic: string;
  ends_on: string;
}

export function filled(agreement: Agreement, said: FilledIn): Agreement["sections"] {
  return agreement.sections.map((section) => ({
    ...section,
    title: fill(section.title, said),
    text: fill(section.text, said),
  }));
}

function fill(text: string, said: FilledIn): string {
  return text.replace(/\{(therapist|clinic|ends_on)\}/g, (_, name: keyof FilledIn) => said[name]);
}
