// @vitest-environment node
import { beforeEach, describe, expect, it } from "vitest";

import type { LocalEntry } from "../../src/data/entries.ts";
import { A, FREE, Phone, said, say } from "./phone.ts";
import { Server } from "./server.ts";

let server: Server;
let phone: Phone;

beforeEach(async () => {
  server = new Server();
  phone = await new Phone(server).open();
  await phone.signIn(A);
});

async function write(text: string, on = phone): Promise<string> {
  const entry = on.app.entries.startEntry(FREE);
  entry.answers = say(text);
  await on.app.entries.queue(entry);
  return entry.id;
}

async function edit(id: string, text: string, on = phone): Promise<void> {
  const entry = await on.app.entries.getEntry(id);
  if (!entry) throw new Error("no such entry");
  entry.answers = say(text);
  await on.app.entries.queue(entry);
}

const texts = (id: string): string[] =>
  (server.rows.get(id)?.revisions ?? []).map((each) => said(each.answers));
const head = (id: string): string => {
  const row = server.rows.get(id);
  return row ? said(server.entry(row).answers) : "";
};

/** Sends, and while the batch is on its way these words are kept in the open entry. */
async function typedWhileSent(device: Phone, entry: LocalEntry, words: string): Promise<void> {
  let typed: Promise<void> | null = null;
  server.net.fate = (request) => {
    if (request.url.endsWith("/api/sync") && !typed) {
      entry.answers = say(words);
      typed = device.app.entries.keep(entry);
    }
    return "ok";
  };
  await device.sync();
  await typed;
}

describe("sending", () => {
  it("sends an entry once although the answer was lost", async () => {
    const id = await write("one");
    server.net.fate = (request) => (request.method === "POST" ? "lost-answer" : "ok");
    expect(await phone.sync()).toBe("offline");
    expect((await phone.app.entries.getEntry(id))?.state).toBe("on-phone");
    server.net.fate = () => "ok";
    expect(await phone.sync()).toBe("done");
    expect(texts(id)).toEqual(["one"]);
    expect((await phone.app.entries.getEntry(id))?.state).toBe("saved");
  });

  it("takes a newer text instead of one that waits, and after one that was attempted", async () => {
    const id = await write("one");
    await edit(id, "one two");
    server.net.fate = (request) => (request.method === "POST" ? "lost-answer" : "ok");
    await phone.sync();
    await edit(id, "one two three");
    await edit(id, "one two three four");
    server.net.fate = () => "ok";
    await phone.sync();
    expect(texts(id)).toEqual(["one two", "one two three four"]);
    expect(server.rows.get(id)?.revisions.every((each) => each.kind === "line")).toBe(true);
  });

  it("keeps what is typed while a request is under way", async () => {
    const entry = phone.app.entries.startEntry(FREE);
    entry.answers = say("before");
    await phone.app.entries.queue(entry);
    await typedWhileSent(phone, entry, "before, during");
    const found = await phone.app.entries.getEntry(entry.id);
    expect(said(found?.answers)).toBe("before, during");
    expect(found?.state).toBe("on-phone");
    await phone.sync();
    expect(texts(entry.id)).toEqual(["before", "before, during"]);
    expect((await phone.app.entries.getEntry(entry.id))?.state).toBe("saved");
  });

  it("sends batches of at most 50 and at most a megabyte, one at a time", async () => {
    for (let i = 0; i < 120; i++) await write(`small ${i}`);
    for (let i = 0; i < 4; i++) await write(`${i} ${"€".repeat(100_000)}`);
    await Promise.all([phone.sync(), phone.sync()]);
    expect(server.rows.size).toBe(124);
    expect(server.tooLarge).toBe(0);
    expect(server.mostInFlight).toBe(1);
    expect(server.log.filter((line) => line === "POST /api/sync").length).toBeLessThan(8);
  });

  it("sends a text alone that is larger than a batch", async () => {
    const id = await write("x".repeat(1_500_000));
    await write("small");
    await phone.sync();
    expect(server.rows.has(id)).toBe(true);
    expect(server.rows.size).toBe(2);
  });
});

