/**
 * What a clinic writes, as its editors hold it: the shapes of the server, but for the parts of a
 * question, which are looser here while somebody types. What the editors do not know of (rules,
 * scores, windows) travels through them unchanged.
 */
import type { components } from "../../api/schema.gen.ts";
import type { Item } from "../../api/types.ts";

type S = components["schemas"];

/** What the server says about a guide or a skill and does not want to hear back. */
export type Standing = Pick<S["ClinicSkill"], "edition" | "editable" | "origin">;

export interface EditOption {
  id: string;
  label: string;
}

export interface EditPart {
  name: string;
  kind: string;
  label: string | null;
  lines: "short" | "long" | null;
  options: EditOption[];
  max: number | null;
  other: boolean;
  low: string | null;
  high: string | null;
}

export type EditItem = Omit<Item, "parts"> & { parts: EditPart[] };
export type EditGuide = Omit<S["ClinicGuide"], keyof Standing | "items"> & { items: EditItem[] };
export type EditSkill = Omit<S["ClinicSkill"], keyof Standing>;
export type EditTexts = Omit<S["ClinicTexts"], "edition">;

export type ClinicGuide = EditGuide & Standing;
export type ClinicSkill = EditSkill & Standing;
export type ClinicTexts = S["ClinicTexts"];

export interface ClinicContent {
  guides: ClinicGuide[];
  skills: ClinicSkill[];
  texts: ClinicTexts;
}

export type ClinicNumber = S["Number"];
export type ResponsePlan = S["ResponsePlan"];
/** What the wording rules notice: it is said, and never stands in the way. */
export type Advice = S["Advice"];
export type Made = S["Made"];

export type Tier = Item["tier"];
export const TIERS: readonly Tier[] = ["core", "more"];
