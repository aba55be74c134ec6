/** Writing on the real store of a phone: what is said of the words is true at every moment. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Writing } from "../../../src/patient/writing.svelte.ts";
import { aGuide, anItem } from "../made.ts";
import { A, Phone } from "../phone.ts";
import { Server } from "../server.ts";

const guide = aGuide([anItem({ id: "refl-01" })]);
let phone: Phone;
let writing: Writing;
let release: () => void;

beforeEach(async () => {
  phone = await new Phone(new Server()).open();
  await phone.signIn(A);
  const made = await import("../../../src/patient/writing.svelte.ts");
  writing = new made.Writing(guide);
  release = () => undefined;
});
afterEach(async () => {
  release();
  await writing.close();
});

/** A phone that is slow to store: another transaction holds the entries until it is released. */
async function stall(): Promise<void> {
  const { db } = await phone.app.db.store();
  const tx = db.transaction("entries", "readwrite");
  let held = true;
  release = () => (held = false);
  const hold = async (): Promise<void> => {
    while (held) await tx.store.count();
  };
  void hold();
}

const say = (text: string): void => writing.answer("refl-01", { text });

describe("what is not kept yet", () => {
  it("is said from the first word until it is on the phone", async () => {
    expect(writing.unkept).toBe(false);
    say("the door");
    expect(writing.unkept).toBe(true);
    expect(writing.stored).toBeNull();
    await vi.waitFor(() => expect(writing.unkept).toBe(false));
    expect(writing.stored?.state).toBe("on-phone");
    expect((await phone.app.entries.getEntry(writing.id))?.answers).toEqual(writing.answers);
  });

  it("is said while what was saved before is changed and the phone does not answer", async () => {
    say("the door");
    await writing.send();
    await phone.sync();
    await vi.waitFor(() => expect(writing.stored?.state).toBe("saved"));
    await stall();
    say("the door, and the light");
    const sent = writing.send();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(writing.unkept).toBe(true);
    release();
    await sent;
    expect(writing.unkept).toBe(false);
    expect(writing.stored?.state).toBe("on-phone");
  });

  it("is said of what is typed while the words before are written down", async () => {
    await stall();
    say("the door");
    const sent = writing.send();
    await new Promise((resolve) => setTimeout(resolve, 50));
    say("the door, and the light");
    release();
    await sent;
    const kept = (await phone.app.entries.getEntry(writing.id))?.answers;
    expect(writing.unkept || JSON.stringify(kept) === JSON.stringify(writing.answers)).toBe(true);
    await vi.waitFor(() => expect(writing.unkept).toBe(false));
    expect((await phone.app.entries.getEntry(writing.id))?.answers).toEqual(writing.answers);
  });

  it("is not said where nothing is to be kept", async () => {
    writing.answer("refl-01", { state: "skipped" });
    expect(writing.unkept).toBe(false);
    await writing.send();
    expect(await phone.app.entries.listEntries()).toEqual([]);
  });
});
