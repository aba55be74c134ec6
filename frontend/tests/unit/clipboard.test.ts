/** A code that was copied goes from the clipboard at the first moment at which the browser lets it. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { lend, takeBack } from "../../src/ui/clipboard.ts";

/** The clipboard of a device, and what the browser allows of it. */
const device = { holds: "", front: true, granted: new Set<string>() };

const inFront = () => {
  if (!device.front) throw new DOMException("Document is not focused.", "NotAllowedError");
};

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(device, { holds: "", front: true });
  device.granted = new Set(["clipboard-write", "clipboard-read"]);
  vi.stubGlobal("navigator", {
    clipboard: {
      writeText: async (text: string) => {
        inFront();
        device.holds = text;
      },
      readText: async () => {
        inFront();
        return device.holds;
      },
    },
    permissions: {
      query: async ({ name }: { name: string }) => ({
        state: device.granted.has(name) ? "granted" : "prompt",
      }),
    },
  });
});

afterEach(async () => {
  device.front = true;
  await takeBack();
  vi.useRealTimers();
});

const back = async () => {
  device.front = true;
  dispatchEvent(new Event("focus"));
  await vi.advanceTimersByTimeAsync(0);
};

it("goes after a minute, and not before", async () => {
  expect(await lend("heron")).toBe(true);
  await vi.advanceTimersByTimeAsync(59_000);
  expect(device.holds).toBe("heron");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(device.holds).toBe("");
});

it("goes when somebody comes back, where they were elsewhere after the minute", async () => {
  await lend("heron");
  device.front = false;
  await vi.advanceTimersByTimeAsync(90_000);
  dispatchEvent(new Event("focus"));
  await vi.advanceTimersByTimeAsync(0);
  expect(device.holds).toBe("heron");
  await back();
  expect(device.holds).toBe("");
  device.holds = "heron";
  await back();
  expect(device.holds).toBe("heron");
});

it("goes at once when the card goes", async () => {
  await lend("heron");
  await takeBack();
  expect(device.holds).toBe("");
});

it("leaves alone what was copied since", async () => {
  await lend("heron");
  device.holds = "something else";
  await takeBack();
  expect(device.holds).toBe("something else");
});

it("goes where the browser would ask whether we may look", async () => {
  device.granted.delete("clipboard-read");
  await lend("heron");
  await vi.advanceTimersByTimeAsync(61_000);
  expect(device.holds).toBe("");
});

it("promises no minute where a touch is wanted each time", async () => {
  device.granted.clear();
  expect(await lend("heron")).toBe(false);
  vi.stubGlobal("navigator", { clipboard: navigator.clipboard });
  expect(await lend("heron")).toBe(false);
});

it("says when nothing may be copied", async () => {
  device.front = false;
  await expect(lend("heron")).rejects.toThrow();
  await back();
  expect(device.holds).toBe("");
});
