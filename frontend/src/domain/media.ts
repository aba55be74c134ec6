/** What is attached to an answer besides words: recordings, a drawing, photos. */
import type { Answer, Drawing, PhotoRef, RecordingRef } from "../api/types.ts";

export const MOST_RECORDINGS = 20;
export const MOST_PHOTOS = 10;
export const LONGEST_CAPTION = 200;

/** "2 min 10 s", as both sides read it. */
export function lasting(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  const said = [...(minutes ? [`${minutes} min`] : []), ...(rest || !minutes ? [`${rest} s`] : [])];
  return said.join(" ");
}

const said = (what: string, { caption }: { caption?: string }): string =>
  caption?.trim() ? `${what}: ${caption.trim()}` : what;

const recordings = (answer: Answer): RecordingRef[] =>
  (answer["recordings"] ?? []) as RecordingRef[];
const photos = (answer: Answer): PhotoRef[] => (answer["photos"] ?? []) as PhotoRef[];
const drawing = (answer: Answer): Drawing | undefined => answer["drawing"] as Drawing | undefined;

/** The ids of the recordings and photos that an answer names. */
export const mediaOf = (answer: Answer): string[] =>
  [...recordings(answer), ...photos(answer)].map(({ media }) => media);

/** One line about what a fragment without words holds; "" where it holds none of these. */
export function firstMedia(answers: Record<string, Answer>): string {
  const answer = answers["capture-01"] ?? {};
  const [recording] = recordings(answer);
  if (recording) return said(`Recording, ${lasting(recording.seconds)}`, recording);
  const drawn = drawing(answer);
  if (drawn) return said("Drawing", drawn);
  const [photo] = photos(answer);
  return photo ? said("Photo", photo) : "";
}
