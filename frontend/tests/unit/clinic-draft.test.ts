import { beforeEach, describe, expect, it, vi } from "vitest";

import { Trouble } from "../../src/api/trouble.ts";
import { Draft, type DraftServer } from "../../src/desk/clinic/draft.svelte.ts";
import { forgetKept, readKept } from "../../src/desk/clinic/kept.ts";

interface Words {
  title: string;
  lines: string[];
}

/** A server that keeps editions and refuses those that were made over an old one. */
class Clinic implements DraftServer<Words> {
  edition = 1;
  value: Words = { title: "Old", lines: ["one", "two"] };
  saves = 0;
  network: "up" | "down" | "answer-lost" = "up";
  refuses: { pointer: string; detail: string }[] = [];

  put = async (value: Words, edition: number) => {
    this.saves += 1;
    await Promise.resolve();
    if (this.network === "down") throw new Trouble("offline");
    if (this.refuses.length) throw problem(422, this.refuses);
    if (JSON.stringify(value) !== JSON.stringify(this.value)) {
      if (edition !== this.edition) throw problem(409);
      this.colleague(value);
    }
    if (this.network === "answer-lost") throw new Trouble("offline");
    return { id: "refl", edition: this.edition, advice: [] };
  };

  latest = async () => ({ edition: this.edition, value: structuredClone(this.value) });

  colleague(value: Words) {
    this.value = structuredClone(value);
    this.edition = this.edition < 1001 ? 1001 : this.edition + 1;
  }
}

const problem = (status: number, errors: { pointer: string; detail: string }[] = []) =>
  new Trouble(status === 401 ? "signed-out" : "problem", {
    title: "No",
    status,
    errors,
  } as never);

const trimmed = (words: Words): Words => ({ ...words, title: words.title.trim() });

describe("a text that is being changed", () => {
  let clinic: Clinic;
  const onsignedout = vi.fn();

  const open = () =>
    new Draft<Words>({
      account: "sam",
      what: "guides/refl",
      edition: clinic.edition,
      value: structuredClone(clinic.value),
      tidy: trimmed,
      server: clinic,
      onsignedout,
    });

  function type(draft: Draft<Words>, title: string) {
    draft.value.title = title;
    draft.touched();
  }

  beforeEach(() => {
    sessionStorage.clear();
    onsignedout.mockReset();
    clinic = new Clinic();
  });

  it("is saved as a new edition and is then not dirty", async () => {
    const draft = open();
    expect(draft.dirty).toBe(false);
    type(draft, "New ");
    expect(draft.dirty).toBe(true);
    expect(await draft.save()).toBe(true);
    expect(clinic.value.title).toBe("New");
    expect([draft.edition, draft.phase, draft.dirty]).toEqual([1001, "saved", false]);
  });

  it("is saved once, however often it is tapped", async () => {
    const draft = open();
    type(draft, "New");
    await Promise.all([draft.save(), draft.save(), draft.save()]);
    expect([clinic.saves, clinic.edition]).toEqual([1, 1001]);
  });

  it("keeps what is typed while it is being saved", async () => {
    const draft = open();
    type(draft, "New");
    const saving = draft.save();
    type(draft, "Newer");
    await saving;
    expect(draft.value.title).toBe("Newer");
    expect(draft.dirty).toBe(true);
    expect(readKept("sam", "guides/refl")).toMatchObject({ edition: 1001 });
  });

  it("stays, and stays kept in this tab, when there is no network", async () => {
    const draft = open();
    type(draft, "New");
    clinic.network = "down";
    expect(await draft.save()).toBe(false);
    expect([draft.phase, draft.value.title]).toEqual(["offline", "New"]);
    const later = open();
    expect([later.found, later.value.title, later.dirty]).toEqual([true, "New", true]);
    clinic.network = "up";
    expect(await later.save()).toBe(true);
    expect(open().found).toBe(false);
  });

  it("knows its own save again when the answer to it was lost", async () => {
    const draft = open();
    type(draft, "New");
    clinic.network = "answer-lost";
    await draft.save();
    clinic.network = "up";
    type(draft, "Newer");
    expect(await draft.save()).toBe(true);
    expect([clinic.value.title, draft.theirs]).toEqual(["Newer", null]);
  });

  it("shows what a colleague saved first, and goes over it only when told to", async () => {
    const draft = open();
    type(draft, "Mine");
    clinic.colleague({ title: "Theirs", lines: [] });
    expect(await draft.save()).toBe(false);
    expect(draft.theirs).toMatchObject({ edition: 1001, value: { title: "Theirs" } });
    expect([draft.value.title, clinic.value.title]).toEqual(["Mine", "Theirs"]);
    draft.overTheirs();
    expect(await draft.save()).toBe(true);
    expect([clinic.value.title, draft.edition]).toEqual(["Mine", 1002]);
  });

  it("can go on from the colleague's words", async () => {
    const draft = open();
    type(draft, "Mine");
    clinic.colleague({ title: "Theirs", lines: ["one"] });
    await draft.save();
    draft.takeTheirs();
    expect([draft.value.title, draft.edition, draft.dirty]).toEqual(["Theirs", 1001, false]);
    expect(readKept("sam", "guides/refl")).toBeNull();
  });

  it("says at each field why it was refused, until that field changes", async () => {
    const draft = open();
    type(draft, " ");
    clinic.refuses = [
      { pointer: "/title", detail: "Needs words." },
      { pointer: "/lines/1", detail: "Too long." },
    ];
    await draft.save();
    expect(draft.problems).toEqual({ "/title": "Needs words.", "/lines/1": "Too long." });
    type(draft, "New");
    expect(draft.problems).toEqual({ "/lines/1": "Too long." });
    draft.forgive();
    expect(draft.problems).toEqual({});
  });

  it("outlives the end of the session", async () => {
    const draft = open();
    type(draft, "New");
    clinic.put = () => Promise.reject(problem(401));
    await draft.save();
    expect(onsignedout).toHaveBeenCalledOnce();
    expect(readKept("sam", "guides/refl")).toMatchObject({ value: { title: "New" } });
  });

  it("goes back to the last edition when dropped, and leaves nothing in the tab", () => {
    const draft = open();
    type(draft, "New");
    draft.drop();
    expect([draft.value.title, draft.dirty]).toEqual(["Old", false]);
    expect(sessionStorage.length).toBe(0);
  });

  it("is kept for one person, and forgotten when they sign out", () => {
    type(open(), "New");
    expect(readKept("somebody-else", "guides/refl")).toBeNull();
    sessionStorage.setItem("another", "stays");
    forgetKept();
    expect(readKept("sam", "guides/refl")).toBeNull();
    expect(sessionStorage.getItem("another")).toBe("stays");
  });
});
