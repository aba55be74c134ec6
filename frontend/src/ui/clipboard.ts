/**
 * What lies in the clipboard for a short while only. A page may write there while it is in front,
 * in some browsers right after a touch alone: so it goes at the first moment at which it can.
 */
const MINUTE = 60_000;

let lent: { text: string; look: boolean } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Copies it. Answers whether it goes after a minute by itself, while the page is in front;
 * elsewhere it goes with the touch that calls `takeBack`. Throws where nothing may be copied.
 */
export async function lend(text: string): Promise<boolean> {
  await navigator.clipboard.writeText(text);
  clearTimeout(timer);
  timer = setTimeout(() => void takeBack(), MINUTE);
  const mine = { text, look: false };
  lent = mine;
  // Known before it is taken back: a touch does not allow a write for long. We look only where the
  // browser would not put a question about it.
  mine.look = await may("clipboard-read");
  return may("clipboard-write");
}

/** Takes it back out: now, or else whenever somebody comes back to this page. Never throws. */
export async function takeBack(): Promise<void> {
  clearTimeout(timer);
  removeEventListener("focus", again);
  const mine = lent;
  if (!mine) return;
  try {
    // Whatever was copied since is not ours to take away; where we may not look, it goes.
    const there = mine.look ? await navigator.clipboard.readText() : mine.text;
    if (there === mine.text) await navigator.clipboard.writeText("");
    if (lent === mine) lent = null;
  } catch {
    addEventListener("focus", again);
  }
}

const again = (): void => void takeBack();

async function may(what: string): Promise<boolean> {
  try {
    const asked = await navigator.permissions.query({ name: what as PermissionName });
    return asked.state === "granted";
  } catch {
    // A browser that knows no such permission wants a touch each time.
    return false;
  }
}
