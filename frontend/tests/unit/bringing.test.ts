import { describe, expect, it } from "vitest";

import type { Answers, Care, Content, Grant, Handed } from "../../src/api/types.ts";
import { agendaFor, listsOut, saysSomething } from "../../src/brief/agenda.ts";
import { sentencesOf } from "../../src/brief/cutting.ts";
import { canGo } from "../../src/brief/more.ts";
import { visitToBringTo } from "../../src/brief/offered.ts";
import {
  arranged,
  canMove,
  moved,
  MOST,
  NO_ORDER,
  notFirst,
  putFirst,
  sent,
} from "../../src/brief/order.ts";
import type { LocalEntry } from "../../src/data/entries.ts";
import { uuidOf } from "../../src/domain/ids.ts";
import { goes, kindsOf } from "../../src/domain/standing.ts";
import { lastVisit, nextVisit } from "../../src/domain/visits.ts";
import { along } from "../../src/sharing/along.ts";
import { earlier, sameChoice } from "../../src/sharing/again.ts";
import { became } from "../../src/sharing/became.ts";
import { aGuide, anItem } from "./made.ts";

const NOW = Date.parse("2026-11-24T10:00:00Z");
const REYES = { id: "reyes", name: "Dr Ana Reyes" };
const OKAFOR = { id: "okafor", name: "Tom Okafor" };

const anEntry = (id: string, more: Partial<LocalEntry> = {}): LocalEntry => ({
  id,
  guide: "agenda",
  edition: 1,
  occurred_at: "2026-11-23T10:00:00Z",
  zone: "Europe/London",
  created_at: "2026-11-23T10:00:00Z",
  answers: {},
  revision: "r1",
  dirty: 1,
  state: "saved",
  place: 0,
  finished: true,
  saved_at: "2026-11-23T10:00:00Z",
  conflicts: [],
  base: null,
  problem: null,
  ...more,
});

const row = (question: string, ...values: string[]): Content["items"][number] => ({
  question,
  answer: { lines: values.map((value) => ({ label: null, value, own: true })) },
});

const aHanded = (id: string, more: Partial<Handed> = {}): Handed => ({
  id,
  handover_id: `of-${id}`,
  grant_id: "grant",
  therapist: REYES,
  entry_id: "entry",
  revision: "r0",
  kind: "whole",
  category: "reflections",
  handed_at: "2026-11-20T10:00:00Z",
  state: "handed",
  release_at: null,
  first_read_at: null,
  marks: { read: null, talked: null, carry: null },
  cut: false,
  content: { title: "A page", items: [], facts: [] },
  ...more,
});

const aGrant = (more: Partial<Grant> = {}): Grant =>
  ({
    id: "grant",
    therapist: REYES,
    state: "in_force",
    categories: ["check-ins", "reflections"],
    ...more,
  }) as Grant;

const care = (...visits: [who: typeof REYES, at: string][]): Care =>
  ({
    appointments: visits.map(([therapist, starts_at]) => ({ id: starts_at, therapist, starts_at })),
  }) as Care;

describe("the order of a page", () => {
  const three = { bring: ["a", "b", "c", "d"], first: 3 };

  it("lets fall what is gone and takes what is new to the end", () => {
    expect(arranged({ bring: ["a", "gone", "b"], first: 2 }, ["new", "b", "a"])).toEqual({
      bring: ["a", "b", "new"],
      first: 1,
    });
    expect(arranged(NO_ORDER, ["new", "old"])).toEqual({ bring: ["new", "old"], first: 0 });
  });

  it("puts three first and no more", () => {
    const one = putFirst({ bring: ["a", "b", "c"], first: 0 }, "c");
    expect(one).toEqual({ bring: ["c", "a", "b"], first: 1 });
    expect(putFirst(three, "d")).toBe(three);
    expect(putFirst(one, "c")).toBe(one);
    expect(putFirst(one, "unknown")).toBe(one);
    expect(notFirst(three, "a")).toEqual({ bring: ["b", "c", "a", "d"], first: 2 });
    expect(notFirst(three, "d")).toBe(three);
  });

  it("moves among those that stand together", () => {
    expect(moved(three, "b", -1).bring).toEqual(["b", "a", "c", "d"]);
    expect(moved(three, "b", 1).bring).toEqual(["a", "c", "b", "d"]);
    expect(moved(three, "c", 1)).toBe(three);
    expect(canMove(three, "c", 1)).toBe(false);
    expect(canMove(three, "d", -1)).toBe(false);
    expect(canMove(three, "a", -1)).toBe(false);
    expect(canMove(three, "unknown", 1)).toBe(false);
  });

  it("sends no more than there is room for", () => {
    const many = { bring: Array.from({ length: 30 }, (_, at) => String(at)), first: 2 };
    expect(sent(many).bring).toHaveLength(MOST);
  });
});

