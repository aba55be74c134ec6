/**
 * What is being caught on this screen: words, a drawing, recordings, photos, each piece put into
 * the drop as it comes. Nothing is begun before there is something, so opening and leaving leave
 * nothing behind.
 */
import type { Drawing } from "../api/types.ts";
import { type Autosave, autosave } from "../app/autosave.ts";
import { type Drop, NobodyYet, startDrop } from "../data/drops.ts";
import { notStored, type NotStored } from "../data/room.ts";
import { uuid7 } from "../domain/ids.ts";
import { MOST_PHOTOS, MOST_RECORDINGS } from "../domain/media.ts";
import type { Photo } from "../ui/smaller.ts";
import { Take } from "./take.svelte.ts";

type Names = Readonly<Record<"recording" | "photo" | "text" | "drawing", string>>;

interface Shot {
  media: string;
}

/** What waits under such a name is large; it comes behind what has a plain one. */
const PHOTO = "~photo:";
const SOUND = "~sound:";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export class Catching {
  words = $state("");
  drawing: Drawing | null = $state.raw(null);
  photos: Shot[] = $state.raw([]);
  captions: Record<string, string> = $state({});
  trouble: NotStored | null = $state(null);
  /** Something is kept on this phone. */
  kept = $state(false);
  #unkept = $state(false);
  /** What is to be done once the last of it is kept. */
  #late: (() => void) | null = null;

  readonly take: Take;
  readonly #onto: string | undefined;
  readonly #dropped: (drop: Drop) => void;
  #drop: Promise<Drop> | null = null;
  // Bookkeeping; nothing on the screen reads these two.
  /* eslint-disable svelte/prefer-svelte-reactivity */
  readonly #places = new Map<string, number>();
  readonly #pending = new Map<string, () => Promise<void>>();
  /* eslint-enable svelte/prefer-svelte-reactivity */
  readonly #autosave: Autosave;

  constructor(onto: string | undefined, dropped: (drop: Drop) => void = () => undefined) {
    this.#onto = onto;
    this.#dropped = dropped;
    this.#autosave = autosave(() => this.#put(), {
      sealed: true,
      onTrouble: (error) => (this.trouble = error === null ? null : notStored(error)),
    });
    this.take = new Take(
      () => this.drop(),
      () => (this.kept = true),
      (error, missed) => {
        this.trouble = notStored(error);
        if (missed) this.#wait(SOUND + uuid7(), missed);
      },
    );
  }

  /** Whether anything is there to keep. */
  get begun(): boolean {
    return this.kept || this.#unkept || this.words.trim() !== "";
  }

  /** What is kept, by name. */
  names({ recording, photo, text, drawing }: Names): string {
    const drawn = this.drawing?.strokes.length || this.drawing?.caption;
    const all = [
      ...this.take.parts.map(() => recording),
      ...(this.words.trim() ? [text] : []),
      ...(drawn ? [drawing] : []),
      ...this.photos.map(() => photo),
    ];
    return all.join(", ");
  }

  get unkept(): boolean {
    return this.#unkept;
  }

  get recordingsFull(): boolean {
    return this.take.parts.length >= MOST_RECORDINGS;
  }

  get photosFull(): boolean {
    return this.photos.length >= MOST_PHOTOS;
  }

  /** The drop, begun when it is first needed. */
  drop(): Promise<Drop> {
    this.#drop ??= startDrop(this.#onto).then((drop) => {
      this.#dropped(drop);
      return drop;
    });
    this.#drop.catch(() => (this.#drop = null));
    return this.#drop;
  }

  write(words: string): void {
    this.words = words;
    this.#later("text", (drop, n) => drop.put(n, "text", utf8(words)));
  }

  draw(drawing: Drawing): void {
    this.drawing = drawing;
    const bytes = utf8(JSON.stringify(drawing));
    this.#later("strokes", (drop, n) => drop.put(n, "strokes", bytes));
    void this.#autosave.flush();
  }

  caption(media: string, words: string): void {
    this.captions[media] = words;
    this.#later(`caption:${media}`, (drop, n) => drop.put(n, "text", utf8(words), { media }));
  }

  async photo({ blob, width, height }: Photo): Promise<void> {
    const media = uuid7();
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let n: number | undefined;
    const put = async (): Promise<void> => {
      const drop = await this.drop();
      n ??= drop.slot();
      await drop.put(n, "photo", bytes, { media, width, height });
      this.photos = [...this.photos, { media }];
      this.kept = true;
    };
    this.#wait(PHOTO + media, put);
    await this.#autosave.flush();
  }

  /**
   * Nothing more comes: resolves to true when everything that was caught is on this phone. False
   * where that is full. With `late` the screen is gone: it is tried on at the same drop, and `late`
   * is called once it is kept.
   */
  async finish(late?: () => void): Promise<boolean> {
    await this.take.stop();
    await this.#autosave.flush();
    if (this.#unkept) {
      this.#late = late ?? null;
      if (late) void this.#autosave.stop();
      return false;
    }
    await this.#over();
    return true;
  }

  async #over(): Promise<void> {
    void this.#autosave.stop();
    const drop = await this.#drop;
    this.#drop = null;
    this.#places.clear();
    await drop?.finish();
  }

  /** Each thing has one place, so that a later state takes the place of the one before. */
  #later(what: string, put: (drop: Drop, n: number) => Promise<void>): void {
    this.#wait(what, async () => {
      const drop = await this.drop();
      const n = this.#places.get(what) ?? drop.slot();
      this.#places.set(what, n);
      await put(drop, n);
    });
  }

  /** It is tried until it is stored. */
  #wait(what: string, put: () => Promise<void>): void {
    this.#unkept = true;
    this.#pending.set(what, put);
    this.#autosave.touch();
  }

  /** Stores all that waits and fits: a photo that does not holds up no word. */
  async #put(): Promise<void> {
    let trouble: unknown = null;
    let gap = false;
    // Words first: they are small, and what is large may take its time.
    const waiting = [...this.#pending].sort(([a], [b]) => Number(a > "~") - Number(b > "~"));
    for (const [what, put] of waiting) {
      const sound = what.startsWith(SOUND);
      // Sound with a gap in it cannot be heard.
      if (sound && gap) continue;
      try {
        await put();
        // What changed meanwhile has a later state waiting.
        if (this.#pending.get(what) === put) this.#pending.delete(what);
        this.kept = true;
      } catch (error) {
        trouble ??= error;
        gap ||= sound;
      }
    }
    if (this.#late && trouble instanceof NobodyYet) this.#pending.clear();
    else if (trouble) throw trouble;
    if (this.#pending.size) return;
    this.#unkept = false;
    this.trouble = null;
    const late = this.#late;
    this.#late = null;
    if (late) void this.#over().then(late, () => undefined);
  }
}
