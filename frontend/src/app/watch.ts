/**
 * What goes on behind the screens: when the lock falls by itself, what goes to somebody once it is
 * saved, and the gestures that hide everything. All tabs count as one:
 * a touch in any of them is a touch.
 */
import { onChange } from "../data/changes.ts";
import { lockRow } from "../data/locked.ts";
import { sync } from "../sync/engine.ts";
import { startPromises } from "../sync/standing.ts";
import { lock } from "./lock.svelte.ts";
import { putAway } from "./putaway.ts";
import { startSigned } from "./signed.ts";
import { beforeUnveil, startVeil } from "./veil.ts";

const MINUTE = 60_000;
const AWAY = 30_000;
const AWAY_SOFT = 2 * MINUTE;
/** In the calm hours idling takes this much longer to lock. */
const KINDER = 3;
const BEAT = 5_000;
/** How often an open page asks what is new, such as a session that the clinic moved. */
const NEWS = 5 * MINUTE;
const CHANNEL = "journal-here";

let minutes = 2;
let touched = Date.now();
/** When some tab was last known to be looked at. */
let seen = Date.now();
/** Somebody came back after too long. A suspended page has no timer that could have locked it. */
let late = false;
let told = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let channel: BroadcastChannel | null = null;

const visible = (): boolean => document.visibilityState === "visible";
const idle = (): number => minutes * MINUTE * (lock.soft ? KINDER : 1);
const away = (): number => (lock.soft ? AWAY_SOFT : AWAY);

function touch(): void {
  touched = seen = Date.now();
  if (touched - told < BEAT) return;
  told = touched;
  channel?.postMessage("touched");
}

/** How long until the lock falls if nothing happens; 0 when it is time. */
function left(): number {
  const now = Date.now();
  const untilIdle = touched + idle() - now;
  const untilAway = visible() ? Infinity : seen + away() - now;
  return Math.max(0, Math.min(lock.resting && visible() ? Infinity : untilIdle, untilAway));
}

function arm(): void {
  clearTimeout(timer);
  if (lock.state !== "open") return;
  if (visible()) {
    seen = Date.now();
    channel?.postMessage("seen");
  }
  const wait = late ? 0 : left();
  if (wait === 0) void lock.now();
  else timer = setTimeout(arm, Math.min(wait, BEAT));
}

async function follow(): Promise<void> {
  await lock.look();
  minutes = (await lockRow().catch(() => null))?.minutes ?? minutes;
  touched = seen = Date.now();
  late = false;
  arm();
}

/** Only while somebody is there: asking would keep a session alive that nobody uses. */
function news(): void {
  if (visible() && Date.now() - touched < 2 * NEWS) void sync();
}

/** Once per page. */
export function startWatch(): void {
  startPromises();
  startSigned();
  if (typeof BroadcastChannel !== "undefined") {
    channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }) => {
      seen = Date.now();
      if (data === "touched") touched = seen;
    };
  }
  for (const kind of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) {
    addEventListener(kind, touch, { passive: true, capture: true });
  }
  // Coming back after too long: the lock falls before anything shows.
  beforeUnveil(async () => {
    if (lock.state === "open" && (late || left() === 0)) await lock.now();
    arm();
  });
  document.addEventListener("visibilitychange", () => {
    if (visible()) late = Date.now() >= seen + away();
    else seen = Date.now();
    arm();
  });
  onChange(({ kind }) => {
    if (kind === "lock") void follow();
  });
  setInterval(news, NEWS);
  startVeil();
  void follow();
  gestures();
}

// ---------------------------------------------------------------- hiding

const TIMES = 3;
const SOON = 1_500;
const HOLD = 700;
const STILL = 14;

/** Escape three times, or two fingers held still. The button in the corner does the same. */
function gestures(): void {
  let escapes: number[] = [];
  addEventListener(
    "keydown",
    ({ key, repeat }) => {
      if (key !== "Escape" || repeat) return;
      const now = Date.now();
      escapes = [...escapes.filter((at) => now - at < SOON), now];
      if (escapes.length < TIMES) return;
      escapes = [];
      void putAway({ hide: true });
    },
    { capture: true },
  );

  let held: ReturnType<typeof setTimeout> | undefined;
  let from: [number, number][] = [];
  const where = ({ touches }: TouchEvent) =>
    [...touches].map(({ clientX, clientY }): [number, number] => [clientX, clientY]);
  const let_go = () => clearTimeout(held);
  addEventListener(
    "touchstart",
    (event) => {
      let_go();
      from = where(event);
      if (from.length === 2) held = setTimeout(() => void putAway({ hide: true }), HOLD);
    },
    { passive: true },
  );
  addEventListener(
    "touchmove",
    (event) => {
      const moved = where(event).some(([x, y], at) => {
        const [x0, y0] = from[at] ?? [x, y];
        return Math.hypot(x - x0, y - y0) > STILL;
      });
      if (moved) let_go();
    },
    { passive: true },
  );
  for (const kind of ["touchend", "touchcancel"] as const) addEventListener(kind, let_go);
}
