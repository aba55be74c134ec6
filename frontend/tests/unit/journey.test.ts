// @vitest-environment node
/**
 * Two phones of one person, a bad network and a hand on the power button, at random but
 * repeatable. Whatever happens: every word is there in the end, and every text once.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, it, vi } from "vitest";

import type { LocalEntry } from "../../src/data/entries.ts";
import { A, FREE, Phone, said, say } from "./phone.ts";
import { Server } from "./server.ts";

const SEEDS = Number(process.env["JOURNEYS"] ?? 25);
const STEPS = 60;

/** A small generator of numbers in [0, 1) that a seed repeats. */
function random(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const life = new AsyncLocalStorage<{ phone: Phone; life: number }>();
const lives = new Map<Phone, number>();

function inLife<T>(phone: Phone, work: () => Promise<T>): Promise<T> {
  return life.run({ phone, life: lives.get(phone) ?? 0 }, work);
}

/** Requests of a killed phone go nowhere and come back never. */
function mortal(server: Server) {
  return async (request: RequestInfo | URL): Promise<Response> => {
    const mine = life.getStore();
    const dead = (): boolean => mine !== undefined && lives.get(mine.phone) !== mine.life;
    const never = new Promise<Response>(() => undefined);
    if (dead()) return never;
    const answer = await server.fetch(request);
    return dead() ? never : answer;
  };
}

interface World {
  server: Server;
  phones: Phone[];
  /** What an editor on each phone holds open. */
  open: Map<Phone, LocalEntry>;
  /** Every word ever kept, by entry. */
  words: Map<string, Set<string>>;
  deleted: Set<string>;
  chosen: Set<string>;
  next: number;
}

async function reopen(world: World, phone: Phone): Promise<void> {
  lives.set(phone, (lives.get(phone) ?? 0) + 1);
  world.open.delete(phone);
  await phone.open();
  vi.stubGlobal("fetch", mortal(world.server));
}

function pick<T>(list: readonly T[], rng: () => number): T | undefined {
  return list[Math.floor(rng() * list.length)];
}

async function writeWord(world: World, phone: Phone, send: boolean): Promise<void> {
  const entry = world.open.get(phone);
  if (!entry || world.deleted.has(entry.id)) return;
  const word = `w${world.next++}`;
  entry.answers = say(`${said(entry.answers)} ${word}`.trim());
  const known = world.words.get(entry.id) ?? new Set();
  world.words.set(entry.id, known.add(word));
  await (send ? phone.app.entries.queue(entry) : phone.app.entries.keep(entry));
}

async function openSome(world: World, phone: Phone, rng: () => number): Promise<void> {
  const list = await phone.app.entries.listEntries();
  const found = pick(list, rng);
  if (found && !found.conflicts.length && rng() < 0.7) world.open.set(phone, found);
  else world.open.set(phone, phone.app.entries.startEntry(FREE));
}

/** A person who settles a conflict by keeping every word of every text. */
async function settle(world: World, phone: Phone): Promise<boolean> {
  const list = await phone.app.entries.listEntries();
  const torn = list.find((entry) => entry.conflicts.length);
  if (!torn) return false;
  const all = [torn.answers, ...torn.conflicts.map((each) => each.answers)];
  const words = new Set(all.flatMap((answers) => said(answers).split(" ").filter(Boolean)));
  const union = [...words].join(" ");
  world.chosen.add(union);
  await phone.app.entries.choose(torn.id, say(union));
  if (world.open.get(phone)?.id === torn.id) world.open.delete(phone);
  return true;
}

async function erase(world: World, phone: Phone, rng: () => number): Promise<void> {
  const found = pick(await phone.app.entries.listEntries(), rng);
  if (!found) return;
  world.deleted.add(found.id);
  await phone.app.entries.deleteEntry(found.id);
  for (const [each, entry] of world.open) if (entry.id === found.id) world.open.delete(each);
}

async function step(world: World, rng: () => number): Promise<void> {
  const phone = pick(world.phones, rng);
  if (!phone) return;
  await inLife(phone, async () => {
    const dice = rng();
    if (!world.open.has(phone) || dice < 0.1) return openSome(world, phone, rng);
    if (dice < 0.4) return writeWord(world, phone, false);
    if (dice < 0.6) return writeWord(world, phone, true);
    if (dice < 0.64) return void (await settle(world, phone));
    if (dice < 0.66) return erase(world, phone, rng);
    if (dice < 0.7) return reopen(world, phone);
    return syncSomehow(world, phone, rng);
  });
}

async function syncSomehow(world: World, phone: Phone, rng: () => number): Promise<void> {
  const running = phone.sync().catch((error: unknown) => {
    throw error;
  });
  const typing = rng() < 0.5 ? writeWord(world, phone, rng() < 0.5) : null;
  // A request may hang for ever; somebody who waits too long kills the app.
  const patience = new Promise<"hangs">((resolve) => setTimeout(() => resolve("hangs"), 150));
  const outcome = await Promise.race([running, patience]);
  await typing;
  if (outcome === "hangs") await reopen(world, phone);
}

function spoil(server: Server, rng: () => number): void {
  server.net.fate = () => {
    const dice = rng();
    if (dice < 0.1) return "lost-request";
    if (dice < 0.22) return "lost-answer";
    if (dice < 0.25) return "hang-after";
    if (dice < 0.28) return 503;
    return "ok";
  };
}

async function calm(world: World): Promise<void> {
  world.server.net.fate = () => "ok";
  for (const phone of world.phones) await reopen(world, phone);
  for (let round = 0; round < 12; round++) {
    let again = false;
    for (const phone of world.phones) {
      await inLife(phone, async () => {
        expect(await phone.sync()).toBe("done");
        // A deletion that met words written elsewhere: those were meant to go as well here.
        for (const entry of await phone.app.entries.listEntries()) {
          if (entry.problem?.status === 410) await phone.app.entries.deleteEntry(entry.id);
        }
        again = (await settle(world, phone)) || again;
        if (again) expect(await phone.sync()).toBe("done");
      });
    }
    if (!again && round > 1) return;
  }
  throw new Error("The phones do not come to rest");
}

async function check(world: World): Promise<void> {
  const { server } = world;
  for (const [id, words] of world.words) {
    if (world.deleted.has(id)) continue;
    const row = server.rows.get(id);
    expect(row, `entry ${id}`).toBeDefined();
    if (!row) continue;
    const head = said(server.entry(row).answers).split(" ");
    // Every word, once, in the text that stands.
    expect(head.toSorted(), `words of ${id}`).toEqual([...words].toSorted());
    // Every text once among the revisions, but for those a person put together.
    const texts = row.revisions
      .map((each) => said(each.answers))
      .filter((text) => !world.chosen.has(text));
    expect(texts.length, `texts of ${id}`).toBe(new Set(texts).size);
  }
  for (const id of world.deleted) expect(server.rows.has(id)).toBe(false);
  for (const phone of world.phones) {
    expect(await phone.app.account.unsent()).toBe(0);
    for (const entry of await phone.app.entries.listEntries()) {
      const row = server.rows.get(entry.id);
      expect(entry.state).toBe("saved");
      expect(entry.revision).toBe(row?.head);
      expect(said(entry.answers)).toBe(row ? said(server.entry(row).answers) : null);
    }
    expect((await phone.app.entries.listEntries()).length).toBe(server.rows.size);
  }
}

describe("two phones and a bad network", () => {
  it.each(Array.from({ length: SEEDS }, (_, index) => index + 1))(
    "lose nothing and send nothing twice (seed %i)",
    { timeout: 30_000 },
    async (seed) => {
      const rng = random(seed);
      const server = new Server();
      const phones = [new Phone(server), new Phone(server)];
      const world: World = {
        server,
        phones,
        open: new Map(),
        words: new Map(),
        deleted: new Set(),
        chosen: new Set(),
        next: 0,
      };
      for (const phone of phones) {
        await reopen(world, phone);
        await inLife(phone, () => phone.signIn(A));
      }
      spoil(server, rng);
      for (let i = 0; i < STEPS; i++) await step(world, rng);
      await calm(world);
      await check(world);
      expect(server.tooLarge).toBe(0);
    },
  );
});
