// @vitest-environment node
/** A store of the first version: one key, in the store itself, and everything under it. */
import { deleteDB, type IDBPDatabase, openDB } from "idb";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { A, FREE, Phone, said, say } from "./phone.ts";
import { Server } from "./server.ts";

let server: Server;
let phone: Phone;
let old: CryptoKey;

interface Kept {
  entries: Record<string, unknown>[];
  outbox: Record<string, unknown>[];
  kept: [string, unknown][];
}

/** Turns the store of this phone into what the version before would have left there. */
async function asBefore(): Promise<Kept> {
  const { newKey, open, seal } = await import("../../src/data/vault.ts");
  const { store, closeStore } = phone.app.db;
  const { db, key } = await store();
  old = await newKey();
  const anew = async (place: string, box: unknown) =>
    box ? seal(old, place, await open(key, place, box as never)) : box;
  const rows = async (name: "entries" | "outbox") =>
    Promise.all(
      ((await db.getAll(name)) as unknown as Record<string, unknown>[]).map(async (row) => {
        const place = `entry:${String(row["entry"] ?? row["id"])}`;
        const box = await anew(place, row["box"]);
        const conflicts = await anew(place, row["conflicts"]);
        return name === "entries" ? { ...row, box, conflicts } : { ...row, box };
      }),
    );
  const names = await db.getAllKeys("kept");
  const kept = await Promise.all(
    names.map(async (name): Promise<[string, unknown]> => {
      return [name, await anew(`kept:${name}`, await db.get("kept", name))];
    }),
  );
  const found = { entries: await rows("entries"), outbox: await rows("outbox"), kept };
  closeStore();
  await deleteDB(`journal-${A}`);
  const before = await openDB(`journal-${A}`, 1, {
    upgrade(made) {
      made.createObjectStore("meta");
      made.createObjectStore("entries", { keyPath: "id" }).createIndex("dirty", "dirty");
      const outbox = made.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true });
      outbox.createIndex("entry", "entry");
      made.createObjectStore("intents", { keyPath: "seq", autoIncrement: true });
      made.createObjectStore("kept");
    },
  });
  await before.put("meta", old, "key");
  for (const row of found.entries) await before.put("entries", row);
  for (const row of found.outbox) await before.put("outbox", row);
  for (const [name, box] of found.kept) await before.put("kept", box, name);
  before.close();
  return found;
}

const COUNT = 30;

beforeEach(async () => {
  server = new Server();
  phone = await new Phone(server).open();
  await phone.signIn(A);
  for (let at = 0; at < COUNT; at += 1) {
    const entry = phone.app.entries.startEntry(FREE);
    entry.answers = say(`text ${at}`);
    await phone.app.entries.queue(entry);
  }
  await (await import("../../src/data/prefs.ts")).setPrefs({ starred: ["a-skill"] });
});

async function everything(): Promise<string[]> {
  const entries = await phone.app.entries.listEntries();
  return entries.map(({ answers }) => said(answers)).toSorted();
}

const ALL = Array.from({ length: COUNT }, (_, at) => `text ${at}`).toSorted();

async function metaKeys(db: IDBPDatabase<never> | unknown): Promise<string[]> {
  return ((await (db as IDBPDatabase).getAllKeys("meta")) as string[]).toSorted();
}

describe("a store of the first version", () => {
  it("is carried over whole, texts on their way too, and its old key goes", async () => {
    await asBefore();
    await phone.open();
    expect(await everything()).toEqual(ALL);
    const { prefs } = await import("../../src/data/prefs.ts");
    expect((await prefs()).starred).toEqual(["a-skill"]);
    const { db } = await phone.app.db.store();
    expect(await metaKeys(db)).toEqual(["dek", "wrap"]);
    expect(await phone.sync()).toBe("done");
    expect(server.rows.size).toBe(COUNT);
    const sent = [...server.rows.values()].map((row) => said(row.item.answers)).toSorted();
    expect(sent).toEqual(ALL);
  });

  it("goes on where it was killed, at whatever row, and again and again", async () => {
    await asBefore();
    for (const most of [1, 7, 23, 40, 61]) {
      vi.stubGlobal("indexedDB", phone.idb);
      vi.resetModules();
      const { carryOver, layOpen, newDataKey } = await import("../../src/data/newkey.ts");
      const { readyKey } = await import("../../src/data/vault.ts");
      const { accountDb, bareKey, keysWith } = await import("../../src/data/db.ts");
      keysWith(() => import("../../src/data/newkey.ts"));
      const { db } = await accountDb();
      await layOpen(db, newDataKey());
      let left = most;
      const dying = new Proxy(db, {
        get(real, name: keyof typeof db) {
          if (name === "transaction" && left-- <= 0) throw new Error("killed");
          const found = real[name] as unknown;
          return typeof found === "function" ? found.bind(real) : found;
        },
      });
      const key = await readyKey(await bareKey(db));
      await carryOver(dying, old, key).catch((error: Error) => {
        expect(error.message).toBe("killed");
      });
      db.close();
    }
    await phone.open();
    expect(await everything()).toEqual(ALL);
    expect(await phone.sync()).toBe("done");
    expect(server.rows.size).toBe(COUNT);
  });

  it("is carried over once by two tabs that open together", async () => {
    await asBefore();
    await phone.open();
    const first = phone.app;
    await phone.open();
    const both = await Promise.all([first.entries.listEntries(), phone.app.entries.listEntries()]);
    for (const list of both) expect(list).toHaveLength(COUNT);
    expect(await everything()).toEqual(ALL);
  });

  it("waits for a page: the worker reads none of it and spoils none of it", async () => {
    await asBefore();
    vi.resetModules();
    vi.stubGlobal("indexedDB", phone.idb);
    const { store, Locked } = await import("../../src/data/db.ts");
    await expect(store()).rejects.toThrow(Locked);
    await phone.open();
    expect(await everything()).toEqual(ALL);
  });
});
