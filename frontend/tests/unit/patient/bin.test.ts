import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Care } from "../../../src/api/types.ts";
import type { bin as Bin } from "../../../src/patient/bin.svelte.ts";
import { aGuide, anItem } from "../made.ts";
import { A, B, FREE, Phone, say } from "../phone.ts";
import { Server } from "../server.ts";

type OneBin = typeof Bin;

const SECOND = 1_000;
const DAY = 86_400_000;
const NOW = Date.parse("2026-11-25T10:00:00Z");

let server: Server;
let phone: Phone;
let bin: OneBin;
const stops: (() => void)[] = [];

beforeEach(async () => {
  // The databases are at work in real time; only what the bin waits for is moved.
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: NOW });
  localStorage.clear();
  server = new Server();
  phone = new Phone(server);
  bin = await tab(A);
});

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
});

/** One more tab of the same phone, with a copy of the app of its own. */
async function tab(account?: string): Promise<OneBin> {
  await phone.open();
  if (account) await phone.signIn(account);
  const opened = (await import("../../../src/patient/bin.svelte.ts")).bin;
  stops.push(opened.follow());
  return opened;
}

/** A tab that is closed without a word. */
function dies(): void {
  stops.splice(0).forEach((stop) => stop());
  vi.clearAllTimers();
}

/** Time passes, and what is at work in the databases comes to its end. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 20; turn += 1) await phone.app.entries.listEntries();
}

/** The other tabs hear of what was stored. */
const heard = (key: string | null) => dispatchEvent(new StorageEvent("storage", { key }));

async function written(text = "the river"): Promise<string> {
  const entry = phone.app.entries.startEntry(FREE);
  entry.answers = say(text);
  entry.finished = true;
  await phone.app.entries.queue(entry);
  return entry.id;
}

const here = async (id: string) => (await phone.app.entries.getEntry(id)) !== null;

/** Whether it goes, of itself, without any more time. */
async function goes(id: string, from = bin): Promise<boolean> {
  for (let turn = 0; turn < 1_000; turn += 1) {
    if (!(await here(id)) && !from.holds(id)) return true;
    await vi.advanceTimersByTimeAsync(0);
  }
  return false;
}

describe("the ten seconds", () => {
  it("hold the entry out of sight, and then it is gone, here and on the server", async () => {
    const id = await written();
    await phone.sync();
    bin.put(id);
    await pass(9 * SECOND);
    expect([bin.holds(id), bin.waiting, await here(id)]).toEqual([true, [id], true]);
    await pass(1.5 * SECOND);
    expect([bin.holds(id), bin.waiting]).toEqual([true, []]);
    await pass(SECOND);
    expect(await goes(id)).toBe(true);
    await phone.sync();
    expect(server.rows.size).toBe(0);
    expect(localStorage.length).toBe(0);
  });

  it("can be taken back until they are over, and not after", async () => {
    const id = await written();
    bin.put(id);
    await pass(9 * SECOND);
    bin.undo();
    await pass(9 * SECOND);
    expect([bin.holds(id), await here(id)]).toEqual([false, true]);
    bin.put(id);
    await pass(10.5 * SECOND);
    bin.undo();
    expect(bin.holds(id)).toBe(true);
    await pass(SECOND);
    expect(await goes(id)).toBe(true);
  });

  it("are each entry's own", async () => {
    const [one, two] = [await written("one"), await written("two")];
    bin.put(one);
    await pass(6 * SECOND);
    bin.put(two);
    await pass(6 * SECOND);
    expect(await goes(one)).toBe(true);
    expect([await here(two), bin.waiting]).toEqual([true, [two]]);
    await pass(6 * SECOND);
    expect(await goes(two)).toBe(true);
  });

  it("are cut short when somebody signs out", async () => {
    const id = await written();
    bin.put(id);
    await bin.empty();
    expect([bin.holds(id), await here(id)]).toEqual([false, false]);
  });

  it("do not last for ever on a clock that was set back", async () => {
    const id = await written();
    bin.put(id);
    dies();
    vi.setSystemTime(NOW - DAY);
    expect(await goes(id, await tab())).toBe(true);
  });
});

describe("another tab", () => {
  it("does not hurry what still has its ten seconds, and the way back stays open", async () => {
    const id = await written();
    bin.put(id);
    await pass(3 * SECOND);
    const other = await tab();
    await pass(3 * SECOND);
    expect([await here(id), other.holds(id), bin.waiting]).toEqual([true, true, [id]]);
    bin.undo();
    // Not even before the other has heard of it.
    await pass(20 * SECOND);
    heard(`journal.deleting.${id}`);
    expect([await here(id), other.holds(id), bin.holds(id)]).toEqual([true, false, false]);
  });

  it("deletes what a tab that died left behind: not before its time, and not never", async () => {
    const id = await written();
    bin.put(id);
    dies();
    vi.setSystemTime(NOW + 4 * SECOND);
    const other = await tab();
    await pass(SECOND);
    expect([await here(id), other.holds(id), other.waiting]).toEqual([true, true, [id]]);
    await pass(7 * SECOND);
    expect(await goes(id, other)).toBe(true);
  });

  it("deletes at its start what has long had its ten seconds", async () => {
    const id = await written();
    bin.put(id);
    dies();
    vi.setSystemTime(NOW + 3_600 * SECOND);
    expect(await goes(id, await tab())).toBe(true);
  });

  it("loses nothing of this one's when both write at once", async () => {
    const ids = [await written("1"), await written("2"), await written("3"), await written("4")];
    const [one = "", two = "", three = "", four = ""] = ids;
    const other = await tab();
    // Neither hears of the other.
    bin.put(one);
    other.put(two);
    bin.rest(three);
    other.rest(four);
    dies();
    vi.setSystemTime(NOW + SECOND);
    const third = await tab();
    expect(ids.map((id) => third.holds(id))).toEqual([true, true, true, true]);
    await pass(12 * SECOND);
    expect([await goes(one, third), await goes(two, third)]).toEqual([true, true]);
    expect([await here(three), await here(four)]).toEqual([true, true]);
    expect(Object.keys(third.resting).sort()).toEqual([three, four].sort());
  });

  it("is followed", () => {
    localStorage.setItem("journal.bin.other", "7");
    heard("journal.bin.other");
    expect(bin.holds("other")).toBe(true);
    localStorage.clear();
    heard(null);
    expect(bin.holds("other")).toBe(false);
  });
});

