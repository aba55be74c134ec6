/** Wishes that may be sent on a later day. */
import type { Grant } from "../api/types.ts";
import { stands } from "../domain/grants.ts";
import type { Wish } from "./db.ts";
import { readSealed } from "./kept.ts";

/** "Everything" names nobody: weeks later it would close what was given since. */
export async function named(wishes: readonly Wish[]): Promise<Wish[]> {
  const grants = await readSealed<Grant[]>("grants").catch(() => null);
  return wishes.flatMap(({ kind, target, categories }): Wish[] =>
    grants && (kind === "withdraw-everything" || kind === "pause-everything")
      ? grants.filter(stands).map((grant) => ({
          kind: kind === "withdraw-everything" ? "withdraw" : "pause",
          target: grant.id,
          categories: null,
        }))
      : [{ kind, target, categories }],
  );
}