describe("the list for a visit", () => {
  const mine = { therapist: "reyes", lists: {}, since: "2026-11-20T10:00:00Z" };
  const old = anEntry("old", { occurred_at: "2026-11-19T10:00:00Z" });

  it("begins anew after a visit", () => {
    expect(agendaFor([old], [aHanded("x", { entry_id: "old" })], mine)).toBeNull();
    expect(agendaFor([anEntry("new"), old], [], mine)?.id).toBe("new");
  });

  it("is not the list for somebody else", () => {
    const theirs = aHanded("x", { entry_id: "out", therapist: OKAFOR });
    expect(agendaFor([anEntry("out")], [theirs], mine)).toBeNull();
    const lists = { okafor: "draft" };
    expect(agendaFor([anEntry("draft")], [], { ...mine, lists })).toBeNull();
    expect(agendaFor([anEntry("draft")], [], { ...mine, therapist: "okafor", lists })?.id).toBe(
      "draft",
    );
  });

  it("is the one that is out, before one that is not", () => {
    const out = aHanded("x", { entry_id: "out" });
    expect(agendaFor([anEntry("other"), anEntry("out")], [out], mine)?.id).toBe("out");
    expect(agendaFor([anEntry("free", { guide: "free" })], [], mine)).toBeNull();
  });

  it("knows what of lists is out under a grant, and when one says nothing", () => {
    const all = [aHanded("x", { entry_id: "out" }), aHanded("y", { entry_id: "page" })];
    expect(listsOut([anEntry("out")], all, "grant").map(({ id }) => id)).toEqual(["x"]);
    expect(listsOut([anEntry("out")], all, "other")).toEqual([]);
    expect(saysSomething(anEntry("a", { answers: { one: { text: "  " } } }))).toBe(false);
    expect(saysSomething(anEntry("a", { answers: { one: { text: "Work." } } }))).toBe(true);
    expect(saysSomething(null)).toBe(false);
  });
});

describe("what can go as a whole", () => {
  const guide = aGuide([
    anItem({ id: "said", parts: [{ name: "text", kind: "text", lines: "long", max: 100 }] }),
  ]);
  const answers = { said: { text: "The water was not cold." } };
  const entry = anEntry("entry", { guide: "free", answers });
  const to = { grant: "grant", categories: [guide.category], handed: [] };

  it("is saved, of a kind that is shared, and not out already", () => {
    expect(canGo(entry, guide, null, to)).toBe(true);
    expect(canGo({ ...entry, state: "on-phone" }, guide, null, to)).toBe(false);
    expect(canGo(entry, guide, null, { ...to, categories: ["measures"] })).toBe(false);
    expect(canGo(entry, guide, null, { ...to, handed: [aHanded("x")] })).toBe(false);
    expect(canGo({ ...entry, guide: "agenda" }, guide, null, to)).toBe(false);
    expect(canGo({ ...entry, answers: {} }, guide, null, to)).toBe(false);
    expect(canGo(entry, { ...guide, kind: "concern" }, null, to)).toBe(false);
  });
});

describe("a sentence that is taken out", () => {
  it("is counted in code points and takes the space behind it along", () => {
    const [text] = sentencesOf([row("Asked", "🎻 First. Second one.\nThird.")]);
    expect(text?.sentences.map(({ quote }) => quote)).toEqual([
      "🎻 First. ",
      "Second one.\n",
      "Third.",
    ]);
    expect(text?.sentences[1]).toMatchObject({ item: 0, line: 0, start: 9, end: 21 });
  });

  it("is one of the person's own", () => {
    const picked = {
      question: "Day",
      answer: { lines: [{ label: null, value: "Up.", own: false }] },
    };
    expect(sentencesOf([picked])).toEqual([]);
  });
});

