// @vitest-environment node
import { beforeEach, expect, it } from "vitest";

import type { Grant } from "../../src/api/types.ts";
import { A, Phone } from "./phone.ts";
import { Server } from "./server.ts";

const grant = {
  id: "grant-1",
  therapist: { id: "t", name: "Dr Reyes" },
  categories: ["reflections"],
  given_at: "2026-11-01T09:00:00Z",
  ends_at: "2027-02-01T00:00:00Z",
  ended_at: null,
  state: "in_force",
} as unknown as Grant;

let server: Server;
let phone: Phone;
let given: Grant;

beforeEach(async () => {
  server = new Server();
  given = grant;
  server.extra.set("GET /api/grants", () => Response.json([given]));
  server.extra.set("GET /api/excerpts", () => Response.json([]));
  server.extra.set("GET /api/care", () => Response.json({ therapists: [], appointments: [] }));
  phone = await new Phone(server).open();
  await phone.signIn(A);
  await phone.app.online.refreshSharing();
});

async function shown() {
  const { Shared } = await import("../../src/sharing/loaded.svelte.ts");
  const shared = new Shared();
  await shared.load();
  return {
    stopping: shared.stopping("t"),
    pausing: shared.pausing("t"),
    state: shared.grantTo("t")?.state ?? null,
    inForce: shared.inForce.length,
    waits: shared.waits,
    over: shared.endedTo("t"),
  };
}

it("names no end of sharing before the server has heard of it", async () => {
  expect(await shown()).toMatchObject({ stopping: false, waits: false, over: null });

  server.net.fate = () => "lost-request";
  expect(await phone.app.online.withdraw("grant-1")).toBe("later");
  expect(await shown()).toMatchObject({ stopping: true, waits: true });

  given = { ...grant, state: "withdrawn", ended_at: "2026-11-24T09:00:00Z" };
  server.net.fate = () => "ok";
  await phone.sync();
  expect(await shown()).toMatchObject({ stopping: false, waits: false, over: given });
});

it("pauses on this phone at once, and has no pause to end before the server has heard of it", async () => {
  expect(await shown()).toMatchObject({ state: "in_force", pausing: false, inForce: 1 });
  server.net.fate = () => "lost-request";
  expect(await phone.app.online.pause("grant-1")).toBe("later");
  expect(await shown()).toMatchObject({ state: "paused", pausing: true, inForce: 0, waits: true });

  given = { ...grant, state: "paused", paused_at: "2026-11-24T09:00:00Z", pause: 7 };
  server.net.fate = () => "ok";
  await phone.sync();
  expect(await shown()).toMatchObject({ state: "paused", pausing: false, waits: false });

  let sent: unknown;
  server.extra.set("POST /api/grants/grant-1/resume", async (request) => {
    sent = await request.json();
    given = grant;
    return Response.json(grant);
  });
  await phone.app.online.resume("grant-1", 7);
  expect(sent).toEqual({ pause: 7 });
  expect(await shown()).toMatchObject({ state: "in_force", inForce: 1 });
});

it("pauses everything that stands, and ends nothing", async () => {
  expect(await shown()).toMatchObject({ state: "in_force", pausing: false, inForce: 1 });
  server.net.fate = () => "lost-request";
  expect(await phone.app.online.pauseEverything()).toBe("later");
  expect(await shown()).toMatchObject({ state: "paused", pausing: true, over: null });
  given = { ...grant, state: "agree_again" };
  server.net.fate = () => "ok";
  expect(await shown()).toMatchObject({ state: "agree_again", pausing: false, inForce: 0 });
});
