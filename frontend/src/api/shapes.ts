/**
 * Shapes the server's document says less exactly than its rules: the generated types take them from
 * here (build/api.mjs says where).
 */
import type { components } from "./schema.gen.ts";

export type Category =
  | "reflections"
  | "check-ins"
  | "measures"
  | "skills"
  | "after-effects"
  | "small-steps"
  | "safety-plan"
  | "alcohol-drugs"
  | "drawings-voice";

export interface Option {
  id: string;
  label: string;
  score?: number | null;
}

interface PartBase {
  name: string;
  label?: string | null;
}
export interface TextPart extends PartBase {
  kind: "text";
  lines: "short" | "long";
  max: number;
}
export interface ChoicePart extends PartBase {
  kind: "choice";
  options: Option[];
  other?: boolean;
}
export interface ChoicesPart extends PartBase {
  kind: "choices";
  options: Option[];
  max: number | null;
  other: boolean;
}
export interface ScalePart extends PartBase {
  kind: "scale";
  low: string;
  high: string;
}
export interface WordsPart extends PartBase {
  kind: "words";
  max: number | null;
}
export interface PlacesPart extends PartBase {
  kind: "places";
}
export interface ContactsPart extends PartBase {
  kind: "contacts";
}
export interface StepPart extends PartBase {
  kind: "step";
}
export interface EffectsPart extends PartBase {
  kind: "effects";
  windows: EffectWindow[];
}
export interface EntriesPart extends PartBase {
  kind: "entries";
}
export interface SkillsPart extends PartBase {
  kind: "skills";
  max: number | null;
}
export interface ListPart extends PartBase {
  kind: "list";
  max: number | null;
}
export interface DatePart extends PartBase {
  kind: "date";
}
export interface PicturePart extends PartBase {
  kind: "picture";
}
export interface RecordingsPart extends PartBase {
  kind: "recordings";
}
export interface DrawingPart extends PartBase {
  kind: "drawing";
}
export interface PhotosPart extends PartBase {
  kind: "photos";
}
export type Part =
  | TextPart
  | ChoicePart
  | ChoicesPart
  | ScalePart
  | WordsPart
  | PlacesPart
  | ContactsPart
  | StepPart
  | EffectsPart
  | EntriesPart
  | SkillsPart
  | ListPart
  | DatePart
  | PicturePart
  | RecordingsPart
  | DrawingPart
  | PhotosPart;
export type EffectWindow = "acute" | "both" | "cumulative";

export interface BodyPlace {
  place: string;
  kind: string;
  quality?: string;
  strength?: number;
}
export interface Contact {
  name: string;
  phone: string;
}
export interface SmallStep {
  what: string;
  when?: string;
  where?: string;
  /** A smaller version for a hard day. */
  tiny?: string;
  /** Absent means open. */
  status?: "open" | "did" | "part" | "changed" | "not-today" | "dropped";
}
export interface EffectRow {
  code: string;
  strength?: 1 | 2 | 3;
  still?: boolean;
  told?: "yes" | "no" | "not-yet";
  since?: string;
  helped?: string;
  note?: string;
  systolic?: number;
  diastolic?: number;
  pulse?: number;
}
/** A skill of the library, or by its entry's id one of the person's own. */
export interface SkillPick {
  skill: string;
  title: string;
}
/** Base64 without a prefix. */
export interface Picture {
  type: "image/jpeg" | "image/png" | "image/webp";
  data: string;
  name?: string;
}
/** One recording; its sound lies apart, by the id of its medium. */
export interface RecordingRef {
  media: string;
  type: "audio/webm" | "audio/mp4";
  seconds: number;
  caption?: string;
}
export interface PhotoRef {
  media: string;
  type: "image/jpeg";
  width: number;
  height: number;
  caption?: string;
}
export interface Stroke {
  color: 0 | 1 | 2 | 3 | 4;
  size: 1 | 2 | 3;
  /** x and y in turn, whole numbers. */
  points: number[];
}
export interface Drawing {
  width: number;
  height: number;
  strokes: Stroke[];
  caption?: string;
}
export type AnswerState = "skipped" | "unsure" | "nothing";
export type PartValue =
  | string
  | number
  | string[]
  | BodyPlace[]
  | Contact[]
  | SmallStep
  | EffectRow[]
  | SkillPick[]
  | Picture
  | RecordingRef[]
  | Drawing
  | PhotoRef[];
/** `{state}` alone, or one value per answered part (and `<part>_other`). */
export type Answer = Record<string, PartValue>;
export type Answers = Record<string, Answer>;

/** A page of the feed holds entries as they are now, and the ids of those that are gone. */
export interface Gone {
  id: string;
  n: number;
  deleted: true;
}
export type Change = components["schemas"]["Entry"] | Gone;

/**
 * Recordings and photos by their id, a drawing as `<item>/<part>`; `words: false` hands over
 * nothing else.
 */
interface Along {
  media?: string[];
  words?: boolean;
}

export type What =
  | ({ kind: "whole" } & Along)
  | ({ kind: "answers"; items: string[] } & Along)
  /** Offsets count Unicode code points; `quote` is the text between them. */
  | { kind: "passage"; item: string; part: string; start: number; end: number; quote: string };
