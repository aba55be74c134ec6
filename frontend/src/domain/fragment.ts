/** What was caught, and how it goes into the answer of an entry. */
import type { Answer, Drawing, PhotoRef, RecordingRef } from "../api/types.ts";
import { MOST_PHOTOS, MOST_RECORDINGS } from "./media.ts";
import { fitTogether, together } from "./strokes.ts";

export interface Fragment {
  texts: string[];
  drawings: Drawing[];
  recordings: RecordingRef[];
  photos: PhotoRef[];
}

interface Sheet {
  text?: string;
  recordings?: RecordingRef[];
  drawing?: Drawing;
  photos?: PhotoRef[];
}

/** The longest text of an answer, in characters; the server refuses a longer one. */
const LONGEST = 200_000;

export const saysAnything = ({ texts, drawings, recordings, photos }: Fragment): boolean =>
  [texts, drawings, recordings, photos].some((each) => each.length > 0);

/**
 * The answer with the fragment behind what is there; and, where one entry does not take all of it,
 * answers for further ones. Nothing is cut, and everything stays in its order.
 */
export function joinedTo(before: Answer, found: Fragment): [Answer, ...Answer[]] {
  const first: Sheet = { ...before };
  const sheets = [first];

  function place<T>(all: readonly T[], put: (sheet: Sheet, one: T) => boolean): void {
    let at = 0;
    for (const one of all) {
      for (;;) {
        const sheet = (sheets[at] ??= {});
        if (put(sheet, one)) break;
        at += 1;
      }
    }
  }

  place(found.texts, (sheet, text) => {
    const whole = sheet.text ? `${sheet.text}\n\n${text}` : text;
    // One alone is no longer than what could be typed.
    if (sheet.text && Array.from(whole).length > LONGEST) return false;
    sheet.text = whole;
    return true;
  });
  place(found.drawings, (sheet, drawing) => {
    if (sheet.drawing && !fitTogether(sheet.drawing, drawing)) return false;
    sheet.drawing = together(sheet.drawing, drawing);
    return true;
  });
  place(unknownTo(first.recordings, found.recordings), (sheet, one) => {
    if ((sheet.recordings?.length ?? 0) >= MOST_RECORDINGS) return false;
    sheet.recordings = [...(sheet.recordings ?? []), one];
    return true;
  });
  place(unknownTo(first.photos, found.photos), (sheet, one) => {
    if ((sheet.photos?.length ?? 0) >= MOST_PHOTOS) return false;
    sheet.photos = [...(sheet.photos ?? []), one];
    return true;
  });
  return sheets as unknown as [Answer, ...Answer[]];
}

const unknownTo = <T extends { media: string }>(there: readonly T[] = [], all: readonly T[]): T[] =>
  all.filter((one) => !there.some(({ media }) => media === one.media));
