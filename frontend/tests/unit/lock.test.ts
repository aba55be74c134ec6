// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Outcome, Shown } from "../../src/data/unlock.ts";
import { plainWords } from "../../src/data/derive.ts";
import { sixWords, WORDS } from "../../src/lock/words.ts";
import { A, B, FREE, Phone, said, say } from "./phone.ts";
import { Server } from "./server.ts";

const PIN = "204816";
const WORDS_OF_MINE = "harbor pebble lantern otter meadow violin";

// Each way is slow to try, on purpose.
vi.setConfig({ testTimeout: 60_000 });

let server: Server;
let phone: Phone;

beforeEach(async () => {
  server = new Server();
  phone = await new Phone(server).open();
  await phone.signIn(A);
});

async function written(text: string): Promise<string> {
  const entry = phone.app.entries.startEntry(FREE);
  entry.answers = say(text);
  await phone.app.entries.queue(entry);
  return entry.id;
}

async function withLock(ways = { pin: PIN, passphrase: WORDS_OF_MINE }): Promise<void> {
  await phone.app.unlock.setLock(await phone.app.unlock.lyingOpen(), ways);
}

/** Locks, and opens the app anew: nothing is left in memory. */
async function reopened(): Promise<void> {
  await phone.app.locked.lock();
  await phone.open();
}

async function unlocked(outcome: Promise<Outcome>): Promise<void> {
  const shown = await outcome;
  if (!phone.app.unlock.opened(shown)) throw new Error(shown.kind);
  await phone.app.unlock.unlock(shown);
}

async function meta(account = A): Promise<string[]> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const request = phone.idb.open(`journal-${account}`);
    request.onsuccess = () => resolve(request.result);
  });
  const keys = await new Promise<IDBValidKey[]>((resolve) => {
    const request = db.transaction("meta").objectStore("meta").getAllKeys();
    request.onsuccess = () => resolve(request.result);
  });
  db.close();
  return keys.map(String);
}

const wrongPin = (at: number) => `11223${at % 10}`;

