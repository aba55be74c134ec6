// @vitest-environment node
import { beforeEach, describe, expect, it } from "vitest";

import { longEnough, newPassphrase, wordCount } from "../../src/domain/passphrase.ts";
import { A, B, FREE, Phone, said, say } from "./phone.ts";
import { Server } from "./server.ts";

const PASS = "a long enough sentence";
let server: Server;
let phone: Phone;

beforeEach(async () => {
  server = new Server();
  phone = await new Phone(server).open();
  await phone.signIn(A);
});

async function write(text: string, on = phone): Promise<string> {
  const entry = on.app.entries.startEntry(FREE);
  entry.answers = say(text);
  entry.finished = true;
  await on.app.entries.queue(entry);
  return entry.id;
}

async function edit(id: string, text: string, on = phone): Promise<void> {
  const entry = await on.app.entries.getEntry(id);
  if (!entry) throw new Error("no such entry");
  entry.answers = say(text);
  await on.app.entries.queue(entry);
}

const copied = async () => (await phone.app.copy.sealCopy(PASS)).file;
const texts = (id: string): string[] =>
  (server.rows.get(id)?.revisions ?? []).map((each) => said(each.answers));
const conflicts = (id: string): number => {
  const row = server.rows.get(id);
  return row ? server.entry(row).conflicts.length : -1;
};

async function another(account = A): Promise<Phone> {
  const other = await new Phone(server).open();
  await other.signIn(account);
  return other;
}

