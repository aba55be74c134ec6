/** Where two versions of the same text differ, each place by the words that stand there. */
export interface Difference {
  where: string;
  mine: string;
  theirs: string;
}

type Leaves = Map<string, string>;

/** Names a person can follow; what is not here is told by the place above it. */
const NAMES: Record<string, string> = {
  title: "Title",
  about: "One line about it",
  intro: "Opening words",
  closing: "Closing words",
  text: "Question",
  help: "Line under it",
  tier: "When it is asked",
  nothing: "Button for “nothing came”",
  low: "0 means",
  high: "10 means",
  label: "Answer",
  need: "What it is for",
  when: "When it may help",
  steps: "Step",
  minutes: "Minutes",
  caution: "When to be careful",
  dose_day: "In the hours after a dose",
  phone: "Number",
  hours: "Hours",
  numbers: "Number",
  after_dose: "After a dose, line",
  response_plan: "Response plan",
};

export function differences(mine: unknown, theirs: unknown): Difference[] {
  const [a, b] = [leaves(mine), leaves(theirs)];
  const places = [...new Set([...a.keys(), ...b.keys()])];
  return places
    .filter((where) => (a.get(where) ?? "") !== (b.get(where) ?? ""))
    .map((where) => ({ where, mine: a.get(where) ?? "", theirs: b.get(where) ?? "" }));
}

/** Every text in a value, under a place that stays the same when rows move. */
function leaves(value: unknown): Leaves {
  const found: Leaves = new Map();
  walk(value, "", found);
  const items = (value as { items?: { id: string; text: string }[] } | null)?.items;
  if (items) found.set("Order", items.map((item) => item.text).join(" · "));
  return found;
}

function walk(value: unknown, where: string, found: Leaves): void {
  if (Array.isArray(value)) {
    value.forEach((each: unknown, place) => walk(each, join(where, rowName(each, place)), found));
  } else if (value !== null && typeof value === "object") {
    for (const [name, each] of Object.entries(value)) {
      if (name !== "id" && name !== "name") walk(each, join(where, NAMES[name] ?? ""), found);
    }
  } else if (value !== null && value !== undefined && value !== "" && where) {
    if (typeof value !== "object") found.set(where, String(value));
  }
}

function rowName(row: unknown, place: number): string {
  const id = (row as { id?: string } | null)?.id;
  return id ?? String(place + 1);
}

const join = (above: string, below: string): string =>
  above && below ? `${above}, ${below}` : above || below;
