// @vitest-environment node
/** Entries open in memory: each box once, copies for everybody, nothing after a sign-out. */
import { beforeEach, describe, expect, it } from "vitest";

import type * as Changes from "../../src/data/changes.ts";
import type { LocalEntry } from "../../src/data/entries.ts";
import type * as Opened from "../../src/data/opened.ts";
import { A, B, FREE, Phone, said, say } from "./phone.ts";
import { Server } from "./server.ts";

let phone: Phone;
let opened: typeof Opened;
let changes: typeof Changes;

beforeEach(async () => {
  phone = await new Phone(new Server()).open();
  opened = await import("../../src/data/opened.ts");
  changes = await import("../../src/data/changes.ts");
  await phone.signIn(A);
});

async function written(text: string, occurred_at?: string): Promise<LocalEntry> {
  const entry = phone.app.entries.startEntry(FREE);
  entry.answers = say(text);
  if (occurred_at) entry.occurred_at = occurred_at;
  await phone.app.entries.keep(entry);
  return entry;
}

const texts = (entries: LocalEntry[]) => entries.map(({ answers }) => said(answers));

describe("entries that are open", () => {
  it("come in the order in which they were lived", async () => {
    await written("second", "2026-11-02T10:00:00Z");
    await written("third", "2026-11-01T10:00:00Z");
    await written("first", "2026-11-03T10:00:00Z");
    expect(texts(await opened.openedEntries())).toEqual(["first", "second", "third"]);
  });

  it("follow every change, and a deletion", async () => {
    const entry = await written("the river");
    expect(texts(await opened.openedEntries())).toEqual(["the river"]);
    entry.answers = say("the door");
    await phone.app.entries.keep(entry);
    expect(texts(await opened.openedEntries())).toEqual(["the door"]);
    await phone.app.entries.deleteEntry(entry.id);
    expect(await opened.openedEntries()).toEqual([]);
  });

  it("leave out one that does not open, and show the others", async () => {
    const [spoilt, whole] = [await written("spoilt"), await written("whole")];
    expect(await opened.openedEntries()).toHaveLength(2);
    const { db } = await phone.app.db.store();
    const [row, other] = [await db.get("entries", spoilt.id), await db.get("entries", whole.id)];
    if (!row || !other) throw new Error("both are there");
    await db.put("entries", { ...row, box: other.box });
    changes.changed("entries", spoilt.id);
    expect(texts(await opened.openedEntries())).toEqual(["whole"]);
    await written("new");
    expect(texts(await opened.openedEntries()).sort()).toEqual(["new", "whole"]);
  });

  it("say when they were saved, without being opened again", async () => {
    await phone.app.entries.queue(await written("the river"));
    const [before] = await opened.openedEntries();
    await phone.sync();
    const [after] = await opened.openedEntries();
    expect([before?.state, after?.state]).toEqual(["on-phone", "saved"]);
    expect(after?.answers).toBe(before?.answers);
  });

  it("are everybody's own: what one caller changes nobody else sees", async () => {
    await written("the river");
    const [mine] = await opened.openedEntries();
    if (mine) mine.answers = say("not kept");
    expect(texts(await opened.openedEntries())).toEqual(["the river"]);
  });

  it("asked for many times at once, are the same", async () => {
    await written("the river");
    const all = await Promise.all([1, 2, 3].map(() => opened.openedEntries()));
    for (const each of all) expect(texts(each)).toEqual(["the river"]);
  });

  it("are forgotten when the journal is locked", async () => {
    await written("the river");
    const [before] = await opened.openedEntries();
    changes.changed("lock" as "account");
    const [after] = await opened.openedEntries();
    expect(after?.answers).toEqual(before?.answers);
    expect(after?.answers).not.toBe(before?.answers);
  });

  it("stay open while a session is only confirmed", async () => {
    await written("the river");
    const [before] = await opened.openedEntries();
    changes.changed("account");
    await new Promise((resolve) => setTimeout(resolve, 20));
    const [after] = await opened.openedEntries();
    expect(after?.answers).toBe(before?.answers);
  });

  it("are nobody's after a sign-out, and the next person has their own", async () => {
    await written("the river");
    expect(await opened.openedEntries()).toHaveLength(1);
    await phone.app.account.signOut();
    await expect(opened.openedEntries()).rejects.toThrow();
    await phone.signIn(B);
    expect(await opened.openedEntries()).toEqual([]);
  });
});

describe("the latest", () => {
  it("are all of them where there are few", async () => {
    await written("the river");
    expect(texts(await opened.latestEntries())).toEqual(["the river"]);
  });

  it("are the last hundred that were begun, where there are many", async () => {
    for (let at = 0; at < 205; at += 1) await written(`number ${String(at)}`);
    const latest = texts(await opened.latestEntries());
    expect(latest).toHaveLength(100);
    expect(latest).toContain("number 204");
    expect(latest).not.toContain("number 104");
    expect(await opened.openedEntries()).toHaveLength(205);
    expect(await opened.latestEntries()).toHaveLength(205);
  });
});
