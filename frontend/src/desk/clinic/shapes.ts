/**
 * What a clinic writes, as its editors hold it. What they do not know of (rules, scores, windows)
 * travels through them unchanged.
 */
export type Tier = "core" | "more";
export type Origin = "product" | "clinic";

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

export interface EditItem {
  id: string;
  text: string;
  help: string | null;
  tier: Tier;
  share: "ask" | "private" | "never";
  category: string | null;
  nothing: string | null;
  parts: EditPart[];
}

export interface EditGuide {
  id: string;
  kind: string;
  title: string;
  about: string;
  intro: string;
  closing: string;
  stage: string | null;
  category: string;
  licence: string;
  source: string | null;
  items: EditItem[];
}

export interface EditSkill {
  id: string;
  need: string;
  title: string;
  when: string;
  steps: string[];
  minutes: number;
  caution: string;
  level: number;
  dose_day: boolean;
  from_help: boolean;
}

export interface ClinicNumber {
  label: string;
  phone: string;
  hours: string;
}

export interface ResponsePlan {
  who: string;
  days: string;
  within: string;
  what: string;
  backup: string;
}

export interface EditTexts {
  numbers: ClinicNumber[];
  after_dose: string[];
  response_plan: ResponsePlan | null;
}

export interface Standing {
  edition: number;
  editable: boolean;
  origin: Origin;
}

export interface ClinicContent {
  guides: (EditGuide & Standing)[];
  skills: (EditSkill & Standing)[];
  texts: EditTexts & { edition: number };
}

/** What the wording rules notice: it is said, and never stands in the way. */
export interface Advice {
  where: string;
  text: string;
  rule: string;
}

export interface SavedContent {
  id: string;
  edition: number;
  advice: Advice[];
}

export type Kind = "guides" | "skills" | "texts";

export const TIERS: readonly Tier[] = ["core", "more"];
