/** Where two versions of the same text differ: each place by name, with the words of both. */
import { clinic as text } from "../../text/clinic.ts";

export interface Difference {
  where: string;
  mine: string;
  theirs: string;
}

type Leaves = Map<string, string>;
type Names = Readonly<Record<string, string>>;

const NAMES = text.differences as Names;

export function differences(mine: unknown, theirs: unknown): Difference[] {
  // Questions go by the words the colleague sees, where they have them too.
  const questions = { ...questionsOf(mine), ...questionsOf(theirs) };
  const [a, b] = [leaves(mine, questions), leaves(theirs, questions)];
  const places = [...new Set([...a.keys(), ...b.keys()])];
  return places
    .filter((where) => (a.get(where) ?? "") !== (b.get(where) ?? ""))
    .map((where) => ({ where, mine: a.get(where) ?? "", theirs: b.get(where) ?? "" }));
}

type Row = { id: string; text: string };
const itemsOf = (value: unknown): Row[] => (value as { items?: Row[] } | null)?.items ?? [];
const questionsOf = (value: unknown): Names =>
  Object.fromEntries(itemsOf(value).map(({ id, text: words }) => [id, `“${words}”`]));

/** Every text in a value, under a place that stays the same when rows move. */
function leaves(value: unknown, questions: Names): Leaves {
  const found: Leaves = new Map();
  const order = itemsOf(value).map(({ id }) => questions[id]);
  if (order.length) found.set(text.newer.order, order.join(" · "));
  walk(value, "", questions, found);
  return found;
}

function walk(value: unknown, where: string, questions: Names, found: Leaves): void {
  if (Array.isArray(value)) {
    value.forEach((each: unknown, place) => {
      walk(each, join(where, nameOf(each, place, questions)), questions, found);
    });
  } else if (value !== null && typeof value === "object") {
    for (const [name, each] of Object.entries(value)) {
      const known = NAMES[name];
      // Ids and kinds do not change; lists inside a question go by their rows.
      if (known !== undefined) walk(each, join(where, known), questions, found);
    }
  } else if (value !== null && value !== undefined && value !== "") {
    found.set(where, said(value));
  }
}

const said = (value: unknown): string => text.newer.values[String(value)] ?? String(value);

function nameOf(row: unknown, place: number, questions: Names): string {
  const id = (row as { id?: string } | null)?.id;
  return (id && questions[id]) ?? String(place + 1);
}

const join = (above: string, below: string): string =>
  above && below ? `${above}${above.endsWith("”") ? ":" : ""} ${below}` : above || below;
