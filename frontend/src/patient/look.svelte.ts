/**
 * How the app looks: as the phone does, light, dark, or calm. The calm screen comes by itself in
 * the hours after a dose, from the care plan on this phone; one tap leaves it and one tap, with or
 * without a plan, enters it. The choice belongs to the phone and works offline and signed out.
 */
import type { Care, DosingSession } from "../api/types.ts";
import { softNow } from "../domain/stage.ts";

export const LOOKS = ["auto", "light", "dark", "soft"] as const;
export type Look = (typeof LOOKS)[number];

interface Kept {
  chosen: Look;
  /** The dosing session whose calm screen was left by hand. */
  left: string | null;
  /** Entered by hand, until this moment. */
  until: number | null;
  /** There is a lock: the app begins dim, before it is known what opens. */
  dim: boolean;
}

const KEY = "journal.look";
const NEXT_MORNING = 9;

class Appearance {
  chosen: Look = $state("auto");
  now = $state(Date.now());
  #left: string | null = $state(null);
  #until: number | null = $state(null);
  #sessions: readonly DosingSession[] = $state.raw([]);
  /** Locked, or perhaps: dim, whatever was chosen. */
  dimmed = $state(false);
  #dim = false;
  /** Somebody is signed in and their care plan is not on this phone: these may be such hours. */
  unsure = $state(false);

  constructor() {
    const kept = read();
    this.chosen = kept.chosen;
    this.#left = kept.left;
    this.#until = kept.until;
    this.dimmed = this.#dim = kept.dim;
  }

  /** The dosing session whose hours these are. Defaults stay safer here, whatever the look. */
  get hours(): DosingSession | null {
    return softNow(this.#sessions, this.now);
  }

  /** Whether the calm screen is on. */
  get soft(): boolean {
    if (this.#until !== null && this.now < this.#until) return true;
    return this.hours !== null && this.hours.id !== this.#left;
  }

  /** What stands on the page: the calm screen wins while it lasts. */
  get shown(): Look {
    if (this.soft) return "soft";
    return this.dimmed ? "dark" : this.chosen;
  }

  /** Whether big steps wait: what may be the hours after a dose, or the calm screen by choice. */
  get careful(): boolean {
    return this.unsure || this.hours !== null || this.soft;
  }

  /** `person`: whether a journal is open here. Without one there is nothing to be careful with. */
  follow(care: Care | null, person = false): void {
    this.unsure = person && care === null;
    this.#sessions = care?.dosing_sessions ?? [];
    this.now = Date.now();
  }

  /** `lock`: whether there is one; `shut`: whether it is shut now. */
  dim(lock: boolean, shut: boolean): void {
    this.dimmed = shut;
    if (lock === this.#dim) return;
    this.#dim = lock;
    this.#keep();
  }

  choose(look: Look): void {
    this.chosen = look;
    this.#keep();
  }

  /** The calm screen until the next morning, by the person's own word. */
  enter(): void {
    this.#until = nextMorning(new Date());
    this.#left = null;
    this.#keep();
  }

  leave(): void {
    this.#until = null;
    this.#left = this.hours?.id ?? null;
    this.#keep();
  }

  #keep(): void {
    const kept: Kept = {
      chosen: this.chosen,
      left: this.#left,
      until: this.#until,
      dim: this.#dim,
    };
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // A browser without storage still shows the look, until it is closed.
    }
  }
}

function nextMorning(now: Date): number {
  const days = now.getHours() < NEXT_MORNING ? 0 : 1;
  const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, NEXT_MORNING);
  return date.getTime();
}

function read(): Kept {
  const none: Kept = { chosen: "auto", left: null, until: null, dim: false };
  try {
    const kept = { ...none, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Kept>) };
    return LOOKS.includes(kept.chosen) ? kept : none;
  } catch {
    return none;
  }
}

export const look = new Appearance();
