import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Trouble } from "../../src/api/client.ts";
import { EVERY, SILENCE } from "../../src/desk/heartbeat.ts";
import { Finding, type SeekServer } from "../../src/desk/seek/finding.svelte.ts";

const found = (patient: string, excerpt: string) => ({
  patient: { id: patient, name: patient },
  excerpt,
  title: "Free writing",
  line: `words of ${excerpt}`,
  written_at: "2026-11-24T09:00:00Z",
});

describe("what a search found", () => {
  let readable: Record<string, string[]>;
  let server: { [K in keyof SeekServer]: ReturnType<typeof vi.fn<SeekServer[K]>> };
  const onsignedout = vi.fn();
  let finding: Finding;
  const there = () => finding.found.map(({ excerpt }) => excerpt);

  beforeEach(async () => {
    vi.useFakeTimers();
    onsignedout.mockReset();
    readable = { leo: ["a", "b"], maya: ["c"] };
    server = {
      search: vi.fn(() =>
        Promise.resolve([found("leo", "a"), found("leo", "b"), found("maya", "c")]),
      ),
      patientNew: vi.fn((id: string) => Promise.resolve({ new: [], readable: readable[id] ?? [] })),
    };
    finding = new Finding(server, onsignedout);
    await finding.search("words");
  });
  afterEach(() => {
    finding.close();
    vi.useRealTimers();
  });

  it("goes as soon as something of it was taken back, without another search", async () => {
    readable = { leo: ["b"], maya: [] };
    finding.look();
    await vi.advanceTimersByTimeAsync(0);
    expect(there()).toEqual(["b"]);
    expect(server.search).toHaveBeenCalledTimes(1);
  });

  it("goes at the next beat where nobody said so", async () => {
    const gone = new Trouble("problem", { title: "Not found", status: 404 });
    server.patientNew.mockImplementation((id) =>
      id === "leo" ? Promise.reject(gone) : Promise.resolve({ new: [], readable: ["c"] }),
    );
    await vi.advanceTimersByTimeAsync(EVERY);
    expect(there()).toEqual(["c"]);
  });

  it("goes after a minute of silence, at a sign-out and at the end", async () => {
    server.patientNew.mockRejectedValue(new Trouble("offline"));
    await vi.advanceTimersByTimeAsync(SILENCE);
    expect([finding.state, there()]).toEqual(["silent", []]);
    server.search.mockRejectedValueOnce(new Trouble("signed-out"));
    await finding.search("words");
    expect(onsignedout).toHaveBeenCalledTimes(1);
    await finding.search("words");
    expect(there()).toHaveLength(3);
    finding.close();
    expect(there()).toEqual([]);
  });
});