describe("what the server refuses", () => {
  it("is set aside and shown, and holds up nothing", async () => {
    server.poison.add("poison");
    const bad = await write("poison");
    const good = await write("good");
    expect(await phone.sync()).toBe("done");
    expect(server.rows.has(good)).toBe(true);
    const shown = await phone.app.entries.getEntry(bad);
    expect(shown?.state).toBe("set-aside");
    expect(shown?.problem?.status).toBe(422);
    expect(await phone.app.account.unsent()).toBe(1);
    // It is not sent again by itself.
    const before = server.log.length;
    await phone.sync();
    expect(server.log.slice(before)).not.toContain("POST /api/sync");
    // Better words go on from it.
    await edit(bad, "better");
    await phone.sync();
    expect(head(bad)).toBe("better");
    expect((await phone.app.entries.getEntry(bad))?.state).toBe("saved");
  });

  it("can be tried again", async () => {
    server.poison.add("poison");
    const bad = await write("poison");
    await phone.sync();
    server.poison.clear();
    await phone.app.entries.tryAgain(bad);
    await phone.sync();
    expect(texts(bad)).toEqual(["poison"]);
  });

  it("is overtaken by a newer text of the same entry", async () => {
    const id = await write("fine");
    await phone.sync();
    server.poison.add("poison");
    await edit(id, "poison");
    server.net.fate = (request) => (request.method === "POST" ? "lost-request" : "ok");
    await phone.sync();
    await edit(id, "fine again");
    server.net.fate = () => "ok";
    await phone.sync();
    expect(head(id)).toBe("fine again");
    expect((await phone.app.entries.getEntry(id))?.state).toBe("saved");
  });

  it("is found in a batch on which the server breaks, without holding up the others", async () => {
    server.crash.add("breaks");
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) ids.push(await write(i === 2 ? "breaks" : `fine ${i}`));
    for (let i = 0; i < 8; i++) expect(await phone.sync()).toBe("later");
    expect(server.rows.size).toBe(5);
    expect((await phone.app.entries.getEntry(ids[2] ?? ""))?.state).toBe("on-phone");
    server.crash.clear();
    expect(await phone.sync()).toBe("done");
    expect(server.rows.size).toBe(6);
  });

  it("is found in a batch that is refused as a whole", async () => {
    const ids: string[] = [];
    for (let i = 0; i < 7; i++) ids.push(await write(i === 4 ? "indigestible" : `fine ${i}`));
    server.extra.set("POST /api/sync", async (request) => {
      const body = await request.text();
      if (body.includes("indigestible")) {
        return new Response(JSON.stringify({ title: "Too large", status: 413 }), { status: 413 });
      }
      const { items } = JSON.parse(body) as { items: Parameters<Server["save"]>[0][] };
      return Response.json({ results: items.map((item) => server.save(item)) });
    });
    await phone.sync();
    expect(server.rows.size).toBe(6);
    expect((await phone.app.entries.getEntry(ids[4] ?? ""))?.problem?.status).toBe(413);
  });

  it("stays, untried, while the answer is 403: it is not the text's fault", async () => {
    const id = await write("mine");
    server.net.fate = (request) => (request.url.endsWith("/sync") ? 403 : "ok");
    expect(await phone.sync()).toBe("later");
    expect((await phone.app.entries.getEntry(id))?.state).toBe("on-phone");
    server.net.fate = () => "ok";
    expect(await phone.sync()).toBe("done");
  });

  it("waits out a server that is down, keeping everything", async () => {
    const id = await write("patient");
    for (let i = 0; i < 5; i++) {
      server.net.fate = () => 503;
      expect(await phone.sync()).toBe("later");
    }
    server.net.fate = () => "ok";
    expect(await phone.sync()).toBe("done");
    expect(texts(id)).toEqual(["patient"]);
  });
});

