import { afterEach, expect, it, vi } from "vitest";

import { A, B, Phone } from "./phone.ts";
import { Server } from "./server.ts";

afterEach(() => vi.unstubAllGlobals());

it("does not bring what could not be stored into sight of somebody else", async () => {
  const phone = await new Phone(new Server()).open();
  await phone.signIn(A);
  const { unlock, locked } = phone.app;
  await unlock.setLock(await unlock.lyingOpen(), { passphrase: "harbor pebble lantern otter" });
  await locked.lock();
  const { lock } = await import("../../src/app/lock.svelte.ts");
  await lock.start();
  expect(lock.state).toBe("locked");
  lock.unkept = A;

  const replace = vi.fn();
  vi.stubGlobal("location", { replace });
  await phone.signInLocked(B);
  await vi.waitFor(() => expect(replace).toHaveBeenCalledWith("/"));
  expect(lock.state).toBe("locked");
  expect(lock.unkept).toBe(A);
});

it("brings it back to the one who wrote it, also when they took the lock off elsewhere", async () => {
  const phone = await new Phone(new Server()).open();
  await phone.signIn(A);
  const { unlock, locked } = phone.app;
  const shown = await unlock.lyingOpen();
  await unlock.setLock(shown, { passphrase: "harbor pebble lantern otter" });
  await locked.lock();
  const { lock } = await import("../../src/app/lock.svelte.ts");
  await lock.start();
  lock.unkept = A;
  const replace = vi.fn();
  vi.stubGlobal("location", { replace });
  await unlock.removeLock(shown);
  await vi.waitFor(() => expect(lock.state).toBe("none"));
  expect(lock.unkept).toBeNull();
  expect(replace).not.toHaveBeenCalled();
});
