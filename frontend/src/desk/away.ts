/**
 * Somebody has left this window alone: after two minutes without a key or a touch, what is on it
 * is covered. Whoever comes back uncovers it; the session's own end is the server's.
 */
const ALONE = 120_000;
const TICK = 1_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchmove"] as const;

/** Calls back when that is so, once each time; returns the way to stop. */
export function watchAway(onaway: () => void, clock: () => number = Date.now): () => void {
  let touched = clock();
  let away = false;
  const touch = () => {
    touched = clock();
    away = false;
  };
  const look = () => {
    if (away || clock() - touched < ALONE) return;
    away = true;
    onaway();
  };
  const timer = setInterval(look, TICK);
  for (const sign of SIGNS) addEventListener(sign, touch, { passive: true, capture: true });
  return () => {
    clearInterval(timer);
    for (const sign of SIGNS) removeEventListener(sign, touch, { capture: true });
  };
}
