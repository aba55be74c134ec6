/**
 * One guide, skill or text being changed: what is typed, the edition it was typed over, and the
 * saving of it. Whatever the server or the network does, the words on the screen stay.
 */
import { Trouble } from "../../api/trouble.ts";
import type { Problem } from "../../api/types.ts";
import { keep, readKept } from "./kept.ts";
import type { Advice, Made } from "./shapes.ts";

export interface DraftServer<T> {
  put: (value: T, edition: number) => Promise<Made>;
  /** What stands on the server now. */
  latest: () => Promise<{ edition: number; value: T }>;
}

interface Begin<T> {
  account: string;
  /** "guides/refl": under which name the unsaved changes are kept. */
  what: string;
  edition: number;
  value: T;
  tidy: (value: T) => T;
  server: DraftServer<T>;
  onsignedout: () => void;
}

export type Phase = "idle" | "saving" | "saved" | "offline" | "refused" | "trouble";

/** Equal as JSON, whatever the order of the names. */
const same = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder);

function inOrder(_name: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export class Draft<T> {
  value: T;
  /** The edition these words were made from; 0 for something new. */
  edition: number = $state(0);
  phase: Phase = $state("idle");
  /** Why the server refused, by the pointer of the field: "/items/3/text". Gone once it changes. */
  readonly problems: Readonly<Record<string, string>>;
  advice: readonly Advice[] = $state.raw([]);
  /** What a colleague saved meanwhile. */
  theirs: { edition: number; value: T } | null = $state.raw(null);
  /** Unsaved changes of an earlier visit were found and stand here again. */
  found: boolean = $state(false);

  readonly dirty: boolean;
  #refused: { value: T; problems: Record<string, string> } | null = $state.raw(null);
  #base: T;
  #sent: { value: T; edition: number } | null = null;
  #saving: Promise<boolean> | null = null;
  readonly #begin: Begin<T>;

  constructor(begin: Begin<T>) {
    this.#begin = begin;
    const kept = readKept<T>(begin.account, begin.what);
    // Changes to what is no longer the newest edition come back too: saving then says so.
    this.found = kept !== null && !same(kept.value, begin.value);
    this.value = $state(structuredClone(kept?.value ?? begin.value));
    this.edition = kept?.edition ?? begin.edition;
    this.#base = $state.raw(begin.value);
    this.problems = $derived(this.#standing());
    this.dirty = $derived(!same(this.#tidied(), begin.tidy(this.#base)));
  }

  #standing(): Record<string, string> {
    const refused = this.#refused;
    if (!refused) return {};
    const now = this.#tidied();
    const stands = ([where]: [string, string]): boolean =>
      same(at(now, where), at(refused.value, where));
    return Object.fromEntries(Object.entries(refused.problems).filter(stands));
  }

  /** Rows have moved: what the server said about them no longer points at them. */
  forgive(): void {
    this.#refused = null;
  }

  #tidied(): T {
    return this.#begin.tidy($state.snapshot(this.value) as T);
  }

  /** Called after every change. */
  touched(): void {
    const settled = this.phase === "refused" && Object.keys(this.problems).length === 0;
    if (this.phase === "saved" || settled) this.phase = "idle";
    const { account, what } = this.#begin;
    const kept = { edition: this.edition, value: $state.snapshot(this.value) as T };
    keep(account, what, this.dirty ? kept : null);
  }

  /** Back to what was saved. */
  drop(): void {
    this.value = structuredClone($state.snapshot(this.#base) as T);
    this.found = false;
    this.#refused = null;
    this.phase = "idle";
    keep(this.#begin.account, this.#begin.what, null);
  }

  /** Saves once, however often it is tapped. Answers whether it stands on the server. */
  save(): Promise<boolean> {
    this.#saving ??= this.#save().finally(() => (this.#saving = null));
    return this.#saving;
  }

  async #save(): Promise<boolean> {
    const value = this.#tidied();
    const edition = this.edition;
    this.phase = "saving";
    this.#refused = null;
    try {
      const saved = await this.#begin.server.put(value, edition);
      this.#stands(value, saved.edition);
      this.advice = saved.advice;
      return true;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      return await this.#failed(error, { value, edition });
    }
  }

  #stands(value: T, edition: number): void {
    this.#base = value;
    this.edition = edition;
    this.#sent = null;
    this.theirs = null;
    this.found = false;
    this.phase = "saved";
    const typedSince = this.dirty ? { edition, value: $state.snapshot(this.value) as T } : null;
    keep(this.#begin.account, this.#begin.what, typedSince);
  }

  async #failed(error: Trouble, sent: { value: T; edition: number }): Promise<boolean> {
    if (error.status === 409) return this.#behind(sent);
    if (error.kind === "offline") this.#sent = sent;
    this.phase = error.kind === "offline" ? "offline" : "trouble";
    if (error.kind === "signed-out") this.#begin.onsignedout();
    if (error.status === 422) {
      this.phase = "refused";
      this.#refused = { value: sent.value, problems: byField(error.problem) };
    }
    return false;
  }

  /** A newer edition stands. It is a colleague's, or our own whose answer was lost on the way. */
  async #behind(sent: { value: T; edition: number }): Promise<boolean> {
    try {
      const latest = await this.#begin.server.latest();
      const ours = this.#sent;
      if (ours && latest.edition > ours.edition && same(latest.value, ours.value)) {
        this.#stands(ours.value, latest.edition);
        return same(sent.value, ours.value) || (await this.#save());
      }
      this.theirs = latest;
      this.phase = "idle";
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      this.phase = error.kind === "offline" ? "offline" : "trouble";
      if (error.kind === "signed-out") this.#begin.onsignedout();
    }
    return false;
  }

  /** The next save comes after the colleague's edition. */
  overTheirs(): void {
    if (!this.theirs) return;
    this.#base = this.theirs.value;
    this.edition = this.theirs.edition;
    this.theirs = null;
  }

  /** Goes on from the colleague's words; these here are dropped. */
  takeTheirs(): void {
    if (!this.theirs) return;
    this.#base = this.theirs.value;
    this.edition = this.theirs.edition;
    this.theirs = null;
    this.drop();
  }
}

/** What the server said about each field. */
function byField(problem: Problem | null): Record<string, string> {
  const errors = (problem as { errors?: { pointer: string; detail: string }[] } | null)?.errors;
  return Object.fromEntries((errors ?? []).map(({ pointer, detail }) => [pointer, detail]));
}

/** What a pointer points at. */
export function at(value: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | null)?.[name], value);
}
