/** Making room on a phone that is full: fetched when it is. */
import { changed } from "./changes.ts";
import { accountDb } from "./db.ts";

/**
 * This phone is full: lets go of copies the server has confirmed, the oldest first, until at least
 * so many bytes are free; they are fetched again when they are wanted. True when something went.
 * Needs no key, so it helps what is caught while the journal is locked; where nobody is signed in,
 * nothing can go.
 */
export async function letGo(bytes: number): Promise<boolean> {
  const here = await accountDb().catch(() => null);
  if (!here) return false;
  const { db } = here;
  let freed = 0;
  const saved = (await db.getAll("media")).filter((row) => row.state === "saved" && row.here);
  for (const row of saved.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (freed >= bytes) break;
    const tx = db.transaction(["media", "pieces"], "readwrite");
    const now = await tx.objectStore("media").get(row.id);
    if (now?.state === "saved") {
      await tx.objectStore("pieces").delete(IDBKeyRange.bound([row.id, 0], [row.id, Infinity]));
      await tx.objectStore("media").put({ ...now, here: false });
      freed += row.size;
    }
    await tx.done;
    changed("media", row.id);
  }
  return freed > 0;
}
