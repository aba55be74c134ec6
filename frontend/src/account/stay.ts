/**
 * Whether somebody is there. What the screen asks by itself does not count for the server, so it
 * is told of keys and touches, once a minute at most; and before a session ends, somebody is told.
 * All tabs count as one.
 */
export const MINUTE = 60_000;
const WARNING = 2 * MINUTE;
const CHANNEL = "journal-stay";
/** A computer that slept is looked at again this soon. */
const BEAT = 10_000;

export interface Ends {
  /** After so long without a touch, in ms; null: never for that. */
  idle: number | null;
  /** At this moment whatever is done. */
  at: number;
}

export interface Staying {
  ends: Ends;
  /** Tells the server that somebody is there; answers with what ends the session then. */
  stay: () => Promise<Ends>;
  /** Two minutes are left; `last`: and nothing can be done about it. */
  onwarn: (last: boolean) => void;
  /** There is nothing to warn of any more. */
  oncalm: () => void;
  /** The session should have ended by now. */
  onover: () => void;
}

export class Stay {
  #ends: Ends;
  readonly #with: Staying;
  readonly #clock: () => number;
  /** When the server was last told, by any tab. */
  #told: number;
  #warned: "idle" | "last" | null = null;
  /** Somebody has read that nothing can be done. */
  #known = false;
  #over = false;
  #telling = false;

  constructor(staying: Staying, clock: () => number = Date.now) {
    this.#with = staying;
    this.#ends = staying.ends;
    this.#clock = clock;
    this.#told = clock();
  }

  /** A key, a touch, a turn of the wheel. While it is asked, only its button counts. */
  touched(): void {
    const soon = this.#ends.idle === null || this.#clock() - this.#told < MINUTE;
    if (!soon && this.#warned !== "idle") void this.stay().catch(() => undefined);
  }

  /** The question was closed in some other way than by its button: that was somebody, too. */
  closed(): void {
    if (this.#warned === "idle") void this.stay().catch(() => undefined);
  }

  /** Another tab has told the server. */
  heard(at: number): void {
    this.#told = Math.max(this.#told, at);
    this.look();
  }

  /** Tells the server now. */
  async stay(): Promise<void> {
    if (this.#telling) return;
    this.#telling = true;
    try {
      const at = this.#clock();
      this.#ends = await this.#with.stay();
      this.#told = at;
      this.#over = false;
      this.look();
    } finally {
      this.#telling = false;
    }
  }

  /** Looks at the clock; call it every few seconds. */
  look(): void {
    const now = this.#clock();
    const idle = this.#ends.idle === null ? Infinity : this.#told + this.#ends.idle;
    const end = Math.min(idle, this.#ends.at);
    if (now >= end) {
      this.#calm();
      if (!this.#over) this.#with.onover();
      this.#over = true;
    } else if (now < end - WARNING) this.#calm();
    else this.#warn(idle < this.#ends.at ? "idle" : "last");
  }

  #warn(why: "idle" | "last"): void {
    if (this.#warned === why || (why === "last" && this.#known)) return;
    this.#warned = why;
    this.#known ||= why === "last";
    this.#with.onwarn(why === "last");
  }

  #calm(): void {
    if (this.#warned === null) return;
    this.#warned = null;
    this.#with.oncalm();
  }
}

export interface Watching {
  stay: () => Promise<void>;
  closed: () => void;
  stop: () => void;
}

/** Looks and listens on this page until it is told to stop. */
export function watchStay(staying: Staying): Watching {
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);
  const stay = new Stay({
    ...staying,
    stay: async () => {
      const at = Date.now();
      const ends = await staying.stay();
      channel?.postMessage(at);
      return ends;
    },
  });
  const look = () => stay.look();
  const touched = () => stay.touched();
  if (channel) channel.onmessage = ({ data }) => stay.heard(Number(data));
  const kinds = ["pointerdown", "keydown", "wheel", "touchmove"] as const;
  for (const kind of kinds) addEventListener(kind, touched, { passive: true, capture: true });
  document.addEventListener("visibilitychange", look);
  const timer = setInterval(look, BEAT);
  return {
    stay: () => stay.stay(),
    closed: () => stay.closed(),
    stop: () => {
      clearInterval(timer);
      channel?.close();
      document.removeEventListener("visibilitychange", look);
      for (const kind of kinds) removeEventListener(kind, touched, { capture: true });
    },
  };
}
