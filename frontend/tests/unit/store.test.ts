// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from "vitest";

import { A, B, FREE, Phone, said, say } from "./phone.ts";
import { Server } from "./server.ts";

let server: Server;
let phone: Phone;

beforeEach(async () => {
  server = new Server();
  phone = await new Phone(server).open();
  await phone.signIn(A);
});

/** Everything in every database of the phone, as one string. */
async function dump(factory: IDBFactory): Promise<string> {
  let all = "";
  for (const { name } of await factory.databases()) {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = factory.open(name ?? "");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error as Error);
    });
    for (const store of db.objectStoreNames) {
      const rows = await new Promise<unknown[]>((resolve) => {
        const request = db.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
      });
      all += rows.map(readable).join("\n");
    }
    db.close();
  }
  return all;
}

function readable(value: unknown): string {
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString("latin1");
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer).toString("latin1");
  if (value === null || typeof value !== "object") return String(value);
  return Object.entries(value)
    .map(([key, inner]) => `${key}=${readable(inner)}`)
    .join(" ");
}

describe("keeping", () => {
  it("creates nothing for an entry in which nothing was said", async () => {
    const { entries } = phone.app;
    const entry = entries.startEntry(FREE);
    await entries.keep(entry);
    entry.answers = say("   ");
    await entries.queue(entry);
    expect(await entries.listEntries()).toEqual([]);
    expect(await phone.app.account.unsent()).toBe(0);
  });

  it("keeps words through a kill, and sends what was kept but never queued", async () => {
    const entry = phone.app.entries.startEntry(FREE);
    entry.answers = say("the river");
    entry.place = 2;
    await phone.app.entries.keep(entry);
    expect(entry.state).toBe("on-phone");
    await phone.open();
    const found = await phone.app.entries.unfinished("free");
    expect(found).toMatchObject({ id: entry.id, place: 2, state: "on-phone", finished: false });
    expect(said(found?.answers)).toBe("the river");
    expect(await phone.sync()).toBe("done");
    expect((await phone.app.entries.getEntry(entry.id))?.state).toBe("saved");
    expect(server.rows.size).toBe(1);
  });

  it("leaves nothing readable in the databases", async () => {
    const entry = phone.app.entries.startEntry({ id: "safety-plan", edition: 1 });
    entry.answers = say("canary words");
    await phone.app.entries.queue(entry);
    await phone.sync();
    const all = await dump(phone.idb);
    expect(all).toContain(entry.id);
    for (const word of ["canary", "safety-plan", "Maya", "Europe/London"]) {
      expect(all).not.toContain(word);
    }
  });

  it("makes text well formed on the way in", async () => {
    const { entries } = phone.app;
    const entry = entries.startEntry(FREE);
    entry.answers = say("a\ud800b\u0000c\u{1f30a}");
    await entries.keep(entry);
    const found = await entries.getEntry(entry.id);
    expect(said(found?.answers)).toBe("a\ufffdb\ufffdc\u{1f30a}");
  });

  it("makes no new revision of words that did not change", async () => {
    const { entries } = phone.app;
    const entry = entries.startEntry(FREE);
    entry.answers = say("once");
    await entries.queue(entry);
    entry.place = 1;
    entry.finished = true;
    await entries.queue(entry);
    await phone.sync();
    await entries.queue(entry);
    await phone.sync();
    expect(server.rows.get(entry.id)?.revisions).toHaveLength(1);
    expect((await entries.getEntry(entry.id))?.finished).toBe(true);
  });

  it("rescues words another tab kept before they are overwritten", async () => {
    const { entries } = phone.app;
    const first = entries.startEntry(FREE);
    first.answers = say("start");
    await entries.queue(first);
    await phone.sync();
    const second = await entries.getEntry(first.id);
    if (!second) throw new Error("not stored");
    first.answers = say("start from one tab");
    await entries.keep(first);
    second.answers = say("start from the other");
    await entries.queue(second);
    await phone.sync();
    const texts = server.rows.get(first.id)?.revisions.map((each) => said(each.answers));
    expect(texts?.toSorted()).toEqual(["start", "start from one tab", "start from the other"]);
    const shown = await entries.getEntry(first.id);
    const all = [said(shown?.answers), ...(shown?.conflicts ?? []).map((c) => said(c.answers))];
    expect(all.toSorted()).toEqual(["start from one tab", "start from the other"]);
  });

  it("does not bring back a deleted entry by a late autosave", async () => {
    const { entries } = phone.app;
    const entry = entries.startEntry(FREE);
    entry.answers = say("gone");
    await entries.queue(entry);
    await phone.sync();
    await entries.deleteEntry(entry.id);
    entry.answers = say("gone, typed late");
    await entries.keep(entry);
    expect(await entries.getEntry(entry.id)).toBeNull();
    await phone.sync();
    expect(server.rows.size).toBe(0);
    expect(await entries.listEntries()).toEqual([]);
  });

  it("asks nothing of the server for an entry that never left the phone", async () => {
    const { entries } = phone.app;
    const entry = entries.startEntry(FREE);
    entry.answers = say("brief");
    await entries.queue(entry);
    await entries.deleteEntry(entry.id);
    await phone.sync();
    expect(server.log.some((line) => line.startsWith("DELETE"))).toBe(false);
    expect(await phone.app.account.unsent()).toBe(0);
  });
});

