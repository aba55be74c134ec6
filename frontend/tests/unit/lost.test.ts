// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Grant } from "../../src/api/types.ts";
import { A, Phone } from "./phone.ts";
import { Server } from "./server.ts";

const NOW = Date.parse("2026-11-24T12:00:00Z");
const grant = {
  id: "grant-1",
  therapist: { id: "t", name: "Dr Reyes" },
  categories: ["reflections"],
  given_at: "2026-11-01T09:00:00Z",
  ends_at: "2027-02-01T00:00:00Z",
  ended_at: null,
  state: "paused",
  pause: 7,
} as unknown as Grant;

let server: Server;
let phone: Phone;
let given: Grant[];

beforeEach(async () => {
  server = new Server();
  given = [grant];
  server.extra.set("GET /api/grants", () => Response.json(given));
  server.extra.set("GET /api/excerpts", () => Response.json([]));
  server.extra.set("GET /api/care", () => Response.json({ therapists: [], appointments: [] }));
  phone = await new Phone(server).open();
  await phone.signIn(A);
  await phone.app.online.refreshSharing();
});

afterEach(() => vi.useRealTimers());

const lost = () => import("../../src/sharing/lost.ts");
const only = (fate: "lost-request" | "lost-answer") => {
  server.net.fate = ({ method }) => (method === "POST" ? fate : "ok");
};

describe("an answer that was lost", () => {
  it("is asked after: going on went through, or it did not", async () => {
    const { left, ofGoingOn } = await lost();
    server.extra.set("POST /api/grants/grant-1/resume", () => {
      given = [{ ...grant, state: "in_force", pause: null }];
      return Response.json(given[0]);
    });
    only("lost-request");
    const error: unknown = await phone.app.online.resume("grant-1", 7).catch((no: unknown) => no);
    expect(left(error)).toBe(true);
    expect(await ofGoingOn(grant, 7)).toBe("not");
    only("lost-answer");
    await expect(phone.app.online.resume("grant-1", 7)).rejects.toThrow("offline");
    expect(await ofGoingOn(grant, 7)).toBe("done");
    given = [{ ...grant, pause: 9 }];
    expect(await ofGoingOn(grant, 7)).toBe("other");
    server.net.fate = () => "lost-request";
    // What the phone last heard is no answer to that.
    expect(await ofGoingOn(grant, 7)).toBe("unknown");
  });

  it("is asked after: the consent with this id is there, or it is not", async () => {
    const { ofOffer } = await lost();
    expect(await ofOffer("grant-2")).toBe("not");
    given = [{ ...grant, id: "grant-2" }];
    expect(await ofOffer("grant-2")).toBe("done");
    server.net.fate = () => "lost-answer";
    expect(await ofOffer("grant-2")).toBe("unknown");
  });

  it("is none where nothing ever left the phone", async () => {
    const { left } = await lost();
    const { Trouble } = await import("../../src/api/trouble.ts");
    expect([left(new Trouble("offline")), left(new Trouble("signed-out"))]).toEqual([true, false]);
    vi.stubGlobal("navigator", { onLine: false });
    expect(left(new Trouble("offline"))).toBe(false);
    vi.stubGlobal("navigator", undefined);
  });
});

describe("the hours after a dose that this phone did not know of", () => {
  it("end by themselves", async () => {
    const { Door } = await import("../../src/sharing/loaded.svelte.ts");
    const { look } = await import("../../src/patient/look.svelte.ts");
    const { Trouble } = await import("../../src/api/trouble.ts");
    look.now = NOW;
    const door = new Door();
    const clear_at = new Date(NOW + 3_600_000).toISOString();
    expect(door.heard(new Trouble("problem", { title: "No", status: 409 }))).toBe(false);
    expect(door.clearAt).toBeNull();
    expect(door.heard(new Trouble("problem", { title: "No", status: 409, clear_at }))).toBe(true);
    expect(door.clearAt).toBe(clear_at);
    look.now = NOW + 3_600_000;
    expect(door.clearAt).toBeNull();
  });
});

describe("a pause or an end that was not heard yet", () => {
  async function unheard(): Promise<boolean> {
    const { Shared } = await import("../../src/sharing/loaded.svelte.ts");
    const shared = new Shared();
    await shared.load();
    return shared.unheard("t");
  }

  it.each(["in_force", "agree_again"] as const)("comes before a renewal (%s)", async (state) => {
    given = [{ ...grant, state, pause: null }];
    await phone.app.online.refreshSharing();
    expect(await unheard()).toBe(false);
    await phone.app.wishes.intend("take-back", { target: "x" });
    await phone.app.wishes.intend("pause", { target: "another" });
    expect(await unheard()).toBe(false);
    await phone.app.wishes.intend("pause", { target: "grant-1" });
    expect(await unheard()).toBe(true);
    await phone.app.wishes.intend("withdraw", { target: "grant-1" });
    expect(await unheard()).toBe(true);
  });
});
