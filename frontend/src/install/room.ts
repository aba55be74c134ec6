/** How much room this browser has for the journal, and whether it promises to keep it. */

export interface Room {
  /** Bytes used, and how many there may be; null where the browser does not say. */
  used: number | null;
  most: number | null;
  /** The browser empties this only when it is told to; null where it does not say. */
  kept: boolean | null;
}

/** From this share on, little room is left. */
export const LITTLE = 0.8;

export const isLittle = ({ used, most }: Room): boolean =>
  used !== null && most !== null && most > 0 && used / most >= LITTLE;

export async function measure(): Promise<Room> {
  const storage = globalThis.navigator?.storage as Partial<StorageManager> | undefined;
  const [estimate, kept] = await Promise.all([
    storage?.estimate?.().catch(() => null),
    storage?.persisted?.().catch(() => null),
  ]);
  return { used: estimate?.usage ?? null, most: estimate?.quota ?? null, kept: kept ?? null };
}

/** Asks the browser to keep what is here; its answer is in the next `measure`. */
export async function askToKeep(): Promise<void> {
  const storage = globalThis.navigator?.storage as Partial<StorageManager> | undefined;
  await storage?.persist?.().catch(() => false);
}

const MB = 1_000_000;

/** "3 MB"; "less than 1 MB". */
export function size(bytes: number): string {
  if (bytes < MB) return "less than 1 MB";
  if (bytes < 1000 * MB) return `${Math.round(bytes / MB)} MB`;
  return `${(bytes / MB / 1000).toFixed(1)} GB`;
}

export type Platform = "apple" | "android" | "computer";

export function platformOf(agent: string, touches: number): Platform {
  if (/android/i.test(agent)) return "android";
  if (/iphone|ipad|ipod/i.test(agent)) return "apple";
  // An iPad says that it is a Mac; no Mac has a screen to touch.
  if (/macintosh/i.test(agent) && touches > 1) return "apple";
  return "computer";
}

/** Whether it was opened from the home screen. */
export function isInstalled(): boolean {
  const apple = (navigator as { standalone?: boolean }).standalone === true;
  return apple || matchMedia("(display-mode: standalone)").matches;
}
