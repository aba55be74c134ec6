// @vitest-environment node
import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Answer, RecordingRef } from "../../src/api/types.ts";
import type { Drop } from "../../src/data/drops.ts";
import { full, fullUntilDeleted } from "./full.ts";
import { A, B, Phone } from "./phone.ts";
import { Server } from "./server.ts";

let server: Server;
let phone: Phone;

beforeEach(async () => {
  server = new Server();
  phone = await new Phone(server).open();
  await phone.signIn(A);
});

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const sound = (size: number, seed = 1): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: size }, (_, i) => (i * 31 + seed * 17) % 251);

async function word(text: string, onto?: string): Promise<string> {
  const drop = await phone.app.drops.startDrop(onto);
  await drop.put(drop.slot(), "text", utf8(text));
  await drop.finish();
  return drop.id;
}

async function speak(drop: Drop, media: string, chunks: Uint8Array[]): Promise<void> {
  for (const [at, chunk] of chunks.entries()) {
    const about = { media, type: "audio/webm", seconds: 2 * (at + 1) };
    await drop.put(drop.slot(), "audio", chunk, about);
  }
}

const answerOf = async (id: string): Promise<Answer> =>
  (await phone.app.entries.getEntry(id))?.answers["capture-01"] ?? {};
const rows = async () => (await phone.app.db.device()).getAll("drops");

async function raw(): Promise<string> {
  const seen: string[] = [];
  for (const row of await rows()) {
    for (const bytes of [row.from, row.box.data]) {
      seen.push(new TextDecoder().decode(bytes), new TextDecoder("utf-16le").decode(bytes));
    }
    seen.push(JSON.stringify(row));
  }
  return seen.join(" ");
}

