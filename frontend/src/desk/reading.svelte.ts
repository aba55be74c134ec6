/**
 * One patient's page while it is open: the words, what is new in them, and the pulse that lets
 * them go. It lives in memory and nowhere else, and ends with the page.
 */
import type { Mark, News, Page } from "../api/types.ts";
import { kept } from "../page/kept.ts";
import { heartbeat, type Heartbeat } from "./heartbeat.ts";
import { isTrouble } from "./server.ts";

export interface ReadingServer {
  patientPage: (id: string) => Promise<Page>;
  patientNew: (id: string) => Promise<News>;
}

/** Only `open` has words, here and on the screen. */
export type ReadingState = "opening" | "open" | "silent" | "gone" | "trouble";

export class Reading {
  state: ReadingState = $state("opening");
  page: Page | null = $state.raw(null);
  fresh: readonly string[] = $state.raw([]);
  /** Something readable is not on this page: it was handed over since. */
  more = $state(false);
  /** Out of sight, or back and not yet told by the server that the words may stand. */
  covered = $state(false);
  silentSince: number | null = $state.raw(null);

  readonly #patient: string;
  readonly #server: ReadingServer;
  readonly #onsignedout: () => void;
  #pulse: Heartbeat | null = null;
  #closed = false;
  #loads = 0;

  constructor(patient: string, server: ReadingServer, onsignedout: () => void) {
    this.#patient = patient;
    this.#server = server;
    this.#onsignedout = onsignedout;
    document.addEventListener("visibilitychange", this.#look);
  }

  /** Fetches the words. The server writes a receipt for it, so somebody has to be reading. */
  async load(): Promise<void> {
    const mine = (this.#loads += 1);
    const before = this.state;
    if (this.page === null) this.state = "opening";
    try {
      // What is new is asked first: reading makes it old.
      const news = await this.#server.patientNew(this.#patient);
      const page = await this.#server.patientPage(this.#patient);
      if (this.#closed || mine !== this.#loads) return;
      this.page = page;
      this.fresh = news.new;
      this.more = false;
      this.state = "open";
      this.#pulse ??= heartbeat({
        ask: () => this.#ask(),
        onsilence: () => this.#silence(),
      });
    } catch (error) {
      if (!this.#closed && !this.#understood(error))
        this.#drop(before === "silent" ? "silent" : "trouble");
    }
  }

  /** Something may have changed: ask at once which words may stand. */
  look(): void {
    this.#pulse?.now();
  }

  /** Sets a mark on these, or takes it away, as the server was told. */
  mark(excerpts: readonly string[], mark: Mark, at: string | null): void {
    if (this.page === null) return;
    this.page = {
      ...this.page,
      excerpts: this.page.excerpts.map((one) =>
        excerpts.includes(one.id) ? { ...one, marks: { ...one.marks, [mark]: at } } : one,
      ),
    };
  }

  close(): void {
    this.#closed = true;
    this.#pulse?.stop();
    document.removeEventListener("visibilitychange", this.#look);
    this.#drop("gone");
  }

  async #ask(): Promise<void> {
    const loads = this.#loads;
    let news: News;
    try {
      news = await this.#server.patientNew(this.#patient);
    } catch (error) {
      // "There is nothing here" is an answer: only silence is a failure.
      if (this.#closed || this.#understood(error)) return;
      throw error;
    }
    // A page fetched meanwhile knows more than this answer does.
    if (this.#closed || loads !== this.#loads) return;
    this.covered = document.visibilityState === "hidden";
    if (this.state === "silent" && !this.covered) void this.load();
    else if (this.page !== null) this.#keep(this.page, news.readable);
  }

  #keep(page: Page, readable: readonly string[]): void {
    this.page = kept(page, readable);
    this.more = readable.length > this.page.excerpts.length;
  }

  #silence(): void {
    this.silentSince = Date.now();
    this.#drop("silent");
  }

  readonly #look = (): void => {
    if (document.visibilityState === "hidden") this.covered = true;
  };

  /** True when the failure is itself the server's word that nothing may be shown. */
  #understood(error: unknown): boolean {
    if (isTrouble(error, "signed-out")) {
      this.#drop("gone");
      this.#onsignedout();
      return true;
    }
    if (!isTrouble(error, "problem", 404) && !isTrouble(error, "problem", 403)) return false;
    this.#drop("gone");
    return true;
  }

  #drop(state: ReadingState): void {
    this.page = null;
    this.fresh = [];
    this.more = false;
    this.state = state;
  }
}
