/**
 * How the app last looked on this phone, written down in the open for the first frame of the next
 * opening (`public/first.js`), which comes before anything sealed can be asked.
 */
export const SHOWN = "journal.shown";

export function keepShown(look: string): void {
  try {
    localStorage.setItem(SHOWN, look);
  } catch {
    // A browser without storage begins as the phone does.
  }
}