describe("words that have changed since they went", () => {
  const text = { name: "text", kind: "text", lines: "long", max: 100 } as const;
  const guide = aGuide([
    anItem({ id: "one", text: "One", parts: [text] }),
    anItem({ id: "two", text: "Two", parts: [text] }),
  ]);
  const now = (answers: Answers) => ({ revision: "r1", answers });
  const answers = { one: { text: "Earlier." }, two: { text: "Kept." } };
  const both = { title: "", facts: [], items: [row("One", "Earlier."), row("Two", "Kept.")] };
  const out = aHanded("x", { content: both });

  it("are told of, with the same choice", () => {
    const changed = { ...answers, one: { text: "Later." } };
    expect(earlier([out], now(changed), guide, null)).toEqual([
      {
        handover: "of-x",
        grant: "grant",
        therapist: REYES.name,
        waits: false,
        what: { kind: "whole" },
      },
    ]);
    const some = { ...out, kind: "answers", content: { ...both, items: [row("One", "Earlier.")] } };
    expect(earlier([some as Handed], now(changed), guide, null)[0]?.what).toEqual({
      kind: "answers",
      items: ["one"],
    });
  });

  it("are not told of where what went is the same", () => {
    expect(earlier([out], now(answers), guide, null)).toEqual([]);
    const some = { ...out, kind: "answers", content: { ...both, items: [row("Two", "Kept.")] } };
    const changed = { ...answers, one: { text: "Later." } };
    expect(earlier([some as Handed], now(changed), guide, null)).toEqual([]);
    expect(earlier([{ ...out, revision: "r1" }], now(changed), guide, null)).toEqual([]);
    expect(earlier([{ ...out, state: "closed" }], now(changed), guide, null)).toEqual([]);
  });

  it("of a passage are chosen anew", () => {
    const part = { ...both, items: [row("One", "Earlier")] };
    const passage = aHanded("p", { kind: "passage", content: part });
    expect(earlier([passage], now(answers), guide, null)).toEqual([]);
    const [found] = earlier([passage], now({ one: { text: "Later." } }), guide, null);
    expect(found?.what).toBeNull();
  });

  it("are not handed over in one tap where a sentence was taken out or a question is not known", () => {
    const changed = now({ ...answers, one: { text: "Later." } });
    expect(earlier([{ ...out, cut: true }], changed, guide, null)[0]?.what).toBeNull();
    const odd = { ...out, kind: "answers", content: { ...both, items: [row("Gone", "x")] } };
    expect(sameChoice([odd as Handed], guide)).toBeNull();
  });
});

describe("what goes as it is saved", () => {
  const text = { name: "text", kind: "text", lines: "long", max: 100 } as const;
  const guide = {
    ...aGuide([
      anItem({ id: "mood", parts: [text] }),
      anItem({ id: "drink", parts: [text], category: "alcohol-drugs" }),
      anItem({ id: "own", parts: [text], share: "private" }),
    ]),
    id: "check-in",
    category: "check-ins" as const,
  };
  const on = { grant: ["check-ins" as const] };

  it("is of the kinds that were turned on, and never what is private", () => {
    expect(goes(on, [aGrant()], guide)).toEqual([
      { grant: "grant", therapist: REYES.name, category: "check-ins", items: ["mood"] },
    ]);
    expect(goes({}, [aGrant()], guide)).toEqual([]);
    expect(goes({ grant: ["reflections"] }, [aGrant()], guide)).toEqual([]);
  });

  it("stops with the grant, and where it is narrowed or paused", () => {
    for (const state of ["paused", "withdrawn", "ended", "agree_again"] as const) {
      expect(goes(on, [aGrant({ state })], guide)).toEqual([]);
    }
    expect(goes(on, [aGrant({ categories: ["reflections"] })], guide)).toEqual([]);
    expect(goes(on, [aGrant({ id: "renewed" })], guide)).toEqual([]);
    expect(kindsOf(on, undefined)).toEqual([]);
  });

  it("is never the list for a visit, nor a worry about one's care", () => {
    expect(goes(on, [aGrant()], { ...guide, id: "agenda" })).toEqual([]);
    expect(goes(on, [aGrant()], { ...guide, kind: "concern" })).toEqual([]);
  });

  it("has one id for one entry under one grant", async () => {
    const id = await uuidOf("standing", "grant", "entry");
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await uuidOf("standing", "grant", "entry")).toBe(id);
    expect(await uuidOf("standing", "grant", "other")).not.toBe(id);
    expect(await uuidOf("standing", "gran", "tentry")).not.toBe(id);
  });
});

