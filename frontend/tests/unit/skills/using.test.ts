import { beforeEach, describe, expect, it } from "vitest";

import type { Guide } from "../../../src/api/types.ts";
import type { LocalEntry } from "../../../src/data/entries.ts";
import type { Usable } from "../../../src/skills/own.ts";
import type * as using from "../../../src/skills/practice.svelte.ts";
import { A, Phone } from "../phone.ts";
import { Server } from "../server.ts";

let phone: Phone;
let here: typeof using;

const item = (id: string, kind: string, name: string) => ({ id, parts: [{ kind, name }] });
const guide = {
  id: "practice",
  edition: 1,
  items: [
    {
      id: "practice-01",
      parts: [
        { kind: "skills", name: "skill" },
        { kind: "text", name: "need" },
      ],
    },
    item("practice-02", "scale", "scale"),
    item("practice-03", "scale", "scale"),
    item("practice-04", "choice", "choice"),
    item("practice-05", "text", "text"),
  ],
} as unknown as Guide;

const skill = {
  id: "gr-room",
  title: "Room roll call",
  need: "grounding",
  steps: ["Look.", "Say."],
};
const practice = (logged: Guide | null = guide) =>
  new here.Practice(skill as unknown as Usable, "grounding", logged);
const which = {
  skill: [{ skill: "gr-room", title: "Room roll call" }],
  need: "grounding",
};

beforeEach(async () => {
  phone = await new Phone(new Server()).open();
  await phone.signIn(A);
  here = await import("../../../src/skills/practice.svelte.ts");
});

/** The one entry on this phone, once the screen was left. */
async function stored(of: using.Practice): Promise<LocalEntry | undefined> {
  await of.close();
  const all = await phone.app.entries.listEntries();
  expect(all.length).toBeLessThanOrEqual(1);
  expect(await phone.app.account.unsent()).toBe(all.length);
  return all[0];
}

describe("using a skill", () => {
  it("stores nothing when it is looked at and left", async () => {
    const looked = practice();
    looked.begin();
    looked.next();
    expect(looked.at).toBe(1);
    looked.back();
    expect(await stored(looked)).toBeUndefined();
  });

  it("goes from the card to the end, and keeps what was said in one entry", async () => {
    const used = practice();
    used.begin();
    expect(used.at).toBe("before");
    used.say("practice-02", 7);
    for (const at of [1, 2, "after"]) {
      used.next();
      expect(used.at).toBe(at);
    }
    used.say("practice-03", 5);
    used.next();
    used.say("practice-04", "helped");
    used.next();
    expect(used.at).toBe("end");
    expect(used.stopped).toBe(false);
    expect(await stored(used)).toMatchObject({
      finished: true,
      answers: {
        "practice-01": which,
        "practice-02": { scale: 7 },
        "practice-03": { scale: 5 },
        "practice-04": { choice: "helped" },
      },
    });
  });

  it("is a use without a number and without a word", async () => {
    const used = practice();
    used.straight();
    for (let step = 0; step < 4; step += 1) used.next();
    expect(used.at).toBe("end");
    expect((await stored(used))?.answers).toEqual({ "practice-01": which });
  });

  it("is two taps when it is stopped at once", async () => {
    const used = practice();
    used.straight();
    used.stop();
    expect(used.at).toBe("after");
    expect((await stored(used))?.answers).toEqual({
      "practice-01": which,
      "practice-04": { choice: "stopped-early" },
    });
  });

  it("was not stopped by somebody who came back and went on", async () => {
    const used = practice();
    used.straight();
    used.stop();
    used.back();
    expect(used.at).toBe(2);
    used.next();
    expect(used.stopped).toBe(false);
    expect((await stored(used))?.answers).toEqual({ "practice-01": which });
  });

  it("keeps what was said about it when it is stopped after", async () => {
    const used = practice();
    used.straight();
    used.say("practice-04", "made-it-worse");
    used.stop();
    expect(used.felt).toBe("made-it-worse");
    await used.close();
  });

  it("has the steps alone where nothing can be kept", async () => {
    const open = practice(null);
    open.begin();
    expect(open.at).toBe(1);
    open.next();
    open.next();
    expect(open.at).toBe("end");
    open.back();
    open.stop();
    expect(open.at).toBe("end");
    expect(await stored(open)).toBeUndefined();
  });

  it("has one step when it is a name alone", () => {
    const own = { ...skill, need: null, title: "Cold tea", steps: [] } as unknown as Usable;
    expect(new here.Practice(own, null, guide).steps).toEqual(["Cold tea"]);
  });
});

describe("the place in the address", () => {
  const reopened = (search: string, logged: Guide | null = guide) => {
    const found = practice(logged);
    found.resume(here.placeOf(new URLSearchParams(search)), null);
    return found.at;
  };

  it.each<[string, unknown]>([
    ["", "card"],
    ["at=before", "before"],
    ["at=2", 2],
    ["at=after", "after"],
    ["at=end", "end"],
    ["at=9", "card"],
    ["at=0", "card"],
    ["at=anything", "card"],
  ])("%s opens %s", (search, at) => {
    expect(reopened(search)).toBe(at);
  });

  it("never asks what cannot be kept", () => {
    expect(reopened("at=felt", null)).toBe("card");
    expect(reopened("at=2", null)).toBe(2);
  });

  it("is read as it was written", () => {
    const used = practice();
    used.straight();
    used.next();
    expect(here.placeOf(new URLSearchParams(used.address))).toBe(2);
    expect(used.address).not.toContain("need");
  });
});
