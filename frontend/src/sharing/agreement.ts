/** The agreement as this person reads it: its text with the names and the day filled in. */
import type { Agreement } from "../api/types.ts";

export interface FilledIn {
  therapist: string;
  clinic: string;
  ends_on: string;
}

type Sections = Agreement["sections"];

export const filled = ({ sections }: Agreement, said: FilledIn): Sections =>
  filledIn(sections, said);

export function filledIn(sections: Sections, said: FilledIn): Sections {
  return sections.map((section) => ({
    ...section,
    title: fill(section.title, said),
    text: fill(section.text, said),
  }));
}

function fill(text: string, said: FilledIn): string {
  return text.replace(/\{(therapist|clinic|ends_on)\}/g, (_, name: keyof FilledIn) => said[name]);
}
