import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Guide } from "../../../src/api/types.ts";
import type * as entries from "../../../src/data/entries.ts";

const keep = vi.fn<(entry: entries.LocalEntry) => Promise<void>>();
const queue = vi.fn<(entry: entries.LocalEntry) => Promise<void>>();

vi.mock("../../../src/data/entries.ts", async (original) => ({
  ...(await original<typeof entries>()),
  keep,
  queue,
  getEntry: () => Promise.resolve(null),
}));

const { startEntry } = await import("../../../src/data/entries.ts");
const { who } = await import("../../../src/api/who.ts");
const { Writing } = await import("../../../src/patient/writing.svelte.ts");
const guide = { id: "refl", edition: 1, items: [] } as unknown as Guide;

beforeEach(() => {
  who.account = null;
  const stored = (entry: entries.LocalEntry) => {
    entry.dirty += 1;
    return Promise.resolve();
  };
  keep.mockReset().mockImplementation(stored);
  queue.mockReset().mockImplementation(stored);
});

describe("writing", () => {
  it("stores nothing when it is opened and left", async () => {
    const writing = new Writing(guide);
    writing.moveTo(1);
    await writing.close();
    expect(keep).not.toHaveBeenCalled();
    expect(queue).not.toHaveBeenCalled();
  });

  it("stores nothing for skips alone", async () => {
    const writing = new Writing(guide);
    writing.answer("refl-01", { state: "skipped" });
    await writing.send(true);
    await writing.close();
    expect(keep).not.toHaveBeenCalled();
    expect(queue).not.toHaveBeenCalled();
  });

  it("keeps what is written and sends it when it is left", async () => {
    const writing = new Writing(guide);
    writing.answer("refl-01", { text: "the door" });
    await writing.close();
    expect(keep).toHaveBeenCalledOnce();
    expect(queue).toHaveBeenCalledOnce();
    expect(queue.mock.lastCall?.[0].answers).toEqual({ "refl-01": { text: "the door" } });
    expect(writing.stored).not.toBeNull();
  });

  it("remembers the question and whether it was finished", async () => {
    const writing = new Writing(guide);
    writing.answer("refl-01", { text: "the door" });
    writing.moveTo(2);
    await writing.send(false);
    expect(queue.mock.lastCall?.[0]).toMatchObject({ place: 2, finished: false });
    await writing.send(true);
    expect(queue.mock.lastCall?.[0]).toMatchObject({ finished: true });
    await writing.close();
  });

  it("says when the phone is full, and does not say saved", async () => {
    queue.mockRejectedValue(new DOMException("full", "QuotaExceededError"));
    keep.mockRejectedValue(new DOMException("full", "QuotaExceededError"));
    const writing = new Writing(guide);
    writing.answer("refl-01", { text: "the door" });
    await writing.send();
    expect(writing.trouble).toBe("full");
    expect(writing.stored).toBeNull();
    await writing.close();
  });

  it("is never put into the journal of whoever was let in after", async () => {
    const stored = { ...startEntry(guide), answers: { "refl-01": { text: "the door" } } };
    who.account = "her";
    const opened = new Writing(guide, stored);
    const changed = new Writing(guide);
    changed.answer("refl-01", { text: "the window" });
    who.account = "him";
    for (const writing of [opened, changed]) {
      await writing.send(true);
      await writing.close();
    }
    expect(keep).not.toHaveBeenCalled();
    expect(queue).not.toHaveBeenCalled();
  });

  it("left on a full phone is sent once there is room", async () => {
    vi.useFakeTimers();
    const refused = new DOMException("full", "QuotaExceededError");
    keep.mockRejectedValue(refused);
    queue.mockRejectedValue(refused);
    const writing = new Writing(guide);
    writing.answer("refl-01", { text: "the door" });
    await writing.close();
    queue.mockClear().mockResolvedValue(undefined);
    await vi.advanceTimersByTimeAsync(5000);
    vi.useRealTimers();
    expect(queue.mock.lastCall?.[0].answers).toEqual({ "refl-01": { text: "the door" } });
    expect(queue).toHaveBeenCalledOnce();
  });
});