describe("people on one phone", () => {
  it("neither shows nor sends one person's words to another", async () => {
    const entry = phone.app.entries.startEntry(FREE);
    entry.answers = say("of A");
    await phone.app.entries.queue(entry);
    await phone.signIn(B);
    expect(await phone.app.entries.listEntries()).toEqual([]);
    await phone.sync();
    expect(server.rows.size).toBe(0);
    await phone.signIn(A);
    expect(await phone.app.account.unsent()).toBe(1);
    await phone.sync();
    expect([...server.rows.keys()]).toEqual([entry.id]);
  });

  it("sends nothing when the cookie has become somebody else's", async () => {
    const entry = phone.app.entries.startEntry(FREE);
    entry.answers = say("of A");
    await phone.app.entries.queue(entry);
    // A sign-in whose answer was lost: the cookie is B's and nobody was told.
    server.net.fate = (request) => (request.method === "POST" ? "lost-answer" : "ok");
    await expect(
      phone.app.account.signIn({ email: B, password: "password password" }),
    ).rejects.toThrow();
    server.net.fate = () => "ok";
    expect(server.account).toBe(B);
    expect(await phone.sync()).toBe("signed-out");
    expect(server.rows.size).toBe(0);
    expect(await phone.app.account.sessionEnded()).toBe(true);
  });

  it("neither sends nor pulls when the cookie changes under an open tab", async () => {
    expect(await phone.sync()).toBe("done");
    const entry = phone.app.entries.startEntry(FREE);
    entry.answers = say("of A");
    await phone.app.entries.queue(entry);
    // Somebody else signs in at the desk, in the same browser; this tab was told nothing.
    server.account = B;
    const at = { guide: "free", edition: 1, occurred_at: server.now(), zone: "Europe/London" };
    server.save({ ...at, id: "of-b", revision: "b-1", parent: null, answers: say("of B") });
    expect(await phone.sync()).toBe("signed-out");
    expect([...server.rows.keys()]).toEqual(["of-b"]);
    expect(await phone.app.account.sessionEnded()).toBe(true);
    expect((await phone.app.entries.listEntries()).map(({ id }) => id)).toEqual([entry.id]);
    await expect(phone.app.online.revisions(entry.id)).rejects.toThrow("401");
    expect([...server.meant]).toEqual([A]);
  });

  it("keeps an open page's words out of the store of whoever signed in beside it", async () => {
    vi.stubGlobal("document", {});
    const entry = phone.app.entries.startEntry(FREE);
    entry.answers = say("of A");
    const before = phone.app;
    await phone.open();
    await phone.signIn(B);
    await expect(before.entries.keep(entry)).rejects.toThrow();
    expect(await phone.app.entries.listEntries()).toEqual([]);
    Reflect.deleteProperty(globalThis, "document");
  });

  it("pulls nothing when the cookie changes between sending and fetching", async () => {
    const entry = phone.app.entries.startEntry(FREE);
    entry.answers = say("of A");
    await phone.app.entries.queue(entry);
    server.net.fate = (request) => {
      if (request.url.includes("/api/changes")) server.account = B;
      return "ok";
    };
    expect(await phone.sync()).toBe("signed-out");
    expect(await phone.app.account.sessionEnded()).toBe(true);
    expect((await phone.app.entries.listEntries()).map(({ id }) => id)).toEqual([entry.id]);
  });

  it("asks whose session it is before it starts over", async () => {
    const entry = phone.app.entries.startEntry(FREE);
    entry.answers = say("of A");
    await phone.app.entries.queue(entry);
    expect(await phone.sync()).toBe("done");
    server.epoch = "two";
    server.rows.clear();
    server.log = [];
    expect(await phone.sync()).toBe("done");
    const asked = server.log.indexOf("GET /api/session");
    expect(asked).toBeGreaterThan(server.log.indexOf("GET /api/changes"));
    expect(server.log.slice(asked + 1)).toContain("GET /api/session");
  });

  it("keeps words when the session ends, and goes on after the same person signs in", async () => {
    server.account = null;
    const entry = phone.app.entries.startEntry(FREE);
    entry.answers = say("still mine");
    await phone.app.entries.queue(entry);
    expect(await phone.sync()).toBe("signed-out");
    expect(await phone.app.account.sessionEnded()).toBe(true);
    expect(said((await phone.app.entries.getEntry(entry.id))?.answers)).toBe("still mine");
    await phone.signIn(A);
    expect(await phone.sync()).toBe("done");
    expect(server.rows.size).toBe(1);
  });

  it("keeps nothing of a therapist", async () => {
    await phone.app.account.signOut();
    server.role = "therapist";
    await phone.app.account.signIn({ email: B, password: "password password" });
    expect(await phone.app.account.current()).toBeNull();
    expect(await dump(phone.idb)).not.toContain("Maya");
  });
});

