import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { bin } from "../../../src/patient/bin.svelte.ts";

const DAY = 86_400_000;
const broken = new Set<string>();
const deleted: string[] = [];
const takenBack: string[] = [];
let here: string[] = [];
let handed: { id: string; entry_id: string }[] = [];

vi.mock("../../../src/data/entries.ts", () => ({
  deleteEntry: (id: string) => {
    if (broken.has(id)) return Promise.reject(new Error("not now"));
    deleted.push(id);
    return Promise.resolve();
  },
  getEntry: (id: string) => Promise.resolve(here.includes(id) ? { id } : null),
}));

vi.mock("../../../src/sync/online.ts", () => ({
  excerpts: () => Promise.resolve(handed),
  takeBack: (id: string) => {
    takenBack.push(id);
    return Promise.resolve("now");
  },
}));

beforeEach(() => {
  bin.undo();
  for (const id of Object.keys(bin.resting)) bin.bringBack(id);
  broken.clear();
  deleted.length = 0;
  takenBack.length = 0;
  here = [];
  handed = [];
});
afterEach(() => vi.useRealTimers());

it("deletes at once when asked to, within the ten seconds too", async () => {
  bin.put("one");
  expect(await bin.empty()).toBe(true);
  expect(deleted).toEqual(["one"]);
  expect(bin.holds("one")).toBe(false);
});

it("keeps what could not be deleted, and tries it again", async () => {
  bin.put("one");
  bin.put("two");
  broken.add("one");
  expect(await bin.empty()).toBe(false);
  expect(bin.waiting).toEqual(["one"]);
  expect(localStorage.getItem("journal.deleting")).toBe('["one"]');
  broken.clear();
  expect(await bin.empty()).toBe(true);
  expect(deleted).toEqual(["two", "one"]);
});

describe("the thirty days", () => {
  it("keep what was put there in the hours after a dose, out of sight", async () => {
    bin.rest("one");
    expect(bin.holds("one")).toBe(true);
    await bin.empty();
    await bin.expire();
    expect(deleted).toEqual([]);
    bin.bringBack("one");
    expect(bin.holds("one")).toBe(false);
    expect(localStorage.getItem("journal.bin")).toBeNull();
  });

  it("end with the entry deleted, if it is this person's", async () => {
    here = ["mine"];
    bin.rest("mine", 1_000);
    bin.rest("theirs", 1_000);
    await bin.expire(1_000 + 30 * DAY - 1);
    expect(deleted).toEqual([]);
    await bin.expire(1_000 + 30 * DAY);
    expect(deleted).toEqual(["mine"]);
    expect(Object.keys(bin.resting)).toEqual(["theirs"]);
  });

  it("can be cut short, with ten seconds to come back to the bin", async () => {
    bin.rest("one");
    bin.put("one");
    bin.undo();
    expect(bin.holds("one")).toBe(false);
    bin.rest("two");
    vi.useFakeTimers();
    bin.put("two");
    vi.useRealTimers();
    await bin.empty();
    expect(deleted).toEqual(["two"]);
    expect(bin.holds("two")).toBe(false);
  });

  it("hold ids and times and nothing else", () => {
    bin.rest("one", 5);
    expect(localStorage.getItem("journal.bin")).toBe('{"one":5}');
  });

  it("take back what was handed over from it, and nothing else", async () => {
    handed = [
      { id: "x", entry_id: "one" },
      { id: "y", entry_id: "two" },
    ];
    bin.rest("one");
    await vi.waitFor(() => expect(takenBack).toEqual(["x"]));
  });

  it("follow another tab", () => {
    const stop = bin.follow();
    localStorage.setItem("journal.bin", '{"other":7}');
    dispatchEvent(new StorageEvent("storage", { key: "journal.bin" }));
    expect(bin.holds("other")).toBe(true);
    localStorage.clear();
    dispatchEvent(new StorageEvent("storage", { key: null }));
    expect(bin.holds("other")).toBe(false);
    stop();
  });
});
