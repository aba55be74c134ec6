/**
 * Answers as lines to read, worked out on the phone exactly as the server does it when something is
 * handed over: the person reads their own journal in the same lines as the other side would.
 */
import type {
  Answer,
  BodyPlace,
  Contact,
  Drawing,
  EffectRow,
  Item,
  Library,
  Line,
  Part,
  PhotoRef,
  RecordingRef,
  SkillPick,
  SmallStep,
} from "../api/types.ts";
import { lasting } from "./media.ts";

/** What an answer is told apart by: the words there are to pick, and what an effect is called. */
export interface Known {
  words: ReadonlySet<string>;
  effects: ReadonlyMap<string, string>;
}

export function knownIn(library: Library): Known {
  return {
    words: new Set(Object.values(library.emotion_words).flat()),
    effects: new Map(library.effects.map(({ code, label }) => [code, label])),
  };
}

/** The lines of one answer. Without `known` every word counts as picked. */
export function linesOf(item: Item, answer: Answer, known: Known | null): Line[] {
  if ("state" in answer) return [];
  return item.parts.flatMap((part) =>
    [...valuesOf(part, answer, known)]
      .filter(([value]) => stripped(value) !== "")
      .map(([value, own]) => ({ label: part.label ?? null, value, own })),
  );
}

/** Kinds that stay with the person: what is handed over of an entry is its words. */
const STAYS: readonly Part["kind"][] = ["recordings", "drawing", "photos"];

/** The same question without what stays with the person, as the server hands it over. */
export function wordsOnly(item: Item): Item {
  return { ...item, parts: item.parts.filter((part) => !STAYS.includes(part.kind)) };
}

type Value = readonly [value: string, own: boolean];

function* valuesOf(part: Part, answer: Answer, known: Known | null): Iterable<Value> {
  const value = answer[part.name];
  if (value !== undefined) yield* saidIn(part, value, known);
  const other = answer[`${part.name}_other`];
  if ("other" in part && part.other && typeof other === "string") yield [other, true];
}

function* saidIn(part: Part, value: Answer[string], known: Known | null): Iterable<Value> {
  const label = (id: string) =>
    "options" in part ? (part.options.find((one) => one.id === id)?.label ?? id) : id;
  switch (part.kind) {
    case "text":
      yield [value as string, true];
      break;
    case "choice":
      yield [label(value as string), false];
      break;
    case "choices":
      yield [(value as string[]).map(label).join("; "), false];
      break;
    case "scale":
      yield [`${String(value)} of 10 (0 is ${part.low}, 10 is ${part.high})`, false];
      break;
    case "words": {
      const words = value as string[];
      const picked = (word: string): boolean => known?.words.has(word) ?? true;
      yield [words.filter(picked).join(", "), false];
      yield [words.filter((word) => !picked(word)).join(", "), true];
      break;
    }
    case "places":
      for (const row of value as BodyPlace[]) yield [placed(row), false];
      break;
    case "contacts":
      for (const row of value as Contact[]) yield [stripped(`${row.name} ${row.phone}`), true];
      break;
    case "step":
      yield* stepped(value as SmallStep);
      break;
    case "effects":
      for (const row of value as EffectRow[]) yield* felt(row, known);
      break;
    case "skills": {
      const skills = value as SkillPick[];
      const own = ({ skill }: SkillPick): boolean => OWN_SKILL.test(skill);
      yield [
        skills
          .filter((row) => !own(row))
          .map(titled)
          .join("; "),
        false,
      ];
      for (const row of skills.filter(own)) yield [row.title, true];
      break;
    }
    case "list":
      for (const line of value as string[]) yield [line, true];
      break;
    case "date":
      yield [value as string, false];
      break;
    case "recordings":
      for (const row of value as RecordingRef[])
        yield [captioned(`Recording, ${lasting(row.seconds)}`, row), false];
      break;
    case "drawing":
      yield [captioned("Drawing", value as Drawing), false];
      break;
    case "photos":
      for (const row of value as PhotoRef[]) yield [captioned("Photo", row), false];
      break;
    case "entries":
    case "picture":
      // What stays with the person: which entries were picked, and pictures.
      break;
  }
}

/** A skill of the person's own is an entry of theirs, where others have a name. */
const OWN_SKILL = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const titled = ({ title }: SkillPick): string => title;

function placed(row: BodyPlace): string {
  const quality = row.quality === undefined ? "" : `, ${row.quality}`;
  const strength = row.strength === undefined ? "" : `, ${row.strength} of 10`;
  return `${row.place}: ${row.kind}${quality}${strength}`;
}

const STATUS = {
  did: "did it",
  part: "did part of it",
  changed: "changed it",
  "not-today": "not today",
  dropped: "dropped it",
} as const;

function* stepped(step: SmallStep): Iterable<Value> {
  for (const name of ["what", "when", "where", "tiny"] as const) yield [step[name] ?? "", true];
  if (step.status && step.status !== "open") yield [STATUS[step.status], false];
}

const STRENGTH = { 1: "mild", 2: "medium", 3: "strong" } as const;
const TOLD = {
  yes: "told the clinic",
  no: "not told the clinic",
  "not-yet": "not yet told the clinic",
} as const;

function* felt(row: EffectRow, known: Known | null): Iterable<Value> {
  const said: string[] = [];
  if (row.strength !== undefined) said.push(STRENGTH[row.strength]);
  if (row.still !== undefined) said.push(row.still ? "still there" : "gone");
  if (row.told !== undefined) said.push(TOLD[row.told]);
  if (row.systolic !== undefined && row.diastolic !== undefined)
    said.push(`${row.systolic}/${row.diastolic}`);
  if (row.pulse !== undefined) said.push(`pulse ${row.pulse}`);
  const label = known?.effects.get(row.code) ?? row.code;
  yield [label + (said.length ? `: ${said.join(", ")}` : ""), false];
  for (const name of ["since", "helped", "note"] as const) yield [row[name] ?? "", true];
}

function captioned(what: string, { caption }: { caption?: string }): string {
  const said = stripped(caption ?? "");
  return said ? `${what}: ${said}` : what;
}

/** Without white space at either end, as the server counts it: `trim` differs in six characters. */
function stripped(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charAt(start))) start += 1;
  while (end > start && isSpace(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isSpace(char: string): boolean {
  return (
    char !== "\ufeff" && (char.trim() === "" || "\u001c\u001d\u001e\u001f\u0085".includes(char))
  );
}