describe("a phone with a lock", () => {
  it("has no key lying about, and opens nothing before it is unlocked", async () => {
    const id = await written("the river");
    expect(await phone.app.locked.lockState()).toBe("none");
    await withLock();
    expect(await phone.app.locked.lockState()).toBe("open");
    expect(said((await phone.app.entries.getEntry(id))?.answers)).toBe("the river");
    expect(await meta()).toEqual(expect.arrayContaining(["lock"]));
    expect(await meta()).not.toEqual(expect.arrayContaining(["wrap"]));
    expect(await meta()).not.toEqual(expect.arrayContaining(["dek"]));

    await phone.app.locked.lock();
    expect(await phone.app.locked.lockState()).toBe("locked");
    await expect(phone.app.entries.getEntry(id)).rejects.toThrow(phone.app.locked.Locked);
    await expect(written("more")).rejects.toThrow(phone.app.locked.Locked);
    await reopened();
    await expect(phone.app.entries.listEntries()).rejects.toThrow(phone.app.locked.Locked);
  });

  it("opens with the PIN and the server's share, and with neither alone", async () => {
    const id = await written("the river");
    await withLock();
    await reopened();
    const wrong = await phone.app.unlock.withPin("135790");
    expect(wrong).toEqual({ kind: "wrong", left: 9 });
    server.net.fate = () => "lost-request";
    expect(await phone.app.unlock.withPin(PIN)).toEqual({ kind: "offline" });
    server.net.fate = () => 503;
    expect(await phone.app.unlock.withPin(PIN)).toEqual({ kind: "later" });
    server.net.fate = () => "ok";
    await unlocked(phone.app.unlock.withPin(PIN));
    expect(said((await phone.app.entries.getEntry(id))?.answers)).toBe("the river");
    expect([...server.phones.values()].map(({ wrong }) => wrong)).toEqual([0]);
  });

  it("opens with a PIN though the session has ended", async () => {
    await withLock();
    server.account = null;
    await reopened();
    await unlocked(phone.app.unlock.withPin(PIN));
    expect(await phone.app.locked.lockState()).toBe("open");
  });

  it("opens with the six words without a network, however they are typed", async () => {
    await withLock();
    await reopened();
    server.net.fate = () => "lost-request";
    const none = await phone.app.unlock.withPassphrase("harbor pebble lantern otter meadow viola");
    expect(none).toEqual({ kind: "no-fit" });
    await unlocked(phone.app.unlock.withPassphrase(" Harbor-pebble  LANTERN otter,meadow violin "));
    expect(await phone.app.locked.lockState()).toBe("open");
  });

  it(
    "loses nothing to ten wrong PINs: words and sign-in open it",
    { timeout: 30_000 },
    async () => {
      const id = await written("the river");
      await withLock();
      await reopened();
      for (let at = 1; at <= 10; at += 1) {
        const outcome = await phone.app.unlock.withPin(wrongPin(at));
        const left = 10 - at;
        expect(outcome).toEqual(left ? { kind: "wrong", left } : { kind: "used-up" });
      }
      expect(await phone.app.unlock.withPin(PIN)).toEqual({ kind: "used-up" });
      await phone.app.account.signIn({ email: A, password: "a long enough password" });
      await unlocked(phone.app.unlock.withSignIn());
      expect(said((await phone.app.entries.getEntry(id))?.answers)).toBe("the river");
      await reopened();
      await unlocked(phone.app.unlock.withPassphrase(WORDS_OF_MINE));
      expect(said((await phone.app.entries.getEntry(id))?.answers)).toBe("the river");
    },
  );

  it("sends nothing while it is locked, and everything after", async () => {
    await written("the river");
    await withLock();
    await reopened();
    expect(await phone.app.account.unsent()).toBe(1);
    expect(await phone.sync()).toBe("signed-out");
    expect(server.rows.size).toBe(0);
    expect(await phone.app.account.sessionEnded()).toBe(false);
    await unlocked(phone.app.unlock.withPassphrase(WORDS_OF_MINE));
    expect(await phone.sync()).toBe("done");
    expect(server.rows.size).toBe(1);
  });

  it("is put on by the server first: without a network nothing has changed", async () => {
    server.net.fate = () => "lost-request";
    await expect(withLock()).rejects.toThrow("offline");
    expect(await phone.app.locked.lockState()).toBe("none");
    await phone.open();
    await written("still here");
  });

  it("stays shut when it fell while its ways were being changed", async () => {
    await withLock();
    const by = (await phone.app.unlock.withPin(PIN)) as Shown;
    vi.stubGlobal("fetch", async (request: Request) => {
      vi.stubGlobal("fetch", server.fetch);
      const answer = await server.fetch(request);
      await phone.app.locked.lock();
      return answer;
    });
    await phone.app.unlock.setLock(by, { pin: "777123" });
    expect(await phone.app.locked.lockState()).toBe("locked");
    await unlocked(phone.app.unlock.withPin("777123"));
  });

  it("changes its ways one by one, and none of them touches the others", async () => {
    await withLock();
    const by = (await phone.app.unlock.withPin(PIN)) as Shown;
    await phone.app.unlock.setLock(by, { pin: "777123" });
    expect(await phone.app.unlock.withPin(PIN)).toEqual({ kind: "wrong", left: 9 });
    server.net.fate = () => "lost-request";
    await phone.app.unlock.setLock(by, { passphrase: "six other words of some kind" });
    server.net.fate = () => "ok";
    expect(await phone.app.unlock.withPassphrase(WORDS_OF_MINE)).toEqual({ kind: "no-fit" });
    expect(server.phones.size).toBe(1);
    await reopened();
    await unlocked(phone.app.unlock.withPin("777123"));
    await reopened();
    await unlocked(phone.app.unlock.withPassphrase("six other words of some kind"));
  });

  it("opens with what a passkey gives, and without a PIN there is none to guess", async () => {
    const { passkeyKey, random } = await import("../../src/data/derive.ts");
    const passkey = { id: random(16), salt: random(32), prf: random(32) };
    const shown = await phone.app.unlock.lyingOpen();
    await phone.app.unlock.setLock(shown, { pin: null, passkey, passphrase: WORDS_OF_MINE });
    const row = await phone.app.locked.lockRow();
    expect(row?.pin).toBeNull();
    const { open } = await import("../../src/data/vault.ts");
    if (!row?.passkey) throw new Error("no passkey");
    const key = await passkeyKey(passkey.prf, row.passkey.salt);
    expect(await open(key, "dek", row.passkey.box)).toBe(shown.dek);
    expect(await phone.app.unlock.withPin(PIN)).toEqual({ kind: "used-up" });
    await reopened();
    await unlocked(phone.app.unlock.withSignIn());
  });

  it("can be taken off again", async () => {
    const id = await written("the river");
    await withLock();
    await reopened();
    const by = (await phone.app.unlock.withPin(PIN)) as Shown;
    await phone.app.unlock.removeLock(by);
    expect(server.phones.size).toBe(0);
    await phone.open();
    expect(await phone.app.locked.lockState()).toBe("none");
    expect(said((await phone.app.entries.getEntry(id))?.answers)).toBe("the river");
  });
});

