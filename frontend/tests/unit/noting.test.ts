import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Noting, type NotesServer, PAUSE } from "../../src/desk/beside/noting.svelte.ts";

const AT = "2026-11-24T09:00:00Z";
const kept = (id: string, text: string) => ({ id, text, made_at: AT, changed_at: AT });

describe("a therapist's own notes", () => {
  let server: { [K in keyof NotesServer]: ReturnType<typeof vi.fn<NotesServer[K]>> };
  let mine: Noting;

  beforeEach(async () => {
    vi.useFakeTimers();
    server = {
      notes: vi.fn(() => Promise.resolve([kept("old", "From last time.")])),
      keepNote: vi.fn((_: string, id: string, text: string) => Promise.resolve(kept(id, text))),
      removeNote: vi.fn(() => Promise.resolve()),
    };
    mine = new Noting("p", server);
    await mine.load();
  });
  afterEach(() => vi.useRealTimers());

  function type(text: string) {
    mine.text = text;
    mine.typed();
  }

  it("go to the server after a pause, once", async () => {
    type("A");
    type("Ask about the pen.");
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(server.keepNote.mock.calls.map(([, , text]) => text)).toEqual(["Ask about the pen."]);
    expect(mine.unsaved).toBe(false);
    expect(mine.savedAt).toBe(AT);
    await mine.save();
    expect(server.keepNote).toHaveBeenCalledTimes(1);
  });

  it("never arrive out of order", async () => {
    let arrive = () => {};
    server.keepNote.mockImplementationOnce(
      (_, id, text) => new Promise((resolve) => (arrive = () => resolve(kept(id, text)))),
    );
    type("First");
    await vi.advanceTimersByTimeAsync(PAUSE);
    type("First and second");
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect(server.keepNote).toHaveBeenCalledTimes(1);
    arrive();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.keepNote).toHaveBeenCalledTimes(2);
    expect(mine.unsaved).toBe(false);
  });

  it("do not say that they are saved when they are not", async () => {
    server.keepNote.mockRejectedValueOnce(new Error());
    type("Lost?");
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect([mine.failed, mine.unsaved, mine.savedAt]).toEqual([true, true, null]);
    type("Lost? No.");
    await vi.advanceTimersByTimeAsync(PAUSE);
    expect([mine.failed, mine.unsaved, mine.savedAt]).toEqual([false, false, AT]);
  });

  it("are done one by one", async () => {
    type("One.");
    await mine.another();
    const { id } = mine;
    expect(mine.text).toBe("");
    expect(mine.earlier.map(({ text }) => text)).toEqual(["One.", "From last time."]);
    expect(mine.earlier[0]?.id).not.toBe(id);
  });

  it("go when they are emptied or deleted", async () => {
    type("One.");
    await mine.save();
    type(" ");
    await mine.save();
    expect(server.removeNote).toHaveBeenCalledWith("p", mine.id);
    await mine.remove("old");
    expect(mine.earlier).toEqual([]);
  });
});
