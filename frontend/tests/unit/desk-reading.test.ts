import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Trouble } from "../../src/api/client.ts";
import type { Page } from "../../src/api/types.ts";
import { EVERY, SILENCE } from "../../src/desk/heartbeat.ts";
import { Reading, type ReadingServer } from "../../src/desk/reading.svelte.ts";

const page = (...ids: string[]): Page => ({
  at: "2026-11-20T12:00:00Z",
  patient: { id: "p", name: "Maya" },
  therapist: { id: "t", name: "Dr Reyes" },
  until: "2027-02-14T00:00:00Z",
  next_appointment: null,
  since: null,
  last_dosing: null,
  dosings: [],
  released_at: null,
  minutes: 0,
  agenda: null,
  bring: [],
  first: [],
  carried: [],
  safety: [],
  visit: [],
  effects: [],
  measures: [],
  scales: [],
  skills: [],
  steps: [],
  intention: null,
  plan: null,
  excerpts: ids.map((id) => ({
    id,
    category: "reflections",
    kind: "whole",
    guide: "refl",
    handed_at: "2026-11-20T09:00:00Z",
    written_at: "2026-11-17T09:00:00Z",
    zone: "Europe/Lisbon",
    content: { title: id, items: [], facts: [] },
    marks: { read: null, talked: null, carry: null },
  })),
});
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
