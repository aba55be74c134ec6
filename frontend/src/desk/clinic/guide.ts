/** Changing a guide. Pure, but for making ids: each function answers with what is to stand there. */
import type {
  ClinicGuide,
  EditGuide,
  EditItem,
  EditOption,
  EditPart,
  EditSkill,
  Standing,
  Tier,
} from "./shapes.ts";

/** The kinds of question a clinic can add. */
export const KINDS = ["short", "long", "scale", "choice", "choices", "words"] as const;
export type NewKind = (typeof KINDS)[number];

const LADDER = ["prep", "day", "refl", "week", "prac", "pre", "end"];
const OWN_ITEM = /^x-/;
const OWN_SET = /^c-/;

export function shortId(prefix: "x" | "c" | "o"): string {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${prefix}-${hex}`;
}

/** Questions the clinic added can be taken out; the others can be moved and reworded. */
export const isOwnItem = (item: { id: string }): boolean => OWN_ITEM.test(item.id);
export const isOwnSet = (set: { id: string }): boolean => OWN_SET.test(set.id);

/** What of a question of before stays word for word: all of it, or the answers to pick from. */
export function lockOf(was: EditItem | undefined): "words" | "answers" | null {
  if (!was) return null;
  if (was.share === "never" && !isOwnItem(was)) return "words";
  return was.notes.some(({ note }) => note === "help-card") ? "answers" : null;
}

const BLANK: Omit<EditPart, "name" | "kind"> = {
  label: null,
  lines: null,
  options: [],
  max: null,
  other: false,
  low: null,
  high: null,
};

const PARTS: Record<NewKind, () => EditPart> = {
  short: () => ({ ...BLANK, name: "text", kind: "text", lines: "short", max: 2_000 }),
  long: () => ({ ...BLANK, name: "text", kind: "text", lines: "long", max: 200_000 }),
  scale: () => ({ ...BLANK, name: "scale", kind: "scale", low: "", high: "" }),
  choice: () => ({ ...BLANK, name: "choice", kind: "choice", options: twoOptions() }),
  choices: () => ({ ...BLANK, name: "choices", kind: "choices", options: twoOptions() }),
  words: () => ({ ...BLANK, name: "words", kind: "words", max: 6 }),
};

export const newOption = (): EditOption => ({ id: shortId("o"), label: "" });
const twoOptions = (): EditOption[] => [newOption(), newOption()];

export const newItem = (kind: NewKind, tier: Tier, source: string): EditItem => ({
  id: shortId("x"),
  text: "",
  help: null,
  tier,
  share: "ask",
  category: null,
  nothing: null,
  source,
  shows: null,
  notes: [],
  parts: [PARTS[kind]()],
});

/** A set of questions of the clinic's own: it belongs to no rung of the ladder. */
export const newGuide = (id: string, licence: string): ClinicGuide => ({
  id,
  edition: 0,
  editable: true,
  origin: "clinic",
  kind: "reflection",
  title: "",
  about: "",
  intro: "",
  closing: "",
  stage: null,
  category: "reflections",
  licence,
  source: null,
  ask: null,
  measure: null,
  items: [],
});

/** What is edited, apart from what is known about it. */
export function bare<T extends Standing>(found: T): Omit<T, keyof Standing> {
  const about = new Set(["edition", "editable", "origin"]);
  return Object.fromEntries(Object.entries(found).filter(([name]) => !about.has(name))) as never;
}

/** How a question is answered, each way named once: "Pick one, long text". */
export function answeredBy(item: EditItem, names: Readonly<Record<string, string>>): string {
  const kinds = item.parts.map((part) => (part.kind === "text" ? (part.lines ?? "") : part.kind));
  const said = [...new Set(kinds)].map((kind) => names[kind] ?? kind).join(", ");
  return said.charAt(0).toUpperCase() + said.slice(1);
}

export const ofTier = (guide: EditGuide, tier: Tier): EditItem[] =>
  guide.items.filter((item) => item.tier === tier);

/** One place up or down among the questions that are asked together. */
export function moved(items: readonly EditItem[], id: string, by: -1 | 1): EditItem[] {
  const from = items.findIndex((item) => item.id === id);
  const item = items[from];
  if (!item) return [...items];
  const to = by > 0 ? after(items, from, item.tier) : before(items, from, item.tier);
  const other = items[to];
  if (!other) return [...items];
  return items.map((each, place) => (place === from ? other : place === to ? item : each));
}

const after = (items: readonly EditItem[], from: number, tier: Tier): number =>
  items.findIndex((each, place) => place > from && each.tier === tier);
const before = (items: readonly EditItem[], from: number, tier: Tier): number =>
  items.findLastIndex((each, place) => place < from && each.tier === tier);

/** Text as it is sent: one line, no space at its ends, and nothing where nothing stands. */
export const line = (text: string): string => text.replace(/\s+/g, " ").trim();
const lineOrNull = (text: string | null): string | null => line(text ?? "") || null;

export function tidyGuide<T extends EditGuide>(guide: T): T {
  return {
    ...guide,
    title: line(guide.title),
    about: line(guide.about),
    intro: line(guide.intro),
    closing: line(guide.closing),
    items: guide.items.map((item) => ({
      ...item,
      text: line(item.text),
      help: lineOrNull(item.help),
      nothing: lineOrNull(item.nothing),
      parts: item.parts.map((part) => ({
        ...part,
        label: lineOrNull(part.label),
        low: part.low === null ? null : line(part.low),
        high: part.high === null ? null : line(part.high),
        options: part.options.map((option) => ({ ...option, label: line(option.label) })),
      })),
    })),
  };
}

/** Stands for words still to come, so that what is there already can be looked over. */
const said = (text: string): string => text || "…";

/** What can be looked over: a question still without words would hide all remarks. */
export function checkable(guide: EditGuide): EditGuide {
  const tidy = tidyGuide(guide);
  const whole = (part: EditPart): boolean =>
    part.low !== "" && part.high !== "" && part.options.every((option) => option.label !== "");
  const items = tidy.items.filter((item) => item.text !== "" && item.parts.every(whole));
  const { title, about, intro, closing } = tidy;
  return {
    ...tidy,
    title: said(title),
    about: said(about),
    intro: said(intro),
    closing: said(closing),
    items,
  };
}

export function tidySkill<T extends EditSkill>(skill: T): T {
  return {
    ...skill,
    title: line(skill.title),
    when: line(skill.when),
    caution: line(skill.caution),
    steps: skill.steps.map(line).filter(Boolean),
  };
}

/** The same for a skill. */
export function checkableSkill(skill: EditSkill): EditSkill {
  const tidy = tidySkill(skill);
  return {
    ...tidy,
    title: said(tidy.title),
    when: said(tidy.when),
    caution: said(tidy.caution),
    steps: tidy.steps.length ? tidy.steps : [said("")],
    minutes: Math.min(Math.max(tidy.minutes, 1), 60),
  };
}

export interface Group<T> {
  id: string;
  guides: T[];
}

/** Guides by what they are for: the ladder in its order first, what is fixed last. */
export function groups<T extends { kind: string; stage: string | null }>(
  guides: readonly T[],
): Group<T>[] {
  const place = (guide: T): number => {
    const rung = LADDER.indexOf(guide.stage ?? "");
    return rung < 0 ? LADDER.length : rung;
  };
  const sorted = [...guides].sort((a, b) => place(a) - place(b));
  return ORDER.flatMap((id) => {
    const some = sorted.filter((guide) => (guide.stage ? "ladder" : groupOf(guide.kind)) === id);
    return some.length ? [{ id, guides: some }] : [];
  });
}

const ORDER = ["ladder", "extras", "logs", "writing", "measures"];
const GROUP_OF: Record<string, string> = {
  reflection: "extras",
  extra: "extras",
  "check-in": "logs",
  log: "logs",
  plan: "writing",
  measure: "measures",
};
const groupOf = (kind: string): string => GROUP_OF[kind] ?? "writing";
