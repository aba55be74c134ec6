/** The kinds of things in words, from the library on the phone. */
import type { Category } from "../api/types.ts";
import { library } from "../data/library.ts";

export interface Kind {
  id: Category;
  label: string;
}

let kinds: readonly Kind[] = $state.raw([]);
let asked = false;

/** All kinds, in the library's order. Empty until it has answered. */
export function allKinds(): readonly Kind[] {
  if (!asked) {
    asked = true;
    library().then(
      ({ categories }) => (kinds = categories),
      () => (asked = false),
    );
  }
  return kinds;
}

/** "reflections", "check-ins": as they stand inside a sentence, in the order given. */
export function categoryNames(ids: readonly Category[]): string[] {
  return ids.map((id) => inSentence(allKinds().find((kind) => kind.id === id)?.label ?? id));
}

function inSentence(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}
