/** Getting back in, where answers are lost: one token for one question, and the server's time. */
import { beforeEach, expect, test, vi } from "vitest";

const DAY = "2026-03-11T12:00:00+00:00";
const RECOVERY = "POST /api/recovery";
type Sent = { email: string; recovery_code?: string; token?: string };

const sent: Sent[] = [];
let away = false;
let clock: string | null = null;

beforeEach(() => {
  localStorage.clear();
  sent.length = 0;
  away = false;
  clock = null;
  vi.stubGlobal("fetch", async (request: Request) => {
    const what = `${request.method} ${new URL(request.url).pathname}`;
    if (what === RECOVERY) sent.push((await request.json()) as Sent);
    if (away) throw new TypeError("Failed to fetch");
    const body = what === RECOVERY ? { token: sent.at(-1)?.token, opens_at: DAY } : {};
    const headers = { "Content-Type": "application/json", ...(clock ? { Date: clock } : {}) };
    return new Response(JSON.stringify(body), { status: 200, headers });
  });
});

/** The page, loaded anew. */
async function page() {
  vi.resetModules();
  return import("../../src/account/recovery.ts");
}

const MAYA = { email: "maya@example.org", recovery_code: "7K2M" };

async function unanswered(proofs = MAYA) {
  away = true;
  await expect((await page()).begin(proofs)).rejects.toThrow("offline");
  away = false;
}

test("who heard no answer asks again with the same token, after a page that died too", async () => {
  await unanswered();
  const again = await page();
  const waiting = await again.begin({ ...MAYA, email: " Maya@example.org " });
  expect(sent.map(({ token }) => token)).toEqual([waiting.token, waiting.token]);
  expect(waiting.token).toMatch(/^[\w-]{43}$/);
  again.keep(waiting);
  expect((await page()).kept()).toEqual(waiting);
});

test("another name has another token, and none is told from what lies here", async () => {
  await unanswered();
  await unanswered({ ...MAYA, email: "jonas@example.org" });
  const [maya, jonas] = sent.map(({ token }) => token);
  expect(jonas).not.toBe(maya);
  const held = JSON.stringify({ ...localStorage });
  for (const each of [maya, jonas, "maya", "jonas", "7K2M"]) expect(held).not.toContain(each);
});

test("where nothing can be kept the open page still asks the same again", async () => {
  const refuse = () => {
    throw new DOMException("denied", "SecurityError");
  };
  vi.stubGlobal("localStorage", { getItem: refuse, setItem: refuse, removeItem: refuse });
  const { begin, forget } = await page();
  for (let n = 0; n < 2; n += 1) await begin(MAYA);
  forget();
  await begin(MAYA);
  const [first, second, third] = sent.map(({ token }) => token);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test("who starts over has another token", async () => {
  const { begin, keep, forget, kept } = await page();
  keep(await begin(MAYA));
  forget();
  expect(kept()).toBeNull();
  expect(localStorage.length).toBe(0);
  await begin(MAYA);
  expect(sent[1]?.token).not.toBe(sent[0]?.token);
});

test.each([
  [3 * 60 * 60_000, "ahead"],
  [-400 * 24 * 60 * 60_000, "behind"],
  [59_000, "right, and the answer slow"],
])("a clock that is %i ms from the server's (%s)", async (ms) => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-03-10T12:00:00Z") });
  try {
    clock = new Date(Date.now() - ms).toUTCString();
    const { clockAhead } = await page();
    expect(await clockAhead()).toBe(Math.abs(ms) < 60_000 ? 0 : ms);
    clock = null;
    expect(await clockAhead()).toBe(0);
    away = true;
    expect(await clockAhead()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