describe("a drop", () => {
  it("stores nothing when it is opened and left", async () => {
    const drop = await phone.app.drops.startDrop();
    await drop.finish();
    expect(await rows()).toEqual([]);
    expect(await phone.app.adopt.adoptDrops()).toEqual([]);
  });

  it("is sealed: neither its words nor what kind of thing it is can be seen", async () => {
    await word("a low gold sound");
    expect(await rows()).toHaveLength(1);
    const seen = await raw();
    expect(seen).not.toContain("gold");
    expect(seen).not.toContain("text");
  });

  it("has a key of its own each time, and its pieces do not fit each other's place", async () => {
    await word("one");
    await word("two");
    const [first, second] = await rows();
    if (!first || !second) throw new Error("two were stored");
    expect(new Uint8Array(first.from)).not.toEqual(new Uint8Array(second.from));
    const db = await phone.app.db.device();
    await db.put("drops", { ...second, drop: first.drop, n: first.n });
    await db.delete("drops", [second.drop, second.n]);
    expect(await phone.app.adopt.adoptDrops()).toEqual([]);
    expect(await rows()).toHaveLength(1);
  });

  it("cannot be begun where nobody has signed in yet", async () => {
    const fresh = await new Phone(server).open();
    await expect(fresh.app.drops.startDrop()).rejects.toThrow(fresh.app.drops.NobodyYet);
  });

  it("replaces what was on the same place", async () => {
    const drop = await phone.app.drops.startDrop();
    const n = drop.slot();
    await Promise.all([
      drop.put(n, "text", utf8("a")),
      drop.put(n, "text", utf8("a low")),
      drop.put(n, "text", utf8("a low sound")),
    ]);
    await drop.finish();
    expect(await rows()).toHaveLength(1);
    await phone.app.adopt.adoptDrops();
    expect(await answerOf(drop.id)).toEqual({ text: "a low sound" });
  });

  it("becomes one entry with its own id, the first time it was said", async () => {
    const id = await word("a low gold sound");
    expect(await phone.app.adopt.adoptDrops()).toEqual([id]);
    const entry = await phone.app.entries.getEntry(id);
    expect(entry).toMatchObject({ guide: "capture", edition: 2, finished: true });
    expect(await rows()).toEqual([]);
    await phone.sync();
    expect(server.rows.get(id)?.revisions).toHaveLength(1);
  });

  it("keeps a recording together with its caption and its length", async () => {
    const drop = await phone.app.drops.startDrop();
    await speak(drop, "m-1", [sound(900, 1), sound(700, 2), sound(300, 3)]);
    await drop.put(drop.slot(), "text", utf8("the hum "), { media: "m-1" });
    await drop.finish();
    await phone.app.adopt.adoptDrops();
    const [recording] = (await answerOf(drop.id))["recordings"] as RecordingRef[];
    expect(recording).toEqual({
      media: "m-1",
      type: "audio/webm",
      seconds: 6,
      caption: "the hum",
    });
    const bytes = await phone.app.media.mediumBytes("m-1");
    expect(bytes).toEqual(new Uint8Array([...sound(900, 1), ...sound(700, 2), ...sound(300, 3)]));
  });

  it("is gone on with after a page died, as a second part of the same entry", async () => {
    const before = await phone.app.drops.startDrop();
    await speak(before, "m-1", [sound(500)]);
    // The page died: nothing was finished, and the app took in what there was.
    await phone.open();
    const after = await phone.app.drops.startDrop();
    expect(after.again).toBe(true);
    expect(after.id).toBe(before.id);
    await speak(after, "m-2", [sound(400)]);
    await after.finish();
    await phone.app.adopt.adoptDrops();
    const refs = (await answerOf(before.id))["recordings"] as RecordingRef[];
    expect(refs.map(({ media }) => media)).toEqual(["m-1", "m-2"]);
  });

  it("adds to an entry that was taken in before", async () => {
    const id = await word("one");
    await phone.app.adopt.adoptDrops();
    await phone.sync();
    await word("and another", id);
    await phone.app.adopt.adoptDrops();
    expect(await answerOf(id)).toEqual({ text: "one\n\nand another" });
    await phone.sync();
    expect(server.rows.get(id)?.revisions.map((each) => each.kind)).toEqual(["line", "line"]);
  });

  it("beyond what one entry takes goes on in another, with its bytes", async () => {
    const id = await word("there");
    const shots = async (from: number, count: number) => {
      const drop = await phone.app.drops.startDrop(id);
      for (let at = from; at < from + count; at += 1) {
        const about = { media: `p-${String(at)}`, width: 4, height: 3 };
        await drop.put(drop.slot(), "photo", sound(50, at), about);
      }
      await drop.finish();
      return phone.app.adopt.adoptDrops();
    };
    expect(await shots(1, 8)).toEqual([id]);
    const [same, more, ...none] = await shots(9, 3);
    expect([same, none]).toEqual([id, []]);
    if (!more) throw new Error("another entry");
    expect((await answerOf(id))["photos"]).toHaveLength(10);
    expect(await answerOf(more)).toEqual({
      photos: [{ media: "p-11", type: "image/jpeg", width: 4, height: 3 }],
    });
    expect(await phone.sync()).toBe("done");
    expect([...server.rows.keys()]).toEqual([id, more]);
    expect((await phone.app.media.mediumRow("p-11"))?.entry).toBe(more);
    expect(await phone.app.media.mediumBytes("p-11")).toEqual(sound(50, 11));
  });

  it("finds room on a full phone where copies lie that the server has, locked or not", async () => {
    const before = await phone.app.drops.startDrop();
    await speak(before, "m-1", [sound(500)]);
    await before.finish();
    await phone.app.adopt.adoptDrops();
    await phone.sync();
    phone.app.db.dropKey();
    const drop = await phone.app.drops.startDrop();
    fullUntilDeleted();
    await drop.put(drop.slot(), "text", utf8("a low gold sound"));
    await drop.finish();
    vi.restoreAllMocks();
    await phone.app.adopt.adoptDrops();
    expect((await answerOf(drop.id))["text"]).toBe("a low gold sound");
    expect(await phone.app.media.mediumRow("m-1")).toMatchObject({ here: false });
  });

  it("says so where there is nothing to let go of", async () => {
    const drop = await phone.app.drops.startDrop();
    const free = full();
    const refused = drop.put(drop.slot(), "text", utf8("one"));
    await expect(refused).rejects.toThrow("no room");
    free();
    await drop.put(drop.slot(), "text", utf8("two"));
    expect(await rows()).toHaveLength(1);
  });

  it("is taken in once, wherever the phone died meanwhile", async () => {
    const drop = await phone.app.drops.startDrop();
    await drop.put(drop.slot(), "text", utf8("once"));
    await speak(drop, "m-1", [sound(300_000)]);
    await drop.finish();
    const kept = await rows();
    await phone.app.adopt.adoptDrops();
    const { db } = await phone.app.db.store();
    // It died after the entry was stored, and before the drop was let go.
    await db.put(
      "meta",
      kept.map(({ n }) => n),
      `drop:${drop.id}`,
    );
    for (const row of kept) await (await phone.app.db.device()).put("drops", row);
    await phone.open();
    await phone.app.adopt.adoptDrops();
    expect((await answerOf(drop.id))["text"]).toBe("once");
    expect((await answerOf(drop.id))["recordings"]).toHaveLength(1);
    expect(await rows()).toEqual([]);
    expect(await db.get("meta", `drop:${drop.id}`)).toBeUndefined();
  });

  it("is taken in once by two tabs at the same time", async () => {
    const id = await word("once");
    await Promise.all([phone.app.adopt.adoptDrops(), phone.app.adopt.adoptDrops()]);
    expect(await answerOf(id)).toEqual({ text: "once" });
  });
});