describe("a sealed copy", { timeout: 30_000 }, () => {
  it("brings what was never sent to another phone, and nothing doubles", async () => {
    const id = await write("one");
    const kept = phone.app.entries.startEntry(FREE);
    kept.answers = say("kept, not queued");
    await phone.app.entries.keep(kept);
    const file = await copied();
    const other = await another();
    expect(await other.app.copy.openCopy(file, PASS)).toEqual({ entries: 2, empty: false });
    const back = await other.app.entries.getEntry(id);
    expect([said(back?.answers), back?.state, back?.finished]).toEqual(["one", "on-phone", true]);
    expect(await other.sync()).toBe("done");
    // The first phone was not lost after all.
    expect(await phone.sync()).toBe("done");
    expect(await other.sync()).toBe("done");
    expect([texts(id), texts(kept.id)]).toEqual([["one"], ["kept, not queued"]]);
    for (const each of [phone, other]) {
      expect((await each.app.entries.listEntries()).map((entry) => entry.state)).toEqual([
        "saved",
        "saved",
      ]);
      expect(await each.app.account.unsent()).toBe(0);
    }
  });

  it("can be opened twice, here and there, before and after it was sent", async () => {
    const id = await write("one");
    const file = await copied();
    expect(await phone.app.copy.openCopy(file, PASS)).toEqual({ entries: 0, empty: false });
    await phone.sync();
    expect((await phone.app.copy.openCopy(file, PASS)).entries).toBe(0);
    const other = await another();
    await other.app.copy.openCopy(file, PASS);
    await other.app.copy.openCopy(file, PASS);
    await other.sync();
    await other.app.copy.openCopy(file, PASS);
    await other.sync();
    expect(texts(id)).toEqual(["one"]);
    expect(server.rows.size).toBe(1);
  });

  it("makes no second version of a text that went on after it", async () => {
    const id = await write("one");
    const file = await copied();
    await edit(id, "one, two");
    await phone.sync();
    await edit(id, "one, two, three");
    await phone.sync();
    await phone.app.copy.openCopy(file, PASS);
    expect(said((await phone.app.entries.getEntry(id))?.answers)).toBe("one, two, three");
    const other = await another();
    await other.app.copy.openCopy(file, PASS);
    for (const each of [phone, other, phone]) expect(await each.sync()).toBe("done");
    expect(texts(id)).toEqual(["one", "one, two", "one, two, three"]);
    expect(conflicts(id)).toBe(0);
    for (const each of [phone, other]) {
      const shown = await each.app.entries.getEntry(id);
      expect([said(shown?.answers), shown?.state]).toEqual(["one, two, three", "saved"]);
      expect(await each.app.account.unsent()).toBe(0);
    }
  });

  it("keeps both texts where the entry was changed elsewhere, and counts what waits", async () => {
    const id = await write("base");
    await phone.sync();
    const other = await another();
    await other.sync();
    await edit(id, "base, in the copy");
    const file = await copied();
    await edit(id, "base, there", other);
    await other.sync();
    await other.app.copy.openCopy(file, PASS);
    // What stands there is saved; what came back beside it is not yet.
    expect(said((await other.app.entries.getEntry(id))?.answers)).toBe("base, there");
    expect(await other.app.account.unsent()).toBe(1);
    expect((await other.app.entries.unsentEntries()).map((entry) => entry.id)).toEqual([id]);
    await other.sync();
    const shown = await other.app.entries.getEntry(id);
    expect(shown?.conflicts.map((each) => said(each.answers))).toEqual(["base, in the copy"]);
    expect(await other.app.account.unsent()).toBe(0);
  });

  it("does not bring back what was deleted here, and asks where it was deleted elsewhere", async () => {
    const id = await write("one");
    await phone.sync();
    await edit(id, "one, two");
    const file = await copied();
    await phone.app.entries.deleteEntry(id);
    await phone.app.copy.openCopy(file, PASS);
    expect(await phone.app.entries.getEntry(id)).toBeNull();
    await phone.sync();
    const other = await another();
    await other.app.copy.openCopy(file, PASS);
    await other.sync();
    expect((await other.app.entries.getEntry(id))?.problem?.status).toBe(410);
  });

  it("carries wishes, and names the grants that everything meant on that day", async () => {
    server.extra.set("GET /api/grants", () =>
      Response.json([
        { id: "g1", state: "paused", categories: [] },
        { id: "g2", state: "ended", categories: [] },
      ]),
    );
    await phone.app.online.grants();
    await phone.app.wishes.intend("pause-everything");
    await phone.app.wishes.intend("withdraw-everything");
    await phone.app.wishes.intend("take-back", { target: "x" });
    const file = await copied();
    const other = await another();
    await other.app.copy.openCopy(file, PASS);
    await other.app.copy.openCopy(file, PASS);
    server.log = [];
    await other.sync();
    expect(server.log.filter((line) => !line.startsWith("GET"))).toEqual([
      "POST /api/grants/g1/pause",
      "POST /api/grants/g1/withdraw",
      "DELETE /api/excerpts/x",
    ]);
  });

  it("opens for its writer alone, with its words alone", async () => {
    const id = await write("one");
    const file = await copied();
    expect(file).not.toContain(id);
    expect(file).not.toContain(A);
    const kind = (promise: Promise<unknown>) =>
      promise.then(
        () => "opened",
        (error: { kind?: string }) => error.kind,
      );
    const open = (text: string, pass = PASS) => kind(phone.app.copy.openCopy(text, pass));
    expect(await open(file, "some other long sentence")).toBe("wrong-words");
    expect(await open("{}")).toBe("not-a-copy");
    expect(await open("no json")).toBe("not-a-copy");
    const parts = JSON.parse(file) as { kdf: { iterations: number }; data: string };
    expect(parts.kdf.iterations).toBe(600_000);
    const weaker = { ...parts, kdf: { ...parts.kdf, iterations: 1000 } };
    expect(await open(JSON.stringify(weaker))).toBe("not-a-copy");
    const other = parts.data.startsWith("A") ? "B" : "A";
    expect(await open(JSON.stringify({ ...parts, data: other + parts.data.slice(1) }))).toBe(
      "wrong-words",
    );
    expect(await open(file, "  A long  enough sentence ")).toBe("opened");
    expect(await kind(phone.app.copy.sealCopy("too short"))).toBe("too-short");
    const stranger = await another(B);
    expect(await kind(stranger.app.copy.openCopy(file, PASS))).toBe("not-yours");
    expect(await stranger.app.entries.listEntries()).toEqual([]);
  });

  it("is empty where nothing waits", async () => {
    await write("one");
    await phone.sync();
    const { file, entries } = await phone.app.copy.sealCopy(PASS);
    expect(entries).toBe(0);
    expect(await phone.app.copy.openCopy(file, PASS)).toEqual({ entries: 0, empty: true });
  });
});

describe("pass words", () => {
  it("are eight of two hundred and fifty-six, different each time", () => {
    expect(wordCount).toBe(256);
    const made = new Set(Array.from({ length: 200 }, newPassphrase));
    expect(made.size).toBe(200);
    for (const each of made) {
      expect(each.split(" ")).toHaveLength(8);
      expect(longEnough(each)).toBe(true);
    }
  });

  it("of one's own count letters, not spaces", () => {
    expect(longEnough("a   b   c   d   ")).toBe(false);
    expect(longEnough("fifteen letters")).toBe(true);
  });
});
