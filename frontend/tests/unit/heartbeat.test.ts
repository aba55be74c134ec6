import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { EVERY, heartbeat, SILENCE, type Heartbeat } from "../../src/desk/heartbeat.ts";

describe("the heartbeat of an open page", () => {
  let ask = vi.fn<() => Promise<void>>();
  const onsilence = vi.fn();
  let pulse: Heartbeat;

  beforeEach(() => {
    vi.useFakeTimers();
    ask = vi.fn(() => Promise.resolve());
    onsilence.mockReset();
    pulse = heartbeat({ ask: () => ask(), onsilence });
  });
  afterEach(() => {
    pulse.stop();
    vi.useRealTimers();
  });

  it("asks every fifteen seconds", async () => {
    await vi.advanceTimersByTimeAsync(EVERY * 4 + 1_000);
    expect(ask).toHaveBeenCalledTimes(4);
    expect(onsilence).not.toHaveBeenCalled();
  });

  it("is silent after a minute without an answer, once for each silence", async () => {
    ask.mockRejectedValue(new Error("offline"));
    await vi.advanceTimersByTimeAsync(SILENCE - 1_000);
    expect(onsilence).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(onsilence).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(SILENCE);
    expect(onsilence).toHaveBeenCalledTimes(1);
    ask.mockResolvedValue();
    await vi.advanceTimersByTimeAsync(EVERY);
    ask.mockRejectedValue(new Error("offline"));
    await vi.advanceTimersByTimeAsync(SILENCE + EVERY);
    expect(onsilence).toHaveBeenCalledTimes(2);
  });

  it("is silent when an answer never comes, and asks again all the same", async () => {
    ask.mockImplementation(() => new Promise<void>(() => undefined));
    await vi.advanceTimersByTimeAsync(SILENCE + EVERY);
    expect(onsilence).toHaveBeenCalledTimes(1);
    expect(ask.mock.calls.length).toBeGreaterThan(2);
  });

  it("counts the time a sleeping computer did not", async () => {
    ask.mockImplementation(() => new Promise<void>(() => undefined));
    vi.setSystemTime(Date.now() + SILENCE * 10);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(onsilence).toHaveBeenCalledTimes(1);
  });

  it("asks at once when the window is seen again", async () => {
    document.dispatchEvent(new Event("visibilitychange"));
    await vi.advanceTimersByTimeAsync(0);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it("is over when it is stopped", async () => {
    pulse.stop();
    await vi.advanceTimersByTimeAsync(SILENCE * 2);
    expect(ask).not.toHaveBeenCalled();
    expect(onsilence).not.toHaveBeenCalled();
  });
});
