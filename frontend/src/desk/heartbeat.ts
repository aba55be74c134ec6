/**
 * The pulse of an open page of somebody's words. It asks the server every fifteen seconds what may
 * still be read; when nothing was heard for a minute, or the computer slept, or the window is out
 * of sight, the words go. A page that cannot know may not show.
 */
export const EVERY = 15_000;
export const SILENCE = 60_000;
const TICK = 1_000;
/** An answer this late counts as none, so that one hung request cannot stop the pulse. */
const PATIENCE = 12_000;

interface Pulse {
  /** Ask the server. Resolves on any answer of the server, rejects when there was none. */
  ask: () => Promise<void>;
  /** Nothing was heard for a minute. Called once for each silence. */
  onsilence: () => void;
}

export interface Heartbeat {
  /** Ask at once: somebody said that there is something to ask for. */
  now: () => void;
  stop: () => void;
}

export function heartbeat(pulse: Pulse, clock: () => number = Date.now): Heartbeat {
  let heard = clock();
  let asked = heard;
  let round = 0;
  let silent = false;
  let asking = false;
  let stopped = false;

  async function beat() {
    const mine = (round += 1);
    asking = true;
    asked = clock();
    try {
      await pulse.ask();
      if (stopped || mine !== round) return;
      heard = clock();
      silent = false;
    } catch {
      // No answer. The tick decides when that has lasted too long.
    } finally {
      if (mine === round) asking = false;
    }
  }

  function tick() {
    const now = clock();
    if (!silent && now - heard >= SILENCE) {
      silent = true;
      pulse.onsilence();
    }
    const due = now - asked >= EVERY || (silent && now - asked >= EVERY / 3);
    const hung = asking && now - asked < PATIENCE;
    if (due && !hung) void beat();
  }

  function seen() {
    if (document.visibilityState === "visible") {
      tick();
      if (!asking) void beat();
    }
  }

  const timer = setInterval(tick, TICK);
  document.addEventListener("visibilitychange", seen);
  return {
    now() {
      if (!stopped) void beat();
    },
    stop() {
      stopped = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", seen);
    },
  };
}
