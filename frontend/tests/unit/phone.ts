/** A phone: its own databases and its own copy of the engine. A kill leaves only the databases. */
import { IDBFactory } from "fake-indexeddb";
import { vi } from "vitest";

import type { Server } from "./server.ts";

async function boot() {
  const account = {
    ...(await import("../../src/data/account.ts")),
    ...(await import("../../src/data/signin.ts")),
    ...(await import("../../src/data/signout.ts")),
    ...(await import("../../src/data/owed.ts")),
  };
  const db = await import("../../src/data/db.ts");
  db.keysWith(() => import("../../src/data/newkey.ts"));
  const entries = await import("../../src/data/entries.ts");
  const { exchange } = await import("../../src/sync/exchange.ts");
  const wishes = await import("../../src/sync/wishes.ts");
  const { underSendLock } = await import("../../src/data/lock.ts");
  const online = await import("../../src/sync/online.ts");
  const drops = await import("../../src/data/drops.ts");
  const adopt = await import("../../src/data/adopt.ts");
  const media = await import("../../src/data/media.ts");
  const letgo = await import("../../src/data/letgo.ts");
  const copy = await import("../../src/data/copy.ts");
  const locked = await import("../../src/data/locked.ts");
  const unlock = await import("../../src/data/unlock.ts");
  return {
    account,
    db,
    entries,
    exchange,
    wishes,
    underSendLock,
    online,
    drops,
    adopt,
    media,
    letgo,
    copy,
    locked,
    unlock,
  };
}

export type App = Awaited<ReturnType<typeof boot>>;

export class Phone {
  app!: App;
  readonly idb = new IDBFactory();
  readonly server: Server;

  constructor(server: Server) {
    this.server = server;
  }

  /** Opens the app (again). Databases are opened here, while `indexedDB` is this phone's. */
  async open(): Promise<this> {
    vi.resetModules();
    vi.stubGlobal("indexedDB", this.idb);
    vi.stubGlobal("BroadcastChannel", undefined);
    vi.stubGlobal("fetch", this.server.fetch);
    this.app = await boot();
    await this.app.db.device();
    const locked = await this.app.locked.lockState();
    if (locked !== "locked" && (await this.app.account.current())) await this.app.db.store();
    return this;
  }

  async signIn(account: string): Promise<void> {
    vi.stubGlobal("indexedDB", this.idb);
    await this.app.account.signIn({ email: account, password: "a long enough password" });
    await this.app.db.store();
  }

  /** Signs in, and leaves the store as it is: it may be locked. */
  async signInLocked(account: string): Promise<void> {
    vi.stubGlobal("indexedDB", this.idb);
    await this.app.account.signIn({ email: account, password: "a long enough password" });
    await this.app.db.accountDb();
  }

  /** One run of the engine. */
  sync(): Promise<string> {
    return this.app.exchange();
  }
}

export const A = "00000000-0000-7000-8000-00000000000a";
export const B = "00000000-0000-7000-8000-00000000000b";
export const FREE = { id: "free", edition: 1 };

export const say = (text: string) => ({ "free-01": { text } });
export const said = (answers: unknown): string =>
  (answers as Record<string, { text?: string }>)["free-01"]?.text ?? "";