describe("what could not be deleted", () => {
  it("stays out of sight and is tried again", async () => {
    const [one, two] = [await written("one"), await written("two")];
    bin.put(one);
    await pass(SECOND);
    const real = IDBDatabase.prototype.transaction;
    const spoilt = vi.spyOn(IDBDatabase.prototype, "transaction");
    spoilt.mockImplementation(function (this: IDBDatabase, ...args) {
      if (args[1] === "readwrite") throw new DOMException("no room", "QuotaExceededError");
      return real.apply(this, args);
    });
    await pass(12 * SECOND);
    spoilt.mockRestore();
    expect([await here(one), bin.holds(one), bin.waiting]).toEqual([true, true, []]);
    bin.put(two);
    await pass(12 * SECOND);
    expect([await goes(one), await goes(two)]).toEqual([true, true]);
  });

  it("because somebody else is here is deleted when its owner is back", async () => {
    const id = await written();
    bin.put(id);
    dies();
    vi.setSystemTime(NOW + 60 * SECOND);
    const theirs = await tab(B);
    await pass(0);
    expect(localStorage.length).toBe(1);
    await phone.signIn(A);
    expect(await goes(id, theirs)).toBe(true);
    expect(localStorage.length).toBe(0);
  });
});

describe("what is let go", () => {
  it("rests where these may be the hours after a dose, and has its ten seconds elsewhere", async () => {
    const { discard } = await import("../../../src/patient/discard.ts");
    const { look } = await import("../../../src/patient/look.svelte.ts");
    look.follow(null, true);
    discard("one");
    look.follow({ dosing_sessions: [] } as unknown as Care, true);
    discard("two");
    expect([Object.keys(bin.resting), bin.waiting]).toEqual([["one"], ["two"]]);
  });
});

describe("the thirty days", () => {
  it("keep what was put there in the hours after a dose, out of sight", async () => {
    const id = await written();
    bin.rest(id);
    await pass(20 * SECOND);
    await bin.empty();
    await bin.expire();
    expect([bin.holds(id), await here(id)]).toEqual([true, true]);
    // The screen asks again whenever the bin changes: without a change it would ask for ever.
    const before = bin.resting;
    await bin.expire();
    expect(bin.resting).toBe(before);
    bin.bringBack(id);
    expect(bin.holds(id)).toBe(false);
    expect(localStorage.length).toBe(0);
  });

  it("end with the entry deleted, if it is this person's", async () => {
    const mine = await written();
    bin.rest(mine, NOW);
    bin.rest("theirs", NOW);
    await bin.expire(NOW + 30 * DAY - 1);
    expect(await here(mine)).toBe(true);
    await bin.expire(NOW + 30 * DAY);
    expect(await here(mine)).toBe(false);
    expect(Object.keys(bin.resting)).toEqual(["theirs"]);
  });

  it("can be cut short, with ten seconds to come back to the bin", async () => {
    const id = await written();
    bin.rest(id);
    await pass(20 * SECOND);
    bin.put(id);
    bin.undo();
    expect([bin.deletes(id), id in bin.resting]).toEqual([false, true]);
    bin.put(id);
    await pass(12 * SECOND);
    expect(await goes(id)).toBe(true);
    expect(id in bin.resting).toBe(false);
  });

  it("hold ids and times and nothing else", () => {
    bin.rest("one", 5);
    expect({ ...localStorage }).toEqual({ "journal.bin.one": "5" });
  });

  it("take back what was handed over from it, and nothing else", async () => {
    const handed = [
      { id: "x", entry_id: "one" },
      { id: "y", entry_id: "two" },
    ];
    server.extra.set("GET /api/excerpts", () => Response.json(handed));
    bin.rest("one");
    await vi.waitFor(() => expect(server.log).toContain("DELETE /api/excerpts/x"));
    await pass(0);
    expect(server.log).not.toContain("DELETE /api/excerpts/y");
  });

  it("show nothing of it back above a question", async () => {
    const { before } = await import("../../../src/patient/before.ts");
    const guide = aGuide([anItem({ id: "refl-01", shows: "free-01" })]);
    const [older, newer] = [await written("older"), await written("newer")];
    bin.rest(newer);
    expect((await before(guide, null)).past.map(({ id }) => id)).toEqual([older]);
    bin.bringBack(newer);
    expect((await before(guide, null)).past).toHaveLength(2);
  });
});
