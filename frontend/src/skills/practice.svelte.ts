/**
 * One use of one skill: where the person is in it, and what they said. The first thing that is
 * said or done makes an entry of the guide `practice`; opening a skill and leaving makes none.
 * Without a guide (nobody is signed in) there are the steps alone, and nothing is kept.
 */
import type { Answer, Guide, Item, PartValue } from "../api/types.ts";
import type { LocalEntry } from "../data/entries.ts";
import { type Felt, useOf } from "../domain/practice.ts";
import { valueOf, withPart } from "../patient/answer.ts";
import { asksForHelp } from "../patient/offer.ts";
import { Writing } from "../patient/writing.svelte.ts";
import type { Usable } from "./own.ts";

export const PRACTICE = "practice";

/** A number is a step, from 1. */
export type At = "card" | "before" | number | "after" | "felt" | "end";

export class Practice {
  readonly skill: Usable;
  readonly need: string | null;
  at: At = $state("card");
  /** The way out was taken before the last step. */
  stopped = $state(false);
  #guide: Guide | null = $state.raw(null);
  #writing: Writing | null = $state.raw(null);

  constructor(skill: Usable, need: string | null, guide: Guide | null) {
    this.skill = skill;
    this.need = need;
    this.#guide = guide;
  }

  get logs(): boolean {
    return this.#guide !== null;
  }

  /** A skill that is a name alone is done in one step. */
  get steps(): readonly string[] {
    return this.skill.steps.length ? this.skill.steps : [this.skill.title];
  }

  /** The entry as it is stored; null while nothing was said. */
  get stored(): LocalEntry | null {
    return this.#writing?.stored ?? null;
  }

  get trouble(): Writing["trouble"] {
    return this.#writing?.trouble ?? null;
  }

  get unkept(): boolean {
    return this.#writing?.unkept ?? false;
  }

  get felt(): Felt | null {
    const answers = this.#writing?.answers ?? {};
    return useOf({ id: "", guide: PRACTICE, occurred_at: "", answers })?.felt ?? null;
  }

  /** At Done, when it is kept: whether the words of the note ask for the Help card. */
  async asks(): Promise<boolean> {
    if (!this.#guide || !this.#writing) return false;
    return asksForHelp(this.#guide, this.#writing.answers);
  }

  item(id: string): Item | undefined {
    return this.#guide?.items.find((each) => each.id === id);
  }

  value(id: string): PartValue | undefined {
    const item = this.item(id);
    const part = item?.parts[0];
    return item && part ? valueOf(this.#writing?.answers[item.id], part.name) : undefined;
  }

  say(id: string, value: PartValue | null): void {
    const part = this.item(id)?.parts[0];
    const writing = this.#begun();
    if (!part || !writing) return;
    writing.answer(id, withPart(writing.answers[id], part.name, value));
  }

  begin(): void {
    this.#to(this.logs ? "before" : 1);
  }

  straight(): void {
    this.#to(1);
  }

  next(): void {
    const { at } = this;
    if (at === "before") this.#to(1);
    else if (at === "after") this.#to("felt");
    else if (at === "felt") this.#to("end");
    else if (typeof at === "number") {
      this.#begun();
      this.#goOn();
      this.#to(at < this.steps.length ? at + 1 : this.logs ? "after" : "end");
    }
  }

  back(): void {
    const { at } = this;
    const last = this.steps.length;
    if (at === "before") this.#to("card");
    else if (at === "after") this.#to(last);
    else if (at === "felt") this.#to("after");
    else if (at === "end") this.#to(this.logs ? "felt" : last);
    else if (typeof at === "number") this.#to(at > 1 ? at - 1 : "card");
  }

  /** The way out of any step. It is noted as what it is, and can be said otherwise after. */
  stop(): void {
    this.stopped = true;
    if (this.felt === null) this.say("practice-04", "stopped-early");
    this.#to(this.logs ? "after" : "end");
  }

  /** Somebody stopped, came back and went on: that was no stopping. */
  #goOn(): void {
    if (this.stopped && this.felt === "stopped-early") this.say("practice-04", null);
    this.stopped = false;
  }

  /** A further use, with an entry of its own. */
  async again(): Promise<void> {
    await this.close();
    this.#writing = null;
    this.stopped = false;
    this.at = "card";
  }

  /** Goes on with a use where it was, after a reload or a look at Help. */
  resume(at: At, entry: LocalEntry | null): void {
    if (entry && this.#guide) this.#writing = new Writing(this.#guide, entry);
    this.stopped = this.felt === "stopped-early";
    const gone = typeof at === "number" ? at > this.steps.length : !this.logs && at !== "end";
    this.at = gone ? "card" : at;
  }

  /** What the address says of the place, so that a reload opens it again (`placeOf`). */
  get address(): string {
    const said = [
      this.need === this.skill.need ? null : `need=${encodeURIComponent(this.need ?? "")}`,
      this.at === "card" ? null : `at=${this.at}`,
      this.stored && this.at !== "card" ? `use=${this.stored.id}` : null,
    ].filter((each) => each !== null);
    return said.length ? `?${said.join("&")}` : "";
  }

  async send(): Promise<void> {
    // A log is whole at any moment: it is never offered as something left open.
    await this.#writing?.send(true);
  }

  async close(): Promise<void> {
    await this.send();
    await this.#writing?.close();
  }

  #to(at: At): void {
    this.at = at;
    void this.send();
  }

  #begun(): Writing | null {
    if (this.#writing || !this.#guide) return this.#writing;
    const writing = new Writing(this.#guide);
    writing.answer("practice-01", this.#which());
    this.#writing = writing;
    void this.send();
    return writing;
  }

  #which(): Answer {
    const { id, title } = this.skill;
    const parts = this.item("practice-01")?.parts ?? [];
    const skill = parts.find((part) => part.kind === "skills")?.name ?? "skill";
    const need = parts.find((part) => part.kind === "text")?.name ?? "need";
    const which: Answer = { [skill]: [{ skill: id, title }] };
    return this.need === null ? which : { ...which, [need]: this.need };
  }
}

/** The place in the address, so that a reload opens it again. */
export function placeOf(query: URLSearchParams): At {
  const at = query.get("at") ?? "card";
  if (["before", "after", "felt", "end"].includes(at)) return at as At;
  return /^[1-9]\d?$/.test(at) ? Number(at) : "card";
}
