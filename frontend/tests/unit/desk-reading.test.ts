import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Trouble } from "../../src/api/client.ts";
import type { Page } from "../../src/api/types.ts";
import { EVERY, SILENCE } from "../../src/desk/heartbeat.ts";
import { Reading, type ReadingServer } from "../../src/desk/reading.svelte.ts";
import { excerpt, page as made } from "./pages.ts";

const page = (...ids: string[]): Page => made(ids.map((id) => excerpt({ id, title: id })));
const titles = (reading: Reading) => reading.page?.excerpts.map((excerpt) => excerpt.id) ?? null;

describe("the page of one patient on the desk", () => {
  let readable: string[];
  let server: { [K in keyof ReadingServer]: ReturnType<typeof vi.fn<ReadingServer[K]>> };
  const onsignedout = vi.fn();
  let reading: Reading;

  beforeEach(async () => {
    vi.useFakeTimers();
    onsignedout.mockReset();
    readable = ["a", "b"];
    server = {
      patientPage: vi.fn(() => Promise.resolve(page(...readable))),
      patientNew: vi.fn(() => Promise.resolve({ new: ["b"], readable })),
    };
    reading = new Reading("p", server, onsignedout);
    await reading.load();
  });
  afterEach(() => {
    reading.close();
    vi.useRealTimers();
  });

  it("shows what was handed over, and what of it is new", () => {
    expect(titles(reading)).toEqual(["a", "b"]);
    expect(reading.fresh).toEqual(["b"]);
  });

  it("drops what was taken back at the next beat, without reading again", async () => {
    readable = ["a"];
    await vi.advanceTimersByTimeAsync(EVERY);
    expect(titles(reading)).toEqual(["a"]);
    expect(server.patientPage).toHaveBeenCalledTimes(1);
  });

  it("asks at once when it is told that something changed", async () => {
    readable = ["b"];
    reading.look();
    await vi.advanceTimersByTimeAsync(0);
    expect(titles(reading)).toEqual(["b"]);
  });

  it("shows a mark once the server has it, and keeps the rest as it is", () => {
    reading.mark(["b"], "talked", "2026-11-24T09:00:00Z");
    expect(reading.page?.excerpts.map(({ marks }) => marks.talked)).toEqual([
      null,
      "2026-11-24T09:00:00Z",
    ]);
  });

  it("says no end date once nothing is left", async () => {
    readable = [];
    await vi.advanceTimersByTimeAsync(EVERY);
    expect(titles(reading)).toEqual([]);
    expect(reading.page?.until).toBeNull();
  });

  it("offers what arrived meanwhile, and does not read it by itself", async () => {
    readable = ["a", "b", "c"];
    await vi.advanceTimersByTimeAsync(EVERY);
    expect(reading.more).toBe(true);
    expect(titles(reading)).toEqual(["a", "b"]);
    await reading.load();
    expect(reading.more).toBe(false);
    expect(titles(reading)).toEqual(["a", "b", "c"]);
  });

  it("has no words after a minute of silence, and reads again when the server answers", async () => {
    server.patientNew.mockRejectedValue(new Trouble("offline"));
    await vi.advanceTimersByTimeAsync(SILENCE);
    expect(reading.state).toBe("silent");
    expect(reading.page).toBeNull();
    server.patientNew.mockResolvedValue({ new: [], readable });
    await vi.advanceTimersByTimeAsync(EVERY);
    expect(reading.state).toBe("open");
  });

  it("has no words once signed out", async () => {
    server.patientNew.mockRejectedValue(new Trouble("signed-out"));
    await vi.advanceTimersByTimeAsync(EVERY);
    expect(reading.page).toBeNull();
    expect(onsignedout).toHaveBeenCalledTimes(1);
  });

  it("has no words once there is nothing to read", async () => {
    const gone = new Trouble("problem", { title: "Not found", status: 404 });
    server.patientNew.mockRejectedValue(gone);
    await vi.advanceTimersByTimeAsync(EVERY);
    expect(reading.state).toBe("gone");
    expect(reading.page).toBeNull();
  });

  it("covers the words out of sight, until the server was heard", async () => {
    const visibility = vi.spyOn(document, "visibilityState", "get");
    visibility.mockReturnValue("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    expect(reading.covered).toBe(true);
    visibility.mockReturnValue("visible");
    document.dispatchEvent(new Event("visibilitychange"));
    expect(reading.covered).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(reading.covered).toBe(false);
  });

  it("keeps nothing when it is closed", () => {
    reading.close();
    expect(reading.page).toBeNull();
  });
});
