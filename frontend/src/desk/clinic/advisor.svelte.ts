/** What the wording rules notice in what is typed, asked a moment after the last key. */
import { Trouble } from "../../api/trouble.ts";
import { clinic as text } from "../../text/clinic.ts";
import { line } from "./guide.ts";
import type { Advice } from "./shapes.ts";

const PAUSE = 700;

export class Advisor<T> {
  found: readonly Advice[] = $state.raw([]);
  readonly #check: (value: T) => Promise<Advice[]>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(check: (value: T) => Promise<Advice[]>) {
    this.#check = check;
  }

  ask(value: T): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#now(value), PAUSE);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
  }

  async #now(value: T): Promise<void> {
    const mine = (this.#asked += 1);
    try {
      const found = await this.#check(value);
      if (mine === this.#asked) this.found = found;
    } catch (error) {
      // Advice is a help, not a gate: without an answer there is none.
      if (!(error instanceof Trouble)) throw error;
    }
  }

  /** The remarks about one text of a question, a guide or a skill, each said once. */
  at(id: string, said: string | null): string[] {
    const words = line(said ?? "");
    if (words === "") return [];
    return inWords(this.found.filter((each) => isAt(each, id) && each.text === words));
  }

  /** How many texts of a question there is something to say about. */
  count(id: string): number {
    return this.found.filter((each) => isAt(each, id)).length;
  }

  /** The remarks about all of it together. */
  get whole(): string[] {
    return inWords(this.found.filter((each) => OF_THE_WHOLE.test(each.rule)));
  }
}

const OF_THE_WHOLE = /^the file |items, /;

const isAt = (each: Advice, id: string): boolean =>
  each.where === id && !OF_THE_WHOLE.test(each.rule);

function inWords(found: readonly Advice[]): string[] {
  const said = found.map((each) => text.advice.plain(each.rule));
  return said.filter((each, place) => said.indexOf(each) === place);
}
