/**
 * The pair that capture seals to: one for each person, made by the first of their devices. The
 * private half lies sealed in the person's own store, the public half in the open (`drops.ts`).
 */
import { rawJson } from "../api/raw.ts";
import { uuid7 } from "../domain/ids.ts";
import { accountDb, device, type DropTo, Locked, store } from "./db.ts";
import { dropTo, newPair } from "./drops.ts";
import { keepSealed, readSealed } from "./kept.ts";

export interface DropKey {
  id: string;
  public: JsonWebKey;
  private: JsonWebKey;
}

const PATH = "/api/drop-key";

/**
 * Sees to it that this phone knows the pair of whoever uses it; while it is locked, the public
 * half alone. Throws a `Trouble`.
 */
export async function keepDropKey(): Promise<void> {
  const { account } = await accountDb();
  const locked = await store().then(
    () => false,
    (error: unknown) => {
      if (error instanceof Locked) return true;
      throw error;
    },
  );
  const known = locked ? null : await readSealed<DropKey>("drop-key");
  const pair = known ?? (await agreed(account));
  if (!known && !locked) await keepSealed("drop-key", pair, account);
  const to = await dropTo();
  if (to?.id === pair.id && to.account === account) return;
  const row: DropTo = { id: pair.id, account, public: pair.public };
  await (await device()).put("meta", row, "drop");
}

/** The first one wins: the answer may be the pair another device has made before. */
async function agreed(account: string): Promise<DropKey> {
  return rawJson<DropKey>("PUT", PATH, { account, json: { id: uuid7(), ...(await newPair()) } });
}
