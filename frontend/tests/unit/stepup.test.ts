/** A request that the server wants a proof for: asked once, sent again; and what was under way. */
import { beforeEach, expect, test, vi } from "vitest";

const JSON_TYPE = { "Content-Type": "application/json" };
const answer = (status: number, body: unknown = {}) =>
  new Response(status === 204 ? null : JSON.stringify(body), { status, headers: JSON_TYPE });
const proofWanted = () => answer(403, { title: "Please show that it is you", step_up: true });

/** Modules anew: they remember who asks. */
async function page() {
  vi.resetModules();
  const { api } = await import("../../src/api/client.ts");
  const stepup = await import("../../src/api/stepup.ts");
  return { api, ...stepup };
}

const answers: Response[] = [];
const sent: string[] = [];

beforeEach(() => {
  answers.length = 0;
  sent.length = 0;
  vi.stubGlobal("fetch", async (request: Request) => {
    sent.push(`${request.method} ${await request.text()}`);
    return answers.shift() ?? answer(500);
  });
});

const give = (api: Awaited<ReturnType<typeof page>>["api"], n: number) =>
  api.POST("/api/sync", { body: { items: [n] } as never });

test("who shows it has what they asked for, with the same words", async () => {
  const { api, askWith } = await page();
  const ask = vi.fn(() => Promise.resolve(true));
  askWith(ask);
  answers.push(proofWanted(), answer(200, { done: true }));
  const { response } = await give(api, 1);
  expect(response.status).toBe(200);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(sent).toEqual(['POST {"items":[1]}', 'POST {"items":[1]}']);
});

test("two requests ask once", async () => {
  const { api, askWith } = await page();
  let show: (shown: boolean) => void = () => undefined;
  const ask = vi.fn(() => new Promise<boolean>((resolve) => (show = resolve)));
  askWith(ask);
  answers.push(proofWanted(), proofWanted(), answer(200), answer(200));
  const both = Promise.all([give(api, 1), give(api, 2)]);
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(1));
  await new Promise((resolve) => setTimeout(resolve));
  show(true);
  for (const { response } of await both) expect(response.status).toBe(200);
  expect(ask).toHaveBeenCalledTimes(1);
});

test("who would rather not gets the server's no, and nothing is sent again", async () => {
  const { api, askWith } = await page();
  askWith(() => Promise.resolve(false));
  answers.push(proofWanted());
  expect((await give(api, 1)).response.status).toBe(403);
  expect(sent).toHaveLength(1);
});

test("another no asks nothing, and a page without anybody before it never asks", async () => {
  const { api, askWith } = await page();
  answers.push(proofWanted());
  expect((await give(api, 1)).response.status).toBe(403);
  const ask = vi.fn(() => Promise.resolve(true));
  askWith(ask);
  answers.push(answer(403, { title: "No" }));
  expect((await give(api, 1)).response.status).toBe(403);
  expect(ask).not.toHaveBeenCalled();
});

test("a request that was under way with the cookie from before is sent again", async () => {
  const { api, turningCookie } = await page();
  let prove: () => void = () => undefined;
  const turning = turningCookie(() => new Promise<void>((resolve) => (prove = resolve)));
  answers.push(answer(401), answer(200));
  const asked = give(api, 1);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  prove();
  await turning;
  expect((await asked).response.status).toBe(200);
});

test("a proof that does not fit is answered at once", async () => {
  const { api, turningCookie } = await page();
  answers.push(answer(401));
  const proof = { body: { password: "river-door" } };
  const { response } = await turningCookie(() => api.POST("/api/session/proof", proof));
  expect(response.status).toBe(401);
  expect(sent).toHaveLength(1);
});

test("a session that has ended stays ended", async () => {
  const { api } = await page();
  answers.push(answer(401));
  expect((await give(api, 1)).response.status).toBe(401);
  expect(sent).toHaveLength(1);
});
