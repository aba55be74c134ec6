/**
 * Unsaved changes, kept in this tab until they are saved, dropped, or the person signs out. They
 * are a clinic's own text; nothing of a patient is ever here.
 */
const PREFIX = "journal.clinic.";

export interface Kept<T> {
  edition: number;
  value: T;
}

const key = (account: string, what: string): string => `${PREFIX}${account}.${what}`;

export function readKept<T>(account: string, what: string): Kept<T> | null {
  try {
    const found = sessionStorage.getItem(key(account, what));
    return found === null ? null : (JSON.parse(found) as Kept<T>);
  } catch {
    return null;
  }
}

export function keep<T>(account: string, what: string, kept: Kept<T> | null): void {
  try {
    if (kept === null) sessionStorage.removeItem(key(account, what));
    else sessionStorage.setItem(key(account, what), JSON.stringify(kept));
  } catch {
    // Without storage the changes live as long as the page; leaving it asks first.
  }
}

/** Signing out leaves nothing behind. */
export function forgetKept(): void {
  try {
    for (const name of Object.keys(sessionStorage)) {
      if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
    }
  } catch {
    // Nothing could be stored either.
  }
}