describe("wishes", () => {
  it("are sent before words", async () => {
    await write("words");
    server.net.fate = () => "lost-request";
    expect(await phone.app.online.withdraw("grant-1")).toBe("later");
    expect(await phone.app.online.takeBack("excerpt-1")).toBe("later");
    expect(await phone.app.online.narrow("grant-2", ["reflections"])).toBe("later");
    expect(await phone.app.online.withdrawEverything()).toBe("later");
    expect(await phone.app.wishes.intents()).toHaveLength(4);
    expect(await phone.app.account.unsent()).toBe(1);
    server.net.fate = () => "ok";
    server.log = [];
    await phone.sync();
    expect(server.log.filter((line) => !line.startsWith("GET"))).toEqual([
      "POST /api/grants/grant-1/withdraw",
      "DELETE /api/excerpts/excerpt-1",
      "POST /api/grants/grant-2/narrow",
      "POST /api/withdraw-everything",
      "POST /api/sync",
    ]);
    expect(await phone.app.wishes.intents()).toEqual([]);
    expect(await phone.app.account.unsent()).toBe(0);
  });

  it("are sent before deletions, and between two batches of words", async () => {
    for (let i = 0; i < 60; i++) await write(`words ${i}`);
    server.net.fate = () => "lost-request";
    for (let i = 0; i < 3; i++) await phone.app.wishes.intend("delete-entry", { target: `e${i}` });
    await phone.app.wishes.intend("withdraw", { target: "grant-1" });
    let batches = 0;
    server.net.fate = (request) => {
      if (request.url.endsWith("/api/sync") && ++batches === 1) {
        void phone.app.wishes.intend("take-back", { target: "late" });
      }
      return "ok";
    };
    server.log = [];
    await phone.sync();
    const order = server.log.filter((line) => !line.startsWith("GET"));
    expect(order[0]).toBe("POST /api/grants/grant-1/withdraw");
    expect(order.indexOf("DELETE /api/excerpts/late")).toBeGreaterThan(
      order.indexOf("POST /api/sync"),
    );
    expect(order.indexOf("DELETE /api/excerpts/late")).toBeLessThan(
      order.lastIndexOf("POST /api/sync"),
    );
  });

  it("that the server refuses count no longer, and are shown until somebody decides", async () => {
    server.net.fate = () => "lost-request";
    expect(await phone.app.online.withdraw("grant-1")).toBe("later");
    server.net.fate = () => "ok";
    const refused = (): Response => Response.json({ title: "No", status: 422 }, { status: 422 });
    server.extra.set("POST /api/grants/grant-1/withdraw", refused);
    expect(await phone.sync()).toBe("done");
    // It is not so: the phone must not go on saying that it is.
    expect(await phone.app.wishes.intents()).toEqual([]);
    const [wish] = await phone.app.wishes.refusedWishes();
    expect(wish).toMatchObject({ kind: "withdraw", target: "grant-1" });

    server.extra.delete("POST /api/grants/grant-1/withdraw");
    await phone.app.wishes.wishAgain(wish?.seq ?? 0);
    expect(await phone.app.wishes.intents()).toHaveLength(1);
    expect(await phone.sync()).toBe("done");
    expect(server.log.at(-2)).toBe("POST /api/grants/grant-1/withdraw");
    expect(await phone.app.wishes.refusedWishes()).toEqual([]);
  });

  it("wait out a 403, and the words go all the same", async () => {
    server.net.fate = () => "lost-request";
    await phone.app.online.takeBack("x");
    server.net.fate = () => "ok";
    server.extra.set("DELETE /api/excerpts/x", () =>
      Response.json({ title: "No" }, { status: 403 }),
    );
    const id = await write("words");
    expect(await phone.sync()).toBe("later");
    expect(texts(id)).toEqual(["words"]);
    server.extra.delete("DELETE /api/excerpts/x");
    expect(await phone.sync()).toBe("done");
    expect(server.log).toContain("DELETE /api/excerpts/x");
  });

  it("survive a kill and a lost answer, and stop when the thing is gone", async () => {
    server.net.fate = () => "lost-request";
    await phone.app.online.withdraw("grant-1");
    await phone.open();
    server.net.fate = (request) => (request.url.includes("withdraw") ? "lost-answer" : "ok");
    expect(await phone.sync()).toBe("offline");
    server.extra.set(
      "POST /api/grants/grant-1/withdraw",
      () => new Response(null, { status: 404 }),
    );
    server.net.fate = () => "ok";
    expect(await phone.sync()).toBe("done");
    expect(await phone.app.wishes.intents()).toEqual([]);
  });

  it("do not stop words when the server fails on them", async () => {
    server.extra.set("DELETE /api/excerpts/x", () => new Response(null, { status: 500 }));
    expect(await phone.app.online.takeBack("x")).toBe("later");
    const id = await write("words");
    expect(await phone.sync()).toBe("later");
    expect(texts(id)).toEqual(["words"]);
  });

  it("happen at once with a network, and a refusal is told", async () => {
    expect(await phone.app.online.withdraw("grant-1")).toBe("now");
    server.extra.set("POST /api/grants/grant-2/narrow", () =>
      Response.json({ title: "No", status: 422 }, { status: 422 }),
    );
    await expect(phone.app.online.narrow("grant-2", ["measures"])).rejects.toMatchObject({
      kind: "problem",
      status: 422,
    });
    expect(await phone.app.wishes.intents()).toEqual([]);
  });

  it("count on the phone before the server has heard of them", async () => {
    const grant = { id: "g", state: "in_force", categories: ["reflections", "measures"] };
    const handed = [
      { id: "x", grant_id: "g", entry_id: "e", category: "measures", state: "handed" },
      { id: "y", grant_id: "g", entry_id: "f", category: "reflections", state: "handed" },
    ].map((each) => ({ ...each, therapist: { id: "t", name: "Dr Reyes" } }));
    server.extra.set("GET /api/grants", () => Response.json([grant]));
    server.extra.set("GET /api/excerpts", () => Response.json(handed));
    await phone.app.online.refreshSharing();
    server.net.fate = () => "lost-request";
    const { excerpts, grants, stillOut } = phone.app.online;
    const states = async () => (await stillOut()).map(({ id, state }) => `${id} ${state}`);
    expect(await states()).toEqual(["x handed", "y handed"]);
    await phone.app.online.narrow("g", ["reflections"]);
    expect(await states()).toEqual(["x leaving", "y handed"]);
    expect(await excerpts()).toMatchObject([{ id: "y", state: "handed" }]);
    await phone.app.online.pause("g");
    expect(await states()).toEqual(["x leaving", "y closing"]);
    expect(await excerpts()).toMatchObject([{ id: "y", state: "closing" }]);
    expect(await grants()).toMatchObject([{ state: "paused", categories: ["reflections"] }]);
    await phone.app.online.withdraw("g");
    expect(await states()).toEqual(["x leaving", "y leaving"]);
    expect(await excerpts()).toEqual([]);
    expect((await grants())[0]?.state).toBe("withdrawn");
  });

  it.each(["paused", "agree_again"])("close nothing: the server does (%s)", async (state) => {
    const grant = { id: "g", state, categories: ["reflections"] };
    const handed = ["handed", "held", "waiting"].map((each) => ({
      id: each,
      grant_id: "g",
      entry_id: "e",
      category: "reflections",
      state: each,
    }));
    server.extra.set("GET /api/grants", () => Response.json([grant]));
    server.extra.set("GET /api/excerpts", () => Response.json(handed));
    await phone.app.online.refreshSharing();
    const found = await phone.app.online.excerpts();
    expect(found.map(({ state, shut }) => [state, shut])).toEqual([
      ["closed", undefined],
      ["held", true],
      ["waiting", true],
    ]);
    server.net.fate = () => "lost-request";
    await phone.app.online.takeBack("handed");
    await phone.app.online.takeBack("held");
    const left = await phone.app.online.stillOut();
    expect(left.map(({ id }) => id)).toEqual(["waiting"]);
  });

  it("show what is out where nothing was heard of the grants", async () => {
    server.extra.set("GET /api/excerpts", () =>
      Response.json([{ id: "x", grant_id: "g", state: "handed" }]),
    );
    server.extra.set("GET /api/grants", () => new Response(null, { status: 500 }));
    expect(await phone.app.online.excerpts()).toMatchObject([{ id: "x", state: "handed" }]);
  });
});

