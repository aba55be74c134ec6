/**
 * For whom the notes on reading were closed: once for each patient. On the clinic's computer lies
 * a fingerprint of two ids, therapist and patient; it opens nothing and names nobody.
 */
const KEY = "journal.desk.noted";
const MOST = 500;

async function fingerprint(therapist: string, patient: string): Promise<string> {
  const said = new TextEncoder().encode(`${therapist}/${patient}`);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", said));
  return Array.from(hash.slice(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function read(): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}

export async function wasNoted(therapist: string, patient: string): Promise<boolean> {
  return read().includes(await fingerprint(therapist, patient));
}

export async function note(therapist: string, patient: string): Promise<void> {
  const mark = await fingerprint(therapist, patient);
  const rest = read().filter((each) => each !== mark);
  try {
    localStorage.setItem(KEY, JSON.stringify([...rest, mark].slice(-MOST)));
  } catch {
    // Without storage the notes come again with the next sign-in.
  }
}
