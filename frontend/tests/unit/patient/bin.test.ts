import { beforeEach, expect, it, vi } from "vitest";

import { bin } from "../../../src/patient/bin.svelte.ts";

const broken = new Set<string>();
const deleted: string[] = [];

vi.mock("../../../src/data/entries.ts", () => ({
  deleteEntry: (id: string) => {
    if (broken.has(id)) return Promise.reject(new Error("not now"));
    deleted.push(id);
    return Promise.resolve();
  },
}));

beforeEach(() => {
  bin.undo();
  broken.clear();
  deleted.length = 0;
});

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
