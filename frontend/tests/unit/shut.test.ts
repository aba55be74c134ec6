// @vitest-environment node
/** What is open in memory goes with a lock, a sign-out, and another person; with nothing else. */
import { expect, it } from "vitest";

import { A, B, Phone } from "./phone.ts";
import { Server } from "./server.ts";

it("a lock, a sign-out and another person shut, a confirmed session does not", async () => {
  const phone = await new Phone(new Server()).open();
  const { onShut } = await import("../../src/data/shut.ts");
  const { changed } = await import("../../src/data/changes.ts");
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
  await phone.signIn(A);
  let shut = 0;
  const stop = onShut(() => (shut += 1));
  await settled();
  changed("account");
  changed("entries");
  await settled();
  expect(shut).toBe(0);
  changed("lock" as "account");
  expect(shut).toBe(1);
  await phone.app.account.signOut();
  await settled();
  expect(shut).toBe(2);
  await phone.signIn(B);
  await settled();
  expect(shut).toBe(3);
  stop();
  changed("lock" as "account");
  expect(shut).toBe(3);
});
