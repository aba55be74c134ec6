/**
 * Covers the words while somebody looks elsewhere, so that they are not in the picture an app
 * switcher takes. A page cannot promise it: the picture may be taken before this is painted, and
 * nothing here can forbid a screenshot.
 */
const root = (): HTMLElement => document.documentElement;
let had: HTMLElement | null = null;
/** Nothing shows before this is settled: the lock may have to fall first. */
let first: () => Promise<void> = () => Promise.resolve();

export function veil(): void {
  if (root().hasAttribute("data-veil")) return;
  had = document.activeElement as HTMLElement | null;
  root().setAttribute("data-veil", "");
}

export function unveil(): void {
  if (document.visibilityState === "hidden") return;
  root().removeAttribute("data-veil");
  // What is hidden loses the keyboard; whoever was writing goes on where they were.
  if (had?.isConnected && document.activeElement === document.body) {
    had.focus({ preventScroll: true });
  }
  had = null;
}

export function beforeUnveil(work: () => Promise<void>): void {
  first = work;
}

async function back(): Promise<void> {
  await first().catch(() => undefined);
  unveil();
}

/** A list or a calendar of the phone's own takes the focus too, and is no leaving. */
const ASKING = "select, input[type=date], input[type=file]";

/** Once per page. */
export function startVeil(): void {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") veil();
    else void back();
  });
  window.addEventListener("pagehide", veil);
  window.addEventListener("pageshow", () => void back());
  window.addEventListener("blur", () => {
    // On a computer another window beside this one is no app switcher.
    if (matchMedia("(pointer: coarse)").matches && !document.activeElement?.matches(ASKING)) veil();
  });
  window.addEventListener("focus", () => void back());
}
