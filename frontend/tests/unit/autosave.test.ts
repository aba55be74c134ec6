import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { who } from "../../src/api/who.ts";
import { allStored, autosave, flushAll, openStored } from "../../src/app/autosave.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function hide(state: "hidden" | "visible"): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

describe("autosave", () => {
  it("saves once, at most 300 ms after the last keystroke", async () => {
    const save = vi.fn(async () => undefined);
    const saving = autosave(save);
    for (let i = 0; i < 3; i++) {
      saving.touch();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(save).not.toHaveBeenCalled();
    expect(saving.pending).toBe(true);
    await vi.advanceTimersByTimeAsync(200);
    expect(save).toHaveBeenCalledTimes(1);
    expect(saving.pending).toBe(false);
  });

  it("saves within a second while somebody types without a pause", async () => {
    const save = vi.fn(async () => undefined);
    const saving = autosave(save);
    for (let ms = 0; ms < 1000; ms += 50) {
      saving.touch();
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(save).toHaveBeenCalled();
  });

  it.each(["visibilitychange", "pagehide"])("saves at once on %s", async (event) => {
    const save = vi.fn(async () => undefined);
    const saving = autosave(save);
    saving.touch();
    if (event === "pagehide") window.dispatchEvent(new Event("pagehide"));
    else hide("hidden");
    expect(save).toHaveBeenCalledTimes(1);
    await saving.stop();
  });

  it("never runs two saves at a time, and saves what was typed meanwhile", async () => {
    let running = 0;
    let most = 0;
    let text = "";
    const stored: string[] = [];
    const saving = autosave(async () => {
      most = Math.max(most, ++running);
      const now = text;
      await new Promise((resolve) => setTimeout(resolve, 500));
      stored.push(now);
      running -= 1;
    });
    text = "one";
    saving.touch();
    await vi.advanceTimersByTimeAsync(300);
    text = "one two";
    saving.touch();
    await vi.advanceTimersByTimeAsync(2000);
    expect(stored).toEqual(["one", "one two"]);
    expect(most).toBe(1);
  });

  it("tries again when a save fails, and says so", async () => {
    const troubles: unknown[] = [];
    const save = vi.fn(async () => undefined).mockRejectedValueOnce(new Error("full"));
    const saving = autosave(save, { onTrouble: (error) => troubles.push(error) });
    saving.touch();
    await vi.advanceTimersByTimeAsync(300);
    expect(saving.pending).toBe(true);
    await vi.advanceTimersByTimeAsync(2500);
    expect(saving.pending).toBe(false);
    expect(troubles).toEqual([new Error("full"), null]);
  });

  it("tries on after its screen was left, until it is stored", async () => {
    const save = vi.fn(() => Promise.reject(new Error("full")));
    const saving = autosave(save);
    saving.touch();
    expect(openStored()).toBe(false);
    await saving.stop();
    expect([allStored(), openStored()]).toEqual([false, true]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(save.mock.calls.length).toBeGreaterThan(3);
    save.mockResolvedValue(undefined as never);
    await vi.advanceTimersByTimeAsync(2500);
    expect(allStored()).toBe(true);
    const calls = save.mock.calls.length;
    await flushAll();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(save).toHaveBeenCalledTimes(calls);
  });

  it.each([null, "b"])("gives nothing of one person to the next (%s)", async (next) => {
    who.account = "a";
    const save = vi.fn(() => Promise.reject(new Error("full")));
    const saving = autosave(save);
    saving.touch();
    await saving.stop();
    save.mockClear();
    who.account = next;
    await flushAll();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(save).not.toHaveBeenCalled();
    expect(allStored()).toBe(true);
    // Nothing is left that holds on to the words.
    expect(vi.getTimerCount()).toBe(0);
    who.account = null;
  });

  it("does nothing when nothing changed", async () => {
    const save = vi.fn(async () => undefined);
    const saving = autosave(save);
    await saving.flush();
    hide("hidden");
    await saving.stop();
    expect(save).not.toHaveBeenCalled();
  });
});

it("saves everything in the page before a reload", async () => {
  const saved: string[] = [];
  const made = ["one", "two"].map((name) => autosave(() => Promise.resolve(saved.push(name))));
  for (const each of made) each.touch();
  await flushAll();
  expect(saved).toEqual(["one", "two"]);
  await Promise.all(made.map((each) => each.stop()));
});