describe("signing out of a phone with a lock", () => {
  it("wipes all of it, also locked and without the network", async () => {
    await written("canary");
    await withLock();
    await reopened();
    server.net.fate = () => "lost-request";
    await phone.app.account.signOut();
    expect((await phone.idb.databases()).map(({ name }) => name)).toEqual(["journal-device"]);
  });

  it("keeps what is not sent behind the lock, if that is wished, for the same person", async () => {
    const id = await written("not sent");
    await withLock();
    await phone.app.account.signOut({ keep: true });
    expect(await phone.app.account.current()).toBeNull();
    await phone.open();
    await phone.signInLocked(B);
    expect(await phone.app.locked.lockState()).toBe("none");
    expect(await phone.app.entries.listEntries()).toEqual([]);
    await phone.signInLocked(A);
    expect(await phone.app.locked.lockState()).toBe("locked");
    await unlocked(phone.app.unlock.withSignIn());
    expect(said((await phone.app.entries.getEntry(id))?.answers)).toBe("not sent");
    expect(await phone.sync()).toBe("done");
    expect([...server.rows.keys()]).toEqual([id]);
  });

  it("sends a wish once, also where the rest stays behind the lock", async () => {
    await withLock();
    server.net.fate = () => "lost-request";
    await phone.app.online.pause("grant-1");
    await phone.app.account.signOut({ keep: true });
    server.net.fate = () => "ok";
    expect(await phone.app.account.settleSignOut()).toBe(true);
    await phone.signInLocked(A);
    await unlocked(phone.app.unlock.withSignIn());
    expect(await phone.sync()).toBe("done");
    const pauses = server.log.filter((line) => line === "POST /api/grants/grant-1/pause");
    expect(pauses).toHaveLength(1);
  });

  it("keeps nothing where there is no lock", async () => {
    await written("not sent");
    await phone.app.account.signOut({ keep: true });
    expect((await phone.idb.databases()).map(({ name }) => name)).toEqual(["journal-device"]);
  });

  it("leaves the public half of the drop key, and nothing else of the person", async () => {
    const device = await phone.app.db.device();
    await device.put("meta", { id: "d", account: A, public: {} } as never, "drop");
    await phone.app.account.signOut();
    expect(await device.getAllKeys("meta")).toEqual(["drop"]);
  });
});

describe("the six words", () => {
  it("are picked from many, all different, plain and typed as they are kept", () => {
    expect(WORDS.length).toBeGreaterThanOrEqual(1_296);
    expect(new Set(WORDS).size).toBe(WORDS.length);
    for (const word of WORDS) expect(word).toMatch(/^[a-z]{3,9}$/);
    const six = sixWords();
    expect(six.split(" ")).toHaveLength(6);
    expect(plainWords(six.toUpperCase())).toBe(six);
    expect(sixWords()).not.toBe(six);
  });
});
