// @vitest-environment node
/** Two taps at once, and a second tap before the first is done. */
import { beforeEach, describe, expect, it, vi } from "vitest";

import { once } from "../../src/app/once.ts";
import { A, FREE, Phone, said, say } from "./phone.ts";
import { Server } from "./server.ts";

let server: Server;
let phone: Phone;

beforeEach(async () => {
  server = new Server();
  phone = await new Phone(server).open();
  await phone.signIn(A);
});

describe("tapped twice", () => {
  it("keeps the words of a deleted entry as one new entry", async () => {
    const { entries } = phone.app;
    const old = { ...entries.startEntry(FREE), answers: say("Keep me once."), finished: true };
    await entries.queue(old);
    await phone.sync();
    server.gone.set(old.id, ++server.n);
    server.rows.delete(old.id);
    const mine = await entries.getEntry(old.id);
    if (!mine) throw new Error("no such entry");
    await entries.queue({ ...mine, answers: say("Keep me once. Please.") });
    await phone.sync();
    expect((await entries.getEntry(old.id))?.problem?.status).toBe(410);

    const made = await Promise.all([entries.keepAsNew(old.id), entries.keepAsNew(old.id)]);
    expect(made.map((each) => each?.finished)).toEqual([true, undefined]);
    await phone.sync();
    const here = await entries.listEntries();
    expect(here.map((each) => [said(each.answers), each.state])).toEqual([
      ["Keep me once. Please.", "saved"],
    ]);
    expect(here[0]?.occurred_at).toBe(old.occurred_at);
    expect([...server.rows.keys()]).toEqual([made[0]?.id]);
  });

  it("says two outcomes of one small step one after the other, and in no conflict", async () => {
    const { entries } = phone.app;
    const { setStatus, stepsIn } = await import("../../src/patient/smallsteps.ts");
    const entry = entries.startEntry({ id: "week", edition: 1 });
    entry.answers = { "week-03": { step: { what: "Carry the post in." } } };
    await entries.queue(entry);
    await phone.sync();
    const [found] = stepsIn(await entries.listEntries());
    if (!found) throw new Error("no step");
    const before = await Promise.all([setStatus(found, "part"), setStatus(found, "not-today")]);
    expect(before).toEqual(["open", "part"]);
    await phone.sync();
    const now = await entries.getEntry(entry.id);
    expect(now?.answers["week-03"]?.["step"]).toMatchObject({ status: "not-today" });
    expect(now?.conflicts).toEqual([]);
    expect(server.rows.get(entry.id)?.revisions.map((each) => each.kind)).not.toContain("conflict");
    await entries.deleteEntry(entry.id);
    expect(await setStatus(found, "did")).toBeNull();
    expect(await entries.getEntry(entry.id)).toBeNull();
  });

  it("changes preferences from what they have become", async () => {
    const { prefs, setPrefs } = await import("../../src/data/prefs.ts");
    const star = (id: string) => setPrefs(({ starred }) => ({ starred: [...starred, id] }));
    await Promise.all([star("one"), star("two")]);
    expect((await prefs()).starred).toEqual(["one", "two"]);
  });

  it("does the work once, and again when it is over", async () => {
    let over = (): void => undefined;
    const work = vi.fn(() => new Promise<void>((resolve) => (over = resolve)));
    const tap = once(work);
    const first = tap();
    await tap();
    expect(work).toHaveBeenCalledOnce();
    over();
    await first;
    const second = tap();
    expect(work).toHaveBeenCalledTimes(2);
    over();
    await second;
  });
});