describe("two devices", () => {
  let other: Phone;

  beforeEach(async () => {
    other = await new Phone(server).open();
    await other.signIn(A);
  });

  /** An entry of which each device has changed the text, and both texts are there. */
  async function torn(): Promise<string> {
    const id = await write("base");
    await phone.sync();
    await other.sync();
    await edit(id, "base, here");
    await edit(id, "base, there", other);
    await phone.sync();
    await other.sync();
    return id;
  }

  it("see each other's entries", async () => {
    const id = await write("from one");
    await phone.sync();
    await other.sync();
    expect(said((await other.app.entries.getEntry(id))?.answers)).toBe("from one");
    await edit(id, "from the other", other);
    await other.sync();
    await phone.sync();
    const found = await phone.app.entries.getEntry(id);
    expect(said(found?.answers)).toBe("from the other");
    expect(found?.state).toBe("saved");
  });

  it("keep both texts of a conflict until the person chooses", async () => {
    const id = await torn();
    const shown = await other.app.entries.getEntry(id);
    expect(said(shown?.answers)).toBe("base, here");
    expect(shown?.conflicts.map((each) => said(each.answers))).toEqual(["base, there"]);
    await phone.sync();
    const same = await phone.app.entries.getEntry(id);
    expect(same?.conflicts.map((each) => said(each.answers))).toEqual(["base, there"]);

    await phone.app.entries.choose(id, say("base, here and there"));
    await phone.sync();
    await other.sync();
    for (const device of [phone, other]) {
      const settled = await device.app.entries.getEntry(id);
      expect(said(settled?.answers)).toBe("base, here and there");
      expect(settled?.conflicts).toEqual([]);
      expect(settled?.state).toBe("saved");
    }
    expect(texts(id)).toHaveLength(4);
  });

  it("keep what is typed while a conflict is on its way", async () => {
    const id = await write("base");
    await phone.sync();
    await other.sync();
    await edit(id, "base, here");
    await phone.sync();
    const open = await other.app.entries.getEntry(id);
    if (!open) throw new Error("no entry");
    open.answers = say("base, there");
    await other.app.entries.queue(open);
    await typedWhileSent(other, open, "base, there, typing");
    await other.open();
    const shown = await other.app.entries.getEntry(id);
    expect(said(shown?.answers)).toBe("base, there, typing");
    expect(shown?.conflicts.map((each) => said(each.answers))).toEqual(["base, here"]);
    for (let i = 0; i < 2; i++) await other.sync();
    expect(texts(id)).toContain("base, there, typing");
  });

  it("do not overwrite a text that was open while another arrived", async () => {
    const id = await write("base");
    await phone.sync();
    await other.sync();
    const open = await phone.app.entries.getEntry(id);
    if (!open) throw new Error("no entry");
    await edit(id, "base, there", other);
    await other.sync();
    await phone.sync();
    open.answers = say("base, here");
    await phone.app.entries.queue(open);
    await phone.sync();
    const shown = await phone.app.entries.getEntry(id);
    expect(said(shown?.answers)).toBe("base, there");
    expect(shown?.conflicts.map((each) => said(each.answers))).toEqual(["base, here"]);
  });

  it("offer the other text also after an open editor went on with its own", async () => {
    const id = await write("base");
    await phone.sync();
    await other.sync();
    const open = await other.app.entries.getEntry(id);
    if (!open) throw new Error("no entry");
    await edit(id, "base, here");
    await phone.sync();
    open.answers = say("base, there");
    await other.app.entries.queue(open);
    await other.sync();
    open.answers = say("base, there, more");
    await other.app.entries.keep(open);
    const shown = await other.app.entries.getEntry(id);
    expect(said(shown?.answers)).toBe("base, there, more");
    expect(shown?.conflicts.map((each) => said(each.answers))).toContain("base, here");
  });

  it("shows one text of mine although I went on writing in a conflict", async () => {
    const id = await write("base");
    await phone.sync();
    await other.sync();
    const open = await other.app.entries.getEntry(id);
    if (!open) throw new Error("no entry");
    await edit(id, "base, here");
    await phone.sync();
    for (const more of ["base, there", "base, there one", "base, there one two"]) {
      open.answers = say(more);
      await other.app.entries.queue(open);
      await other.sync();
    }
    const shown = await other.app.entries.getEntry(id);
    expect(said(shown?.answers)).toBe("base, here");
    expect(shown?.conflicts.map((each) => said(each.answers))).toEqual(["base, there one two"]);
  });

  it("fetch what came by while a lost answer was being made up for", async () => {
    const id = await write("one");
    // Arrived, but this phone does not know it.
    server.net.fate = (request) => (request.method === "POST" ? "lost-answer" : "ok");
    await phone.sync();
    server.net.fate = () => "ok";
    await other.sync();
    await edit(id, "one, and two there", other);
    await other.sync();
    // The newer text comes by while ours still counts as unsent.
    server.net.fate = (request) => (request.method === "POST" ? "lost-request" : "ok");
    await phone.sync();
    server.net.fate = () => "ok";
    expect(await phone.sync()).toBe("done");
    const found = await phone.app.entries.getEntry(id);
    expect(said(found?.answers)).toBe("one, and two there");
    expect(found?.state).toBe("saved");
    expect(found?.revision).toBe(server.rows.get(id)?.head);
  });

  it("show no earlier state of a text as a version of its own", async () => {
    const id = await write("base");
    await phone.sync();
    await other.sync();
    await edit(id, "base, here");
    await phone.sync();
    const open = await other.app.entries.getEntry(id);
    if (!open) throw new Error("no entry");
    open.answers = say("base, there");
    await other.app.entries.queue(open);
    let typed: Promise<void> | null = null;
    server.net.fate = (request) => {
      if (request.url.endsWith("/api/sync") && !typed) {
        open.answers = say("base, there, and on");
        typed = other.app.entries.queue(open);
      }
      return "ok";
    };
    await other.sync();
    await typed;
    for (const device of [other, phone]) await device.sync();
    for (const device of [other, phone]) {
      const shown = await device.app.entries.getEntry(id);
      expect(said(shown?.answers)).toBe("base, here");
      expect(shown?.conflicts.map((each) => said(each.answers))).toEqual(["base, there, and on"]);
      expect(said(shown?.base ?? {})).toBe("base");
    }
  });

  it.each([
    ["kept", false],
    ["on its way", true],
  ])("keep a text that was %s among the earlier ones when another is chosen", async (_, sends) => {
    const id = await write("base");
    await phone.sync();
    await other.sync();
    await edit(id, "base, here");
    await phone.sync();
    await edit(id, "base, there", other);
    await other.sync();
    await phone.sync();
    // Torn; and before choosing, one more word in the text that stands here.
    const open = await phone.app.entries.getEntry(id);
    if (!open) throw new Error("no entry");
    open.answers = say("base, here, and a last word");
    await phone.app.entries[sends ? "queue" : "keep"](open);
    const torn = await phone.app.entries.getEntry(id);
    // What it grew from is no version of its own.
    expect(torn?.conflicts.map((each) => said(each.answers))).toEqual(["base, there"]);
    await phone.app.entries.choose(id, torn?.conflicts[0]?.answers ?? {});
    for (const device of [phone, other, phone]) expect(await device.sync()).toBe("done");
    expect(texts(id)).toContain("base, here, and a last word");
    for (const device of [phone, other]) {
      const settled = await device.app.entries.getEntry(id);
      expect(said(settled?.answers)).toBe("base, there");
      expect(settled?.conflicts).toEqual([]);
      expect(settled?.state).toBe("saved");
    }
  });

  it("keep what was written after a choice when the person chooses once more", async () => {
    const id = await torn();
    await other.app.entries.choose(id, say("base, here and there"));
    // While the first choice is on its way, a word is kept; then the choice is settled.
    const open = await other.app.entries.getEntry(id);
    if (!open) throw new Error("no entry");
    await typedWhileSent(other, open, "base, here and there, and a last word");
    expect((await other.app.entries.getEntry(id))?.conflicts).toEqual([]);
    // The screen was drawn before that, and still offers the two.
    await other.app.entries.choose(id, say("base, there"));
    for (const device of [other, phone]) expect(await device.sync()).toBe("done");
    expect(texts(id)).toContain("base, here and there, and a last word");
    expect(head(id)).toBe("base, there");
    expect((await phone.app.entries.getEntry(id))?.conflicts).toEqual([]);
  });

  it.each([
    ["after it was refused", "ok"],
    ["while its answer was lost", "lost-request"],
  ] as const)("keep a text the server refuses, chosen against %s", async (_when, fate) => {
    const id = await torn();
    server.poison.add("poison");
    await edit(id, "base, here, poison", other);
    server.net.fate = (request) => (request.method === "POST" ? fate : "ok");
    await other.sync();
    await other.app.entries.choose(id, say("base, there"));
    server.net.fate = () => "ok";
    expect(await other.sync()).toBe("done");
    expect(head(id)).toBe("base, there");
    // The refused words have an entry of their own, and hold up nothing.
    const shown = await other.app.entries.listEntries();
    expect(shown.map((entry) => [said(entry.answers), entry.state]).sort()).toEqual([
      ["base, here, poison", "set-aside"],
      ["base, there", "saved"],
    ]);
    server.poison.clear();
    await other.app.entries.tryAgain(shown.find((entry) => entry.id !== id)?.id ?? "");
    expect(await other.sync()).toBe("done");
    expect(await other.app.account.unsent()).toBe(0);
    expect([...server.rows.keys()].map(head)).toEqual(["base, there", "base, here, poison"]);
  });

  it("delete for both, and words written meanwhile are kept and shown", async () => {
    const id = await write("base");
    await phone.sync();
    await other.sync();
    await other.app.entries.deleteEntry(id);
    await edit(id, "base, still writing");
    await other.sync();
    await phone.sync();
    const shown = await phone.app.entries.getEntry(id);
    expect(shown?.problem?.status).toBe(410);
    const made = await phone.app.entries.keepAsNew(id);
    await phone.sync();
    expect(head(made?.id ?? "")).toBe("base, still writing");
    expect((await phone.app.entries.listEntries()).map((each) => each.id)).toEqual([made?.id]);
  });

  it("do not get a deleted entry back before the server has heard of the deletion", async () => {
    const id = await write("base");
    await phone.sync();
    await edit(id, "base, changed");
    await other.sync();
    server.extra.set(`DELETE /api/entries/${id}`, () => new Response(null, { status: 500 }));
    await phone.app.entries.deleteEntry(id);
    await edit(id, "base, changed there", other);
    await other.sync();
    expect(await phone.sync()).toBe("later");
    expect(await phone.app.entries.listEntries()).toEqual([]);
    server.extra.clear();
    expect(await phone.sync()).toBe("done");
    expect(await phone.app.entries.listEntries()).toEqual([]);
    expect(server.rows.size).toBe(0);
  });

  it("forget a deleted entry", async () => {
    const id = await write("base");
    await phone.sync();
    await other.sync();
    await phone.app.entries.deleteEntry(id);
    await phone.sync();
    await other.sync();
    expect(await other.app.entries.getEntry(id)).toBeNull();
  });
});

describe("a server restored from a copy", () => {
  it("loses nothing: what it forgot is sent again, the outbox is untouched", async () => {
    const kept = await write("kept");
    const edited = await write("old words");
    await phone.sync();
    const copy = structuredClone({ rows: server.rows, n: server.n });
    const lost = await write("lost");
    await edit(edited, "new words");
    await phone.sync();
    server.rows = copy.rows;
    server.n = copy.n;
    server.epoch = "two";
    const waiting = await write("waiting");
    for (let i = 0; i < 3; i++) await phone.sync();
    expect(head(kept)).toBe("kept");
    expect(head(edited)).toBe("new words");
    expect(head(lost)).toBe("lost");
    expect(texts(waiting)).toEqual(["waiting"]);
    expect(await phone.app.account.unsent()).toBe(0);
  });
});
