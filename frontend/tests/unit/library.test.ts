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

describe("the library of one's own clinic", () => {
  const A = "00000000-0000-7000-8000-00000000000a";
  const B = "00000000-0000-7000-8000-00000000000b";
  let signedIn: string | null;
  const of = (who: string) => ({ guides: [{ id: "refl", edition: who === A ? 1001 : 1 }] });

  async function person(id: string) {
    const opened = await app();
    const account = await import("../../src/data/signin.ts");
    const { keysWith } = await import("../../src/data/db.ts");
    keysWith(() => import("../../src/data/newkey.ts"));
    signedIn = id;
    await account.signIn({ email: "who@example.org", password: "a long enough password" });
    return { ...opened, ...account, ...(await import("../../src/data/signout.ts")) };
  }

  beforeEach(() => {
    signedIn = null;
    const me = () => Response.json({ id: signedIn, role: "patient", name: "Maya" });
    answers = {
      "/api/session": () => (signedIn ? me() : Response.json({}, { status: 401 })),
      "/api/library": () => Response.json(of(signedIn ?? B)),
    };
  });

  it("is not shown to the next person on the phone", async () => {
    const first = await person(A);
    expect(await first.library()).toEqual(of(A));
    await first.signOut();
    const next = await person(B);
    expect(await next.library()).toEqual(of(B));
    const again = await person(A);
    expect(await again.library()).toEqual(of(A));
  });

  it("is asked for again at a sign-in, and opens before one, also offline", async () => {
    const stranger = await app();
    expect(await stranger.library()).toEqual(of(B));
    const first = await person(A);
    expect(await first.library()).toEqual(of(A));
    await first.signOut();
    answers = {};
    expect(await (await app()).library()).toEqual(of(A));
  });

  it("is not taken from a phone whose session has ended", async () => {
    const { library, expire } = await person(A);
    await library();
    answers["/api/library"] = () => Response.json({ title: "Please sign in" }, { status: 401 });
    expire();
    expect(await library()).toEqual(of(A));
    await vi.waitFor(() => expect(asked.filter((path) => path === "/api/library")).toHaveLength(2));
    expect(await library()).toEqual(of(A));
  });

  it("goes with what was given to this person, also offline", async () => {
    const own = { id: "q-1", edition: 1001, items: [] };
    const { library } = await person(A);
    await library();
    answers["/api/assigned"] = () => Response.json({ guides: [own] });
    await (await import("../../src/data/assigned.ts")).assigned();
    answers = {};
    expect(await (await app()).guideOf("q-1", 1001)).toEqual(own);
  });

  it("holds a question written for one person sealed, for that person alone", async () => {
    const own = { id: "q-1", edition: 1001, items: [{ id: "x-1", text: "About the river?" }] };
    answers["/api/guides/q-1/1001"] = () => Response.json(own);
    const { guideOf, signOut } = await person(A);
    expect(await guideOf("q-1", 1001)).toEqual(own);
    answers["/api/guides/q-1/1001"] = () => Response.json({ title: "Not found" }, { status: 404 });
    expect(await (await app()).guideOf("q-1", 1001)).toEqual(own);
    const { device } = await import("../../src/data/db.ts");
    const open = JSON.stringify(await (await device()).getAll("public"));
    expect(open).not.toContain("river");
    await signOut();
    const next = await person(B);
    await expect(next.guideOf("q-1", 1001)).rejects.toMatchObject({ kind: "problem" });
  });
});
