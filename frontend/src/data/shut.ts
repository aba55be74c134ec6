/**
 * When what is open in memory has to go: the journal is locked, somebody signs out, or somebody
 * else signs in. A session that is only confirmed or ends takes nothing away.
 */
import { onChange } from "./changes.ts";
import { currentRow } from "./db.ts";

/** Calls `listener` each time; returns the way to stop. */
export function onShut(listener: () => void): () => void {
  let account: string | null | undefined;
  const look = async (): Promise<void> => {
    const now = (await currentRow().catch(() => null))?.id ?? null;
    if (account !== undefined && now !== account) listener();
    account = now;
  };
  void look();
  return onChange(({ kind }) => {
    if ((kind as string) === "lock") listener();
    else if (kind === "account") void look();
  });
}