describe("visits", () => {
  const plan = care(
    [OKAFOR, "2026-11-25T09:00:00Z"],
    [REYES, "2026-11-26T10:00:00Z"],
    [REYES, "2026-11-19T10:00:00Z"],
  );

  it("are near from two days before, with somebody who can read", () => {
    expect(nextVisit(plan, NOW)?.therapist).toBe(OKAFOR);
    expect(lastVisit(plan, NOW, "reyes")?.starts_at).toBe("2026-11-19T10:00:00Z");
    expect(visitToBringTo(plan, [aGrant()], NOW)?.therapist).toBe(REYES);
    expect(visitToBringTo(plan, [aGrant()], NOW - 1)).toBeNull();
    expect(visitToBringTo(plan, [aGrant({ state: "paused" })], NOW)).toBeNull();
    expect(visitToBringTo(plan, [], NOW)).toBeNull();
    expect(visitToBringTo(null, [aGrant()], NOW)).toBeNull();
  });
});

describe("what became of something handed over", () => {
  const now = new Date(NOW);
  const next = "2026-11-26T10:00:00Z";
  const marks = { read: "2026-11-23T09:00:00Z", talked: null, carry: null };

  it("is said from what the other side noted", () => {
    expect(became(aHanded("x"), next, now)).toBe("Not opened yet");
    expect(became(aHanded("x", { marks }), next, now)).toBe(
      "Read yesterday. You’ll talk about it on Thursday.",
    );
    expect(became(aHanded("x", { marks }), null, now)).toBe("Read yesterday.");
    const both = { ...marks, talked: marks.read, carry: marks.read };
    expect(became(aHanded("x", { marks: both }), next, now)).toBe(
      "Talked about yesterday. For next time, noted yesterday.",
    );
    expect(became(aHanded("x", { first_read_at: marks.read }), next, now)).toBe(
      "First read by Dr Ana Reyes yesterday",
    );
  });
});

describe("what goes along", () => {
  const guide = aGuide([
    anItem({
      id: "capture-01",
      parts: [
        { name: "text", kind: "text", lines: "long", max: 100 },
        { name: "recordings", kind: "recordings" },
        { name: "drawing", kind: "drawing" },
      ],
    }),
    anItem({ id: "own", share: "private", parts: [{ name: "photos", kind: "photos" }] }),
  ]);
  const answers = {
    "capture-01": {
      text: "A bow.",
      recordings: [{ media: "m1", type: "audio/webm", seconds: 7, caption: "hummed" }],
      drawing: { width: 10, height: 10, strokes: [] },
    },
    own: { photos: [{ media: "m2", type: "image/jpeg", width: 1, height: 1 }] },
  } as unknown as Answers;

  it("is called what the server calls it, and its caption is among the words", () => {
    const found = along(guide, answers, "whole");
    expect(found.map(({ name }) => name)).toEqual(["m1", "capture-01/drawing"]);
    expect(found[0]).toMatchObject({ label: "Recording, 7 s: hummed", caption: "hummed" });
    expect(JSON.stringify(found[0]?.answer)).not.toContain("hummed");
  });

  it("is private only when it is picked by name, and nothing of a concern", () => {
    expect(along(guide, answers, ["own"]).map(({ name }) => name)).toEqual(["m2"]);
    expect(along({ ...guide, kind: "concern" }, answers, "whole")).toEqual([]);
  });

  it("is not handed over again in one tap: nobody knows which copy was which", () => {
    const media = [{ id: "copy", kind: "recording" as const, type: "audio/webm" }];
    const item = { question: "capture-01?", answer: { lines: [] }, media };
    const out = aHanded("x", { content: { title: "", facts: [], items: [item] } });
    expect(sameChoice([out], guide)).toBeNull();
    expect(earlier([out], { revision: "r1", answers }, guide, null)).toEqual([]);
  });
});
