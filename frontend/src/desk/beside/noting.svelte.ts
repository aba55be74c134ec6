/**
 * A therapist's own notes about one patient, while the page is open. What is typed goes to the
 * server within a second of a pause; this computer keeps none of it.
 */
import type { TherapistNote } from "../../api/types.ts";

export interface NotesServer {
  notes: (patient: string) => Promise<TherapistNote[]>;
  keepNote: (patient: string, id: string, text: string, last?: boolean) => Promise<TherapistNote>;
  removeNote: (patient: string, id: string) => Promise<void>;
}

export const PAUSE = 800;
export const MOST = 20_000;

export class Noting {
  /** What is in the field now. */
  text = $state("");
  id: string = $state.raw(crypto.randomUUID());
  /** When the server last had all of it. */
  savedAt: string | null = $state.raw(null);
  failed = $state(false);
  earlier: TherapistNote[] = $state.raw([]);
  state: "opening" | "open" | "trouble" = $state("opening");

  readonly #patient: string;
  readonly #server: NotesServer;
  #sent = $state("");
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(patient: string, server: NotesServer) {
    this.#patient = patient;
    this.#server = server;
  }

  get unsaved(): boolean {
    return this.text.trim() !== this.#sent.trim();
  }

  async load(): Promise<void> {
    this.state = "opening";
    try {
      this.earlier = await this.#server.notes(this.#patient);
      this.state = "open";
    } catch {
      this.state = "trouble";
    }
  }

  typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), PAUSE);
  }

  /** One after the other, so that an older text never arrives last. */
  save(last = false): Promise<void> {
    clearTimeout(this.#timer);
    const write = () => this.#write(last);
    this.#saving = last ? write() : this.#saving.then(write);
    return this.#saving;
  }

  /** The note in the field is done; a blank one follows. */
  async another(): Promise<void> {
    await this.save();
    if (this.failed || this.savedAt === null) return;
    this.earlier = [
      { id: this.id, text: this.#sent, made_at: this.savedAt, changed_at: this.savedAt },
      ...this.earlier,
    ];
    this.id = crypto.randomUUID();
    this.text = this.#sent = "";
    this.savedAt = null;
  }

  async remove(id: string): Promise<void> {
    await this.#server.removeNote(this.#patient, id);
    this.earlier = this.earlier.filter((note) => note.id !== id);
  }

  async #write(last: boolean): Promise<void> {
    const { id, text } = this;
    if (text.trim() === this.#sent.trim()) return;
    try {
      if (text.trim()) {
        const kept = await this.#server.keepNote(this.#patient, id, text, last);
        this.savedAt = kept.changed_at;
      } else {
        await this.#server.removeNote(this.#patient, id);
        this.savedAt = null;
      }
      this.#sent = text;
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }
}
