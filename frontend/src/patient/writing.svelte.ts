/**
 * Somebody writes: answers in memory, kept on this phone a moment after each change, on their way
 * to the server whenever a question, the page or the screen is left. Opening and leaving without
 * a word stores nothing.
 */
import type { Answer, Answers, Guide } from "../api/types.ts";
import { type Autosave, autosave } from "../app/autosave.ts";
import { beforeLock } from "../app/lock.svelte.ts";
import { onChange } from "../data/changes.ts";
import { getEntry, keep, type LocalEntry, queue, startEntry } from "../data/entries.ts";
import { notStored, type NotStored } from "../data/room.ts";
import { promise } from "../sync/standing.ts";
import { anyAnswered, withAnswer } from "./answer.ts";
import { look } from "./look.svelte.ts";
import { stayWith } from "./stay.ts";

export class Writing {
  readonly guide: Guide;
  answers: Answers = $state.raw({});
  /** The entry as it is stored, for the state line; null while nothing is. */
  stored: LocalEntry | null = $state.raw(null);
  trouble: NotStored | null = $state(null);
  #unkept = $state(false);
  /** Goes up with every change; what is kept counts up to here. */
  #changes = 0;
  #closed = false;

  /** It was not finished before: what goes to somebody as it is saved goes now or never. */
  readonly fresh: boolean;
  readonly #entry: LocalEntry;
  readonly #autosave: Autosave;
  readonly #stopListening: () => void;
  readonly #stopWaiting: () => void;
  readonly #hidden = (): void => {
    if (document.visibilityState === "hidden") void this.send();
  };

  constructor(guide: Guide, entry: LocalEntry | null = null) {
    this.guide = guide;
    this.#entry = entry ?? startEntry(guide);
    this.fresh = !this.#entry.finished;
    this.answers = this.#entry.answers;
    this.stored = entry ? { ...entry } : null;
    this.#autosave = autosave(() => this.#keep(), {
      onTrouble: (error) => (this.trouble = error === null ? null : notStored(error)),
    });
    this.#stopListening = onChange(({ kind, id }) => {
      if (kind === "entries" && (id === undefined || id === this.id)) void this.#catchUp();
    });
    document.addEventListener("visibilitychange", this.#hidden);
    this.#stopWaiting = beforeLock(async () => {
      await this.send();
      if (this.begun) stayWith(this.id);
    });
  }

  get id(): string {
    return this.#entry.id;
  }

  /** When it happened, in ms: what fixed notes count from. */
  get at(): number {
    return Date.parse(this.#entry.occurred_at);
  }

  /** Whether there is anything to keep. */
  get begun(): boolean {
    return this.stored !== null || anyAnswered(this.answers);
  }

  /** Whether the last change is in memory alone: nothing may then be said to be saved. */
  get unkept(): boolean {
    return this.#unkept && this.begun;
  }

  answer(item: string, answer: Answer | undefined): void {
    this.#changes += 1;
    this.#unkept = true;
    this.answers = withAnswer(this.answers, item, answer);
    this.#entry.answers = this.answers;
    this.#autosave.touch();
  }

  /** Remembers the question to reopen. */
  moveTo(place: number): void {
    this.#entry.place = place;
    if (this.begun) this.#autosave.touch();
  }

  /** Puts what is written on its way. Never throws: what is wrong shows in the state line. */
  async send(finished?: boolean): Promise<void> {
    if (finished !== undefined) this.#entry.finished = finished;
    await this.#autosave.flush();
    if (!this.begun || this.#autosave.gone) return;
    if (finished && this.fresh && !look.careful) {
      await promise(this.guide, this.id).catch(() => undefined);
    }
    const queueing = this.#changes;
    try {
      await queue(this.#entry);
      this.#kept(queueing);
      this.trouble = null;
      this.#show();
    } catch (error) {
      this.trouble = notStored(error);
    }
  }

  /** Lets go of the entry; what is written is on its way, or will be once this phone has room. */
  async close(): Promise<void> {
    document.removeEventListener("visibilitychange", this.#hidden);
    this.#stopWaiting();
    await this.#autosave.stop();
    this.#closed = true;
    await this.send();
    this.#stopListening();
  }

  async #keep(): Promise<void> {
    const keeping = this.#changes;
    // Nobody comes back to send what is kept later than this.
    if (this.begun) await (this.#closed ? queue : keep)(this.#entry);
    this.#kept(keeping);
    this.#show();
  }

  /** What was changed while it was written down is still in memory alone. */
  #kept(changes: number): void {
    if (changes === this.#changes) this.#unkept = false;
  }

  /** The server has answered, or another tab has written: what is ours is shown as it stands. */
  async #catchUp(): Promise<void> {
    const now = await getEntry(this.id).catch(() => null);
    if (now === null || now.dirty !== this.#entry.dirty) return;
    const { state, saved_at, problem, conflicts, revision } = now;
    Object.assign(this.#entry, { state, saved_at, problem, conflicts, revision });
    this.#show();
  }

  #show(): void {
    if (this.#entry.dirty > 0) this.stored = { ...this.#entry };
  }
}
