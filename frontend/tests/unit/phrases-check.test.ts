import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Answers, Guide } from "../../src/api/types.ts";
import { IDBFactory } from "fake-indexeddb";

const GUIDE = {
  id: "free",
  stage: null,
  items: [{ id: "free-01", parts: [{ name: "text", kind: "text" }] }],
} as unknown as Guide;
const MATCH: Answers = { "free-01": { text: "I want to die." } };
const ME = {
  id: "00000000-0000-7000-8000-00000000000a",
  name: "Ada Lovelace",
  role: "patient",
  zone: "Europe/London",
  clinic: null,
};
const LIBRARY = {
  phrases: { version: 1, any: ["i want to die"], intent_only: ["i am going to kill myself"] },
};

const asked: string[] = [];

/** Opens the app anew: only what lies on the phone is left of before. */
async function open() {
  vi.resetModules();
  const account = {
    ...(await import("../../src/data/account.ts")),
    ...(await import("../../src/data/signin.ts")),
  };
  const { signOut } = await import("../../src/data/signout.ts");
  const { keysWith } = await import("../../src/data/db.ts");
  keysWith(() => import("../../src/data/newkey.ts"));
  const check = await import("../../src/patient/phrases-check.ts");
  const preferences = await import("../../src/data/prefs.ts");
  const { library, expire } = await import("../../src/data/library.ts");
  return { ...account, signOut, ...check, ...preferences, library, expire };
}

describe("whether the card is offered", () => {
  beforeEach(async () => {
    vi.stubGlobal("indexedDB", new IDBFactory());
    vi.stubGlobal("BroadcastChannel", undefined);
    vi.stubGlobal("fetch", (request: Request) => {
      const path = new URL(request.url).pathname;
      asked.push(`${request.method} ${path}`);
      return Promise.resolve(Response.json(path === "/api/library" ? LIBRARY : ME));
    });
    const app = await open();
    await app.signIn({ email: "ada@example.org", password: "a long enough password" });
    await app.library();
  });

  it("is no until the person says yes, and no again when they change it", async () => {
    const app = await open();
    expect(await app.checkPhrases(GUIDE, MATCH)).toBe(false);
    await app.setPrefs({ phrases: "off" });
    expect(await app.checkPhrases(GUIDE, MATCH)).toBe(false);
    await app.setPrefs({ phrases: "on" });
    expect(await app.checkPhrases(GUIDE, MATCH)).toBe(true);
    await app.setPrefs({ phrases: "off" });
    expect(await (await open()).checkPhrases(GUIDE, MATCH)).toBe(false);
  });

  it("is yes once until the app is opened again", async () => {
    const app = await open();
    await app.setPrefs({ phrases: "on" });
    expect(await app.checkPhrases(GUIDE, { "free-01": { text: "The river." } })).toBe(false);
    const both = [app.checkPhrases(GUIDE, MATCH), app.checkPhrases(GUIDE, MATCH)];
    expect((await Promise.all(both)).filter(Boolean)).toHaveLength(1);
    expect(await app.checkPhrases(GUIDE, MATCH)).toBe(false);
    expect(await (await open()).checkPhrases(GUIDE, MATCH)).toBe(true);
  });

  it("asks no one and writes nothing down", async () => {
    const app = await open();
    await app.setPrefs({ phrases: "on" });
    // However long ago the library was last asked for: the list on the phone is the list.
    app.expire();
    const before = { prefs: await app.prefs(), local: { ...localStorage }, asked: asked.length };
    expect(await app.checkPhrases(GUIDE, MATCH)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve));
    expect({ prefs: await app.prefs(), local: { ...localStorage }, asked: asked.length }).toEqual(
      before,
    );
  });

  it("is no for nobody", async () => {
    const app = await open();
    await app.setPrefs({ phrases: "on" });
    await app.signOut();
    expect(await app.checkPhrases(GUIDE, MATCH)).toBe(false);
  });
});
