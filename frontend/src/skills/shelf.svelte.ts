/**
 * All skills there are for this person: those of the library and their own, with what they said
 * about them. Signed out there is the library alone.
 */
import { onChange } from "../data/changes.ts";
import { type Prefs, prefs, setPrefs } from "../data/prefs.ts";
import {
  fits,
  helpfulness,
  suggested,
  type Use,
  usesFor,
  usesOf,
  worsened,
} from "../domain/practice.ts";
import { entries } from "../patient/entries.svelte.ts";
import { frame } from "../patient/frame.svelte.ts";
import { look } from "../patient/look.svelte.ts";
import { skills as text } from "../text/skills.ts";
import { shuffled } from "../ui/shuffled.ts";
import { fromEntry, fromLibrary, OWN, type Usable } from "./own.ts";
import { steadyList } from "./steady.ts";
import { visit } from "./visit.ts";

type Wishes = Pick<Prefs, "starred" | "hidden">;

/** Skills of the person's own stand under the last of them. */
const NEEDS = Object.keys(text.need);
const NONE: Wishes = { starred: [], hidden: [] };

class Shelf {
  #mine: ReturnType<typeof entries>;
  #wishes: Wishes | null = $state.raw(null);

  constructor() {
    this.#mine = entries();
  }

  /**
   * Whether the person's own entries and wishes have been read. Before that nothing is shown that
   * they would push away from under a finger.
   */
  known = $derived.by(() => this.#mine.known && this.#wishes !== null);
  steady = $derived.by(() => steadyList(this.#mine.here));

  own = $derived.by(() => this.#mine.here.filter(({ guide }) => guide === OWN).map(fromEntry));
  all: readonly Usable[] = $derived.by(() => [
    ...(frame.library?.skills ?? []).map(fromLibrary),
    ...this.own,
  ]);
  uses: readonly Use[] = $derived.by(() => usesOf(this.#mine.here));
  worse = $derived(worsened(this.uses));
  /** In the hours after a dose, what fits those hours. */
  here = $derived(this.all.filter((skill) => skill.dose_day || !look.careful));
  /** In the order in which the words have them; a need the words do not know comes last. */
  needs = $derived.by(() => {
    const found = new Set(this.here.map((skill) => skill.need ?? "own"));
    return [...new Set([...NEEDS, ...found])].filter((need) => found.has(need));
  });
  starred = $derived(this.here.filter((skill) => this.isStarred(skill.id)));

  find(id: string): Usable | undefined {
    return this.all.find((skill) => skill.id === id);
  }

  /** All that belongs to a need, in the order of the library. */
  of(need: string): Usable[] {
    if (need === "own") return this.here.filter((skill) => skill.own);
    return this.here.filter((skill) => fits(skill, need, this.uses));
  }

  /** What is suggested for a need, best first; the same order for the whole visit. */
  suggested(need: string): Usable[] {
    return suggested(shuffled(this.of(need), visit.seed + need), this.uses, {
      need,
      needs: NEEDS,
      ...(this.#wishes ?? NONE),
    });
  }

  /** Whether the person said that it helped with this. */
  hasHelped(id: string, need: string): boolean {
    return helpfulness(usesFor(this.uses, need, NEEDS), id) > 0;
  }

  isStarred(id: string): boolean {
    return this.#wishes?.starred.includes(id) ?? false;
  }

  isHidden(id: string): boolean {
    return this.#wishes?.hidden.includes(id) ?? false;
  }

  /** Shown when it is kept, and not before: a page that is left at once must not have said so. */
  async toggle(wish: keyof Wishes, id: string): Promise<void> {
    await setPrefs((now) => {
      const others = now[wish].filter((each) => each !== id);
      return { [wish]: others.length < now[wish].length ? others : [...others, id] };
    });
  }

  async load(): Promise<void> {
    // Nobody is signed in: nobody has wishes.
    this.#wishes = await prefs().catch(() => this.#wishes ?? NONE);
  }
}

/** Call it while a component is made; it follows changes until the component goes. */
export function shelf(): Shelf {
  const found = new Shelf();
  $effect(() => {
    void found.load();
    return onChange(({ kind }) => {
      if (kind === "prefs" || kind === "account") void found.load();
    });
  });
  return found;
}
