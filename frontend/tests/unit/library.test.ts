// @vitest-environment node
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";

let answers: Record<string, () => Response>;
let asked: string[];
const HELP = { clinic: null, not_monitored: {}, regions: [], tools: ["gr-room"] };

async function app() {
  vi.resetModules();
  const library = await import("../../src/data/library.ts");
  const { onChange } = await import("../../src/data/changes.ts");
  return { ...library, onChange };
}

beforeEach(() => {
  asked = [];
  answers = { "/api/help": () => Response.json(HELP) };
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("BroadcastChannel", undefined);
  vi.stubGlobal("fetch", async (request: Request) => {
    const { pathname } = new URL(request.url);
    asked.push(pathname);
    const answer = answers[pathname];
    if (!answer) throw new TypeError("Failed to fetch");
    return answer();
  });
});

describe("public documents", () => {
  it("open offline and before any sign-in, once they were fetched", async () => {
    expect(await (await app()).help()).toEqual(HELP);
    answers = {};
    expect(await (await app()).help()).toEqual(HELP);
  });

  it("say so when they were never fetched", async () => {
    answers = {};
    const { help } = await app();
    await expect(help()).rejects.toMatchObject({ kind: "offline" });
  });

  it("are shown at once, and again when newer ones have come", async () => {
    await (await app()).help();
    const newer = { ...HELP, tools: ["gr-room", "br-slow"] };
    answers = { "/api/help": () => Response.json(newer) };
    const { help, onChange } = await app();
    const told = new Promise<string>((resolve) => onChange(({ kind }) => resolve(kind)));
    expect(await help()).toEqual(HELP);
    expect(await told).toBe("help");
    expect(await help()).toEqual(newer);
  });

  it("are asked for once by many screens", async () => {
    const { help, expire } = await app();
    await Promise.all([help(), help(), help()]);
    await help();
    expect(asked).toEqual(["/api/help"]);
    expire();
    await help();
    await vi.waitFor(() => expect(asked).toHaveLength(2));
  });

  it("hold the edition an entry was written against", async () => {
    const guide = { id: "refl", edition: 2, items: [] };
    const old = { ...guide, edition: 1 };
    answers["/api/library"] = () => Response.json({ guides: [guide] });
    answers["/api/guides/refl/1"] = () => Response.json(old);
    const { guideOf } = await app();
    expect(await guideOf("refl", 2)).toEqual(guide);
    expect(await guideOf("refl", 1)).toEqual(old);
    answers = {};
    expect(await (await app()).guideOf("refl", 1)).toEqual(old);
  });
});
