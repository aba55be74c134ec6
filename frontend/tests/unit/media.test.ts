// @vitest-environment node
import { beforeEach, describe, expect, it } from "vitest";

import { A, Phone } from "./phone.ts";
import { Server, whole } from "./server.ts";

let server: Server;
let phone: Phone;

beforeEach(async () => {
  server = new Server();
  phone = await new Phone(server).open();
  await phone.signIn(A);
});

const PIECE = 262_144;
const sound = (size: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 9)) % 251);

/** A recording of so many bytes, taken in and waiting to be sent. */
async function recorded(size = 3 * PIECE + 100, id = "m-1"): Promise<string> {
  const drop = await phone.app.drops.startDrop();
  const about = { media: id, type: "audio/webm", seconds: 130 };
  await drop.put(drop.slot(), "audio", sound(size), about);
  await drop.finish();
  await phone.app.adopt.adoptDrops();
  return drop.id;
}

const there = (id = "m-1") => server.media.get(`${A}/${id}`);
const here = (id = "m-1") => phone.app.media.mediumRow(id);
const state = async (entry: string) => (await phone.app.entries.getEntry(entry))?.state;
const sentPieces = () => server.log.filter((line) => /^PUT .*\/pieces\//.test(line));
const isPiece = (request: Request) => request.url.includes("/pieces/");

describe("sending a recording", () => {
  it("sends every piece once, after the words, and is saved when the digest was confirmed", async () => {
    const entry = await recorded();
    expect(await state(entry)).toBe("on-phone");
    expect(await phone.sync()).toBe("done");
    const found = there();
    if (!found) throw new Error("it arrived");
    expect(found.complete).toBe(true);
    expect(Buffer.compare(whole(found), sound(3 * PIECE + 100))).toBe(0);
    expect(sentPieces()).toHaveLength(4);
    expect(server.log.indexOf("POST /api/sync")).toBeLessThan(
      server.log.indexOf("PUT /api/media/m-1"),
    );
    expect(await here()).toMatchObject({ state: "saved", waits: 0, here: true });
    expect(await state(entry)).toBe("saved");
  });

  it("goes on where it stopped", async () => {
    await recorded();
    let pieces = 0;
    server.net.fate = (request) => (isPiece(request) && ++pieces > 2 ? "lost-request" : "ok");
    expect(await phone.sync()).toBe("offline");
    expect(await here()).toMatchObject({ state: "on-phone", waits: 1 });
    server.net.fate = () => "ok";
    await phone.open();
    expect(await phone.sync()).toBe("done");
    expect(sentPieces()).toHaveLength(4);
    expect(there()?.complete).toBe(true);
  });

  it("is sent exactly once although every answer was lost once", async () => {
    const entry = await recorded();
    const lost = new Set<string>();
    server.net.fate = (request) => {
      const what = `${request.method} ${new URL(request.url).pathname}`;
      if (request.method === "GET" || lost.has(what)) return "ok";
      lost.add(what);
      return "lost-answer";
    };
    for (let run = 0; run < 12 && (await state(entry)) !== "saved"; run++) await phone.sync();
    expect(await state(entry)).toBe("saved");
    const found = there();
    if (!found) throw new Error("it arrived");
    expect(Buffer.compare(whole(found), sound(3 * PIECE + 100))).toBe(0);
    expect(server.media.size).toBe(1);
  });

  it("sends pieces the server says are missing", async () => {
    await recorded();
    server.extra.set("POST /api/media/m-1/complete", () => {
      server.extra.clear();
      there()?.pieces.delete(1);
      const body = { title: "Missing", status: 409, missing: [1] };
      return new Response(JSON.stringify(body), { status: 409 });
    });
    expect(await phone.sync()).toBe("done");
    expect(sentPieces().filter((line) => line.endsWith("/1"))).toHaveLength(2);
    expect(there()?.complete).toBe(true);
  });

  it("sends all of it anew when a piece was spoilt on its way", async () => {
    await recorded();
    server.spoil.add(2);
    expect(await phone.sync()).toBe("done");
    expect(there()?.complete).toBe(true);
    expect(sentPieces()).toHaveLength(8);
  });

  it("is set aside and shown when the server never takes it, and the words are saved", async () => {
    const entry = await recorded(500);
    server.extra.set("POST /api/media/m-1/complete", () => {
      there()?.pieces.clear();
      return new Response(JSON.stringify({ title: "No", status: 422 }), { status: 422 });
    });
    expect(await phone.sync()).toBe("done");
    expect(await here()).toMatchObject({ state: "on-phone", waits: 0, problem: { status: 422 } });
    expect(await state(entry)).toBe("saved");
    expect(await phone.app.media.mediumBytes("m-1")).toEqual(sound(500));
  });

  it("lets words go first, between two pieces", async () => {
    await recorded();
    let typed: Promise<void> | null = null;
    server.net.fate = (request) => {
      if (isPiece(request) && !typed) {
        const entry = phone.app.entries.startEntry({ id: "free", edition: 1 });
        entry.answers = { "free-01": { text: "meanwhile" } };
        typed = phone.app.entries.queue(entry);
      }
      return "ok";
    };
    expect(await phone.sync()).toBe("done");
    const words = server.log.lastIndexOf("POST /api/sync");
    const last = server.log.findLastIndex((line) => line.includes("/pieces/"));
    expect(words).toBeLessThan(last);
    expect(there()?.complete).toBe(true);
  });

  it("lets somebody who signs in go first, between two pieces, and goes on after them", async () => {
    await recorded(8 * PIECE);
    let others: Promise<unknown>[] = [];
    server.net.fate = (request) => {
      if (isPiece(request) && others.length === 0) {
        const shows = async () => server.log.push("shows who they are");
        others = [phone.app.underSendLock(shows), phone.sync()];
      }
      return "ok";
    };
    expect(await phone.sync()).toBe("done");
    const shown = server.log.indexOf("shows who they are");
    expect(server.log.slice(0, shown).filter((line) => line.includes("/pieces/"))).toHaveLength(1);
    expect(there()?.complete).toBe(true);
    expect(sentPieces()).toHaveLength(8);
    await Promise.all(others);
  });

  it("does not wait behind another whose turn fails", async () => {
    await recorded(500, "m-1");
    await recorded(500, "m-2");
    server.net.fate = (request) => (request.url.includes("/media/m-1") ? 503 : "ok");
    expect(await phone.sync()).toBe("later");
    expect(there("m-2")?.complete).toBe(true);
  });
});

describe("what the phone may forget", () => {
  it("lets go of confirmed copies alone, and fetches them again", async () => {
    await recorded(500, "m-1");
    await phone.sync();
    await recorded(400, "m-2");
    expect(await phone.app.letgo.letGo(1_000_000)).toBe(true);
    expect(await here("m-1")).toMatchObject({ here: false, state: "saved" });
    expect(await here("m-2")).toMatchObject({ here: true, state: "on-phone" });
    expect(await phone.app.media.mediumBytes("m-1")).toEqual(sound(500));
    expect(await phone.app.media.mediumBytes("m-2")).toEqual(sound(400));
  });

  it("counts a recording that was not sent among what a sign-out would lose", async () => {
    await recorded();
    server.net.fate = (request) => (request.url.includes("/media/") ? 503 : "ok");
    await phone.sync();
    expect(await phone.app.account.unsent()).toBe(1);
    server.net.fate = () => "ok";
    await phone.sync();
    expect(await phone.app.account.unsent()).toBe(0);
  });

  it("asks a server that was restored from a copy again for what it had confirmed", async () => {
    await recorded();
    expect(await phone.sync()).toBe("done");
    server.epoch = "two";
    server.media.clear();
    for (let i = 0; i < 3; i++) await phone.sync();
    expect(there()?.complete).toBe(true);
    expect(await here()).toMatchObject({ state: "saved", waits: 0, here: true });
  });

  it("deletes what belongs to an entry with it", async () => {
    const entry = await recorded();
    await phone.app.entries.deleteEntry(entry);
    const { db } = await phone.app.db.store();
    expect(await db.count("media")).toBe(0);
    expect(await db.count("pieces")).toBe(0);
    expect(await phone.sync()).toBe("done");
    expect(server.media.size).toBe(0);
  });

  it("deletes it too when the entry was deleted on another device", async () => {
    const entry = await recorded(500);
    await phone.sync();
    server.erase(entry);
    await phone.sync();
    const { db } = await phone.app.db.store();
    expect(await db.count("media")).toBe(0);
    expect(await db.count("pieces")).toBe(0);
  });

  it("keeps it under the new entry when words of a deleted one are kept", async () => {
    const entry = await recorded(500);
    await phone.sync();
    server.erase(entry);
    server.media.clear();
    const mine = await phone.app.entries.getEntry(entry);
    if (!mine) throw new Error("it is here");
    mine.answers = { "capture-01": { ...mine.answers["capture-01"], text: "and more" } };
    await phone.app.entries.queue(mine);
    await phone.sync();
    const made = await phone.app.entries.keepAsNew(entry);
    await phone.sync();
    expect(there()).toMatchObject({ complete: true, told: { entry: made?.id } });
  });
});
