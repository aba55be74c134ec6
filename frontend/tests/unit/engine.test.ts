// @vitest-environment node
import { afterEach, expect, it, vi } from "vitest";

import { A, FREE, Phone, say } from "./phone.ts";
import { Server } from "./server.ts";

const WORDS_OF_MINE = "harbor pebble lantern otter meadow violin";

// Each way is slow to try, on purpose.
vi.setConfig({ testTimeout: 60_000 });

afterEach(() => vi.unstubAllGlobals());

/** Whoever has the turn to send gives it back when they are told to. */
class Turns {
  #back: () => void = () => undefined;
  #taken: () => void = () => undefined;
  readonly taken = new Promise<void>((resolve) => (this.#taken = resolve));
  readonly #held = new Promise<void>((resolve) => (this.#back = resolve));

  async request<T>(name: string, work: () => Promise<T>): Promise<T> {
    const done = await work();
    if (name !== "journal-send") return done;
    this.#taken();
    await this.#held;
    return done;
  }

  giveBack(): void {
    this.#back();
  }
}

function inAPage(navigator: object): void {
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("document", new EventTarget());
  vi.stubGlobal("navigator", navigator);
}

it("sends when it is unlocked while a run ends that found it locked", async () => {
  const server = new Server();
  const phone = await new Phone(server).open();
  await phone.signIn(A);
  const entry = phone.app.entries.startEntry(FREE);
  entry.answers = say("the kiln door was warm");
  await phone.app.entries.queue(entry);
  const { locked, unlock } = phone.app;
  await unlock.setLock(await unlock.lyingOpen(), { passphrase: WORDS_OF_MINE });
  await locked.lock();
  const shown = await unlock.withPassphrase(WORDS_OF_MINE);
  if (!unlock.opened(shown)) throw new Error(shown.kind);

  const turns = new Turns();
  inAPage({ onLine: true, locks: turns });
  const engine = await import("../../src/sync/engine.ts");
  engine.start();
  await turns.taken;
  expect(server.rows.size).toBe(0);
  await unlock.unlock(shown);
  turns.giveBack();
  await vi.waitFor(() => expect(server.rows.has(entry.id)).toBe(true), { timeout: 10_000 });
});

it("does not go on saying that there is no network once nothing is asked for", async () => {
  const server = new Server();
  const phone = await new Phone(server).open();
  await phone.signIn(A);
  const { locked, unlock } = phone.app;
  await unlock.setLock(await unlock.lyingOpen(), { passphrase: WORDS_OF_MINE });
  const page = { onLine: true };
  inAPage(page);
  const engine = await import("../../src/sync/engine.ts");
  server.net.fate = () => "lost-request";
  await engine.sync();
  expect(engine.status.offline).toBe(true);
  await locked.lock();
  await engine.sync();
  expect(engine.status.offline).toBe(false);
  page.onLine = false;
  await engine.sync();
  expect(engine.status.offline).toBe(true);
});
