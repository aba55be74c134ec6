/**
 * What a search found, for as long as it may be shown. Anything may have been taken back since:
 * with every beat, and at every word of the server, what is no longer readable goes.
 */
import type { Found, News } from "../../api/types.ts";
import { heartbeat, type Heartbeat } from "../heartbeat.ts";
import { isTrouble } from "../server.ts";

export interface SeekServer {
  search: (text: string) => Promise<Found[]>;
  patientNew: (id: string) => Promise<News>;
}

export class Finding {
  state: "idle" | "searching" | "found" | "silent" | "failed" = $state("idle");
  found: readonly Found[] = $state.raw([]);
  /** Out of sight, or back and not yet told by the server that the words may stand. */
  covered = $state(false);

  readonly #server: SeekServer;
  readonly #onsignedout: () => void;
  #pulse: Heartbeat | null = null;
  #searches = 0;

  constructor(server: SeekServer, onsignedout: () => void) {
    this.#server = server;
    this.#onsignedout = onsignedout;
    document.addEventListener("visibilitychange", this.#look);
  }

  async search(text: string): Promise<void> {
    const mine = (this.#searches += 1);
    this.found = [];
    this.state = "searching";
    try {
      const found = await this.#server.search(text);
      if (mine !== this.#searches) return;
      this.found = found;
      this.state = "found";
      this.#pulse ??= heartbeat({
        ask: () => this.#ask(),
        onsilence: () => this.#drop("silent"),
      });
    } catch (error) {
      if (mine !== this.#searches) return;
      this.#drop("failed");
      if (isTrouble(error, "signed-out")) this.#onsignedout();
    }
  }

  /** Something may have changed: ask at once which words may stand. */
  look(): void {
    this.#pulse?.now();
  }

  close(): void {
    this.#searches += 1;
    this.#pulse?.stop();
    document.removeEventListener("visibilitychange", this.#look);
    this.#drop("idle");
  }

  async #ask(): Promise<void> {
    const mine = this.#searches;
    const people = this.found.map(({ patient }) => patient.id);
    const once = people.filter((id, place) => people.indexOf(id) === place);
    const readable = (await Promise.all(once.map((id) => this.#readable(id)))).flat();
    if (mine !== this.#searches) return;
    this.covered = document.visibilityState === "hidden";
    this.found = this.found.filter(({ excerpt }) => readable.includes(excerpt));
  }

  async #readable(patient: string): Promise<string[]> {
    try {
      return (await this.#server.patientNew(patient)).readable;
    } catch (error) {
      if (isTrouble(error, "signed-out")) {
        this.#drop("idle");
        this.#onsignedout();
        return [];
      }
      // "There is nothing here" is an answer: only silence is a failure.
      if (isTrouble(error, "problem", 404) || isTrouble(error, "problem", 403)) return [];
      throw error;
    }
  }

  readonly #look = (): void => {
    if (document.visibilityState === "hidden") this.covered = true;
  };

  #drop(state: Finding["state"]): void {
    this.found = [];
    this.state = state;
  }
}