describe("whose it is", () => {
  it("works signed out, and is found at the next sign-in", async () => {
    await phone.app.account.signOut();
    const id = await word("said in the dark");
    expect(await phone.app.adopt.adoptDrops()).toEqual([]);
    expect(await rows()).toHaveLength(1);
    await phone.signIn(A);
    expect(await phone.app.adopt.adoptDrops()).toEqual([id]);
    await phone.sync();
    expect([...server.rows.keys()]).toEqual([id]);
  });

  it("is neither seen nor sent by another person on the same phone", async () => {
    await phone.app.account.signOut();
    const id = await word("for one alone");
    await phone.signIn(B);
    expect(await phone.app.adopt.adoptDrops()).toEqual([]);
    await phone.sync();
    expect(server.rows.size).toBe(0);
    const theirs = await word("mine");
    expect(await phone.app.adopt.adoptDrops()).toEqual([theirs]);
    expect((await rows()).map((row) => row.drop)).toEqual([id]);
    await phone.app.account.signOut();
    await phone.signIn(A);
    expect(await phone.app.adopt.adoptDrops()).toEqual([id]);
    expect(await answerOf(id)).toEqual({ text: "for one alone" });
  });

  it("is sealed to whoever stands at their own lock, not to who was here before", async () => {
    await phone.app.account.signOut();
    await phone.signIn(B);
    await phone.app.unlock.setLock(await phone.app.unlock.lyingOpen(), {
      passphrase: "one two three four five six",
    });
    await phone.app.account.signOut({ keep: true });
    await phone.open();
    await phone.signInLocked(A);
    await phone.app.account.signOut();
    await phone.signInLocked(B);
    expect(await phone.app.locked.lockState()).toBe("locked");
    await word("caught at the lock");
    expect((await phone.app.drops.dropTo())?.account).toBe(B);
    await phone.app.account.signOut({ keep: true });
    await phone.signInLocked(A);
    expect(await phone.app.adopt.adoptDrops()).toEqual([]);
    await phone.sync();
    expect(server.rows.size).toBe(0);
  });

  it("takes no more from a page that was begun for somebody who is not here any more", async () => {
    const drop = await phone.app.drops.startDrop();
    await drop.put(drop.slot(), "text", utf8("mine"));
    await phone.app.account.signOut();
    await phone.signIn(B);
    await expect(drop.put(drop.slot(), "text", utf8("not mine"))).rejects.toThrow();
    expect(await rows()).toHaveLength(1);
  });

  it("keeps what was said after its first part was taken in, as a part of its own", async () => {
    const first = await phone.app.drops.startDrop();
    await speak(first, "m-1", [sound(400)]);
    await first.finish();
    expect(await phone.app.adopt.adoptDrops()).toEqual([first.id]);
    const about = { media: "m-1", type: "audio/webm", seconds: 4 };
    await first.put(first.slot(), "audio", sound(300, 2), about);
    expect(await phone.app.adopt.adoptDrops()).toEqual([first.id]);
    const recordings = (await answerOf(first.id))["recordings"] as RecordingRef[];
    expect(recordings).toHaveLength(2);
    const later = await phone.app.media.mediumBytes(recordings[1]?.media ?? "");
    expect(Buffer.compare(later, sound(300, 2))).toBe(0);
    expect(await rows()).toEqual([]);
  });

  it("is the same pair on every device of a person", async () => {
    const other = await new Phone(server).open();
    await other.signIn(A);
    const there = await other.app.drops.dropTo();
    vi.stubGlobal("indexedDB", phone.idb);
    expect((await phone.app.drops.dropTo())?.id).toBe(there?.id);
    expect(server.dropKeys.size).toBe(1);
  });
});