describe("signing out", () => {
  it("empties the phone, also without the network, and tells the server later", async () => {
    const entry = phone.app.entries.startEntry(FREE);
    entry.answers = say("canary");
    await phone.app.entries.queue(entry);
    expect(await phone.app.account.unsent()).toBe(1);
    server.net.fate = () => "lost-request";
    await phone.app.account.signOut({ everywhere: true });
    expect(await phone.app.account.current()).toBeNull();
    const names = (await phone.idb.databases()).map(({ name }) => name);
    expect(names).toEqual(["journal-device"]);
    expect(await dump(phone.idb)).not.toContain(entry.id);
    await expect(phone.app.entries.keep(entry)).rejects.toThrow();
    expect((await phone.idb.databases()).length).toBe(1);

    // The cookie still works: nobody may be let in by it before the server was told.
    expect(await phone.app.account.resume()).toBeNull();
    server.net.fate = () => "ok";
    expect(server.account).toBe(A);
    expect(await phone.app.account.resume()).toBeNull();
    expect(server.account).toBeNull();
    expect(server.log).toContain("DELETE /api/sessions");
  });

  it("lets nobody in before a sign-out everywhere has been heard", async () => {
    server.net.fate = (request) => (request.method === "DELETE" ? "lost-request" : "ok");
    await phone.app.account.signOut({ everywhere: true });
    await expect(
      phone.app.account.signIn({ email: A, password: "password password" }),
    ).rejects.toThrow("offline");
    server.net.fate = () => "ok";
    await phone.signIn(A);
    expect(server.log.filter((line) => line === "DELETE /api/sessions")).toHaveLength(1);
    expect(await phone.app.account.settleSignOut()).toBe(true);
    expect(server.account).toBe(A);
  });

  it.each(["resume", "signIn"] as const)(
    "that died on the way is gone on with before anybody is let in (%s)",
    async (way) => {
      const entry = phone.app.entries.startEntry(FREE);
      entry.answers = say("canary");
      await phone.app.entries.queue(entry);
      // The page dies while the databases are emptied.
      vi.stubGlobal("indexedDB", undefined);
      const dies = phone.app.account.signOut().catch(() => undefined);
      await dies;
      expect((await phone.idb.databases()).length).toBe(2);
      await phone.open();
      if (way === "resume") await phone.app.account.resume();
      else await phone.signIn(B);
      const names = (await phone.idb.databases()).map(({ name }) => name);
      expect(names).not.toContain(`journal-${A}`);
      expect(await dump(phone.idb)).not.toContain(entry.id);
      expect(await (await phone.app.db.device()).get("meta", "emptying")).toBeUndefined();
    },
  );

  it("leaves alone who came back before it was gone on with", async () => {
    vi.stubGlobal("indexedDB", undefined);
    await phone.app.account.signOut().catch(() => undefined);
    await phone.open();
    const device = await phone.app.db.device();
    const mark = await device.get("meta", "emptying");
    expect(mark).toEqual({ account: A });
    // They sign in while nobody sees the mark, as from a tab that was already at it.
    await device.delete("meta", "emptying");
    server.net.fate = (request) => {
      if (request.method === "POST" && mark) void device.put("meta", mark, "emptying");
      return "ok";
    };
    await phone.signIn(A);
    const entry = phone.app.entries.startEntry(FREE);
    entry.answers = say("written since");
    await phone.app.entries.keep(entry);
    await phone.app.account.resume();
    expect(said((await phone.app.entries.getEntry(entry.id))?.answers)).toBe("written since");
  });

  it("of another tab, that died, is not forgotten by a second one", async () => {
    vi.stubGlobal("indexedDB", undefined);
    await phone.app.account.signOut({ everywhere: true }).catch(() => undefined);
    await phone.open();
    server.net.fate = () => "lost-request";
    await phone.app.account.signOut();
    expect((await phone.idb.databases()).map(({ name }) => name)).toEqual(["journal-device"]);
    server.net.fate = () => "ok";
    await phone.app.account.settleSignOut();
    expect(server.log).toContain("DELETE /api/sessions");
  });

  it("that cannot empty the phone has ended all the same, and is gone on with", async () => {
    const { onChange } = await import("../../src/data/changes.ts");
    const heard: string[] = [];
    onChange(({ kind }) => heard.push(kind));
    const kept = new Set(["words"]);
    vi.stubGlobal("localStorage", kept);
    vi.stubGlobal("indexedDB", undefined);
    await expect(phone.app.account.signOut()).rejects.toThrow();
    expect(heard).toContain("account");
    expect(await phone.app.account.current()).toBeNull();
    expect(server.account).toBeNull();
    expect(kept.size).toBe(0);
    expect(await phone.app.account.finished()).toBe(false);
    vi.stubGlobal("indexedDB", phone.idb);
    expect(await phone.app.account.finished()).toBe(true);
    expect((await phone.idb.databases()).map(({ name }) => name)).toEqual(["journal-device"]);
  });

  it("that could not be written down leaves everything as it was", async () => {
    const entry = phone.app.entries.startEntry(FREE);
    entry.answers = say("still mine");
    await phone.app.entries.queue(entry);
    const full = vi.spyOn(IDBObjectStore.prototype, "clear").mockImplementation(() => {
      throw new DOMException("No room", "QuotaExceededError");
    });
    await expect(phone.app.account.signOut()).rejects.toThrow("No room");
    full.mockRestore();
    expect(await phone.app.account.finished()).toBe(true);
    expect((await phone.app.account.current())?.id).toBe(A);
    expect(server.account).toBe(A);
    expect(said((await phone.app.entries.getEntry(entry.id))?.answers)).toBe("still mine");
  });

  it("does not wait for a tab that holds the database open", async () => {
    const request = phone.idb.open(`journal-${A}`);
    const held = await new Promise<IDBDatabase>((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
    const entry = phone.app.entries.startEntry(FREE);
    entry.answers = say("held");
    await phone.app.entries.queue(entry);
    await phone.app.account.signOut();
    const left = await new Promise<number>((resolve) => {
      const count = held.transaction("entries").objectStore("entries").count();
      count.onsuccess = () => resolve(count.result);
    });
    expect(left).toBe(0);
    held.close();
  });

  it("names the grants that everything meant on that day", async () => {
    const grants = [
      { id: "g", state: "in_force" },
      { id: "over", state: "ended" },
    ];
    server.extra.set("GET /api/grants", () => Response.json(grants));
    await phone.app.online.grants();
    server.net.fate = () => "lost-request";
    await phone.app.online.withdrawEverything();
    await phone.app.account.signOut();
    expect(await phone.app.account.leftBy(A)).toEqual([
      { kind: "withdraw", target: "g", categories: null },
    ]);
  });

  describe("with a wish that was not sent", () => {
    const changes = () => server.log.filter((line) => !line.startsWith("GET"));

    beforeEach(async () => {
      server.net.fate = () => "lost-request";
      await phone.app.online.withdraw("grant-1");
      await phone.app.online.takeBack("excerpt-1");
      expect(await phone.app.account.unsent()).toBe(0);
      await phone.app.account.signOut();
      await phone.open();
      server.log = [];
    });

    it("sends it before it ends the session", async () => {
      server.extra.set("POST /api/grants/grant-1/withdraw", () =>
        Response.json({ title: "Gone", status: 404 }, { status: 404 }),
      );
      server.net.fate = () => "ok";
      expect(await phone.app.account.settleSignOut()).toBe(true);
      expect(changes()).toEqual([
        "POST /api/grants/grant-1/withdraw",
        "DELETE /api/excerpts/excerpt-1",
        "DELETE /api/session",
      ]);
      expect(await phone.app.account.settleSignOut()).toBe(true);
      expect(changes()).toHaveLength(3);
    });

    it("keeps the session until the server could take it", async () => {
      server.net.fate = (request) => (request.url.includes("withdraw") ? 503 : "ok");
      expect(await phone.app.account.settleSignOut()).toBe(false);
      expect(server.account).toBe(A);
      server.net.fate = () => "ok";
      expect(await phone.app.account.settleSignOut()).toBe(true);
      expect(changes()).toContain("POST /api/grants/grant-1/withdraw");
      expect(server.account).toBeNull();
    });

    it("keeps it for the same person once the session is gone, and shows it to nobody", async () => {
      server.net.fate = () => "ok";
      server.account = null;
      expect(await phone.app.account.settleSignOut()).toBe(true);
      expect(await phone.app.account.owing()).toBeNull();
      await phone.signIn(B);
      expect(await phone.app.wishes.intents()).toEqual([]);
      expect(await phone.sync()).toBe("done");
      await phone.app.account.signOut();
      expect(changes()).not.toContain("POST /api/grants/grant-1/withdraw");

      await phone.signIn(A);
      const at = server.log.length;
      expect(await phone.sync()).toBe("done");
      const since = server.log.slice(at).filter((line) => !line.startsWith("GET"));
      expect(since).toEqual([
        "POST /api/grants/grant-1/withdraw",
        "DELETE /api/excerpts/excerpt-1",
      ]);
      expect(await dump(phone.idb)).not.toContain("grant-1");
    });

    it("is never sent under another person's session", async () => {
      server.net.fate = () => "ok";
      server.account = B;
      expect(await phone.app.account.settleSignOut()).toBe(true);
      expect(changes()).toEqual([]);
      expect(server.account).toBe(B);
      expect(await phone.app.account.leftBy(A)).toHaveLength(2);
      expect(await phone.app.account.leftBy(B)).toEqual([]);
    });

    it.each([403, 422])("ends the session and keeps what is refused (%i)", async (status) => {
      server.extra.set("POST /api/grants/grant-1/withdraw", () =>
        Response.json({ title: "No", status }, { status }),
      );
      server.net.fate = () => "ok";
      expect(await phone.app.account.settleSignOut()).toBe(true);
      expect(server.account).toBeNull();
      expect(await phone.app.account.leftBy(A)).toMatchObject([{ target: "grant-1" }]);
      server.extra.clear();
      await phone.signIn(A);
      expect(await phone.app.wishes.intents()).toMatchObject([{ kind: "withdraw" }]);
      expect(await phone.app.account.leftBy(A)).toEqual([]);
    });

    it("is still there after another person came before the server was told", async () => {
      await expect(phone.signIn(B)).rejects.toThrow("offline");
      server.net.fate = (request) =>
        request.method === "POST" && request.url.endsWith("/api/session") ? "ok" : "lost-request";
      await phone.signIn(B);
      server.net.fate = () => "ok";
      await phone.app.account.signOut();
      await phone.signIn(A);
      expect(await phone.app.wishes.intents()).toHaveLength(2);
    });

    it("goes on with it when the same person signs in before that", async () => {
      server.net.fate = (request) => (request.url.includes("withdraw") ? 503 : "ok");
      await phone.signIn(A);
      server.net.fate = () => "ok";
      expect(await phone.app.account.settleSignOut()).toBe(true);
      expect(await phone.sync()).toBe("done");
      expect(changes()).toContain("POST /api/grants/grant-1/withdraw");
      expect(server.account).toBe(A);
    });
  });
});
