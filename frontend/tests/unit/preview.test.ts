import { describe, expect, it } from "vitest";

import type { Answers, Item, Part } from "../../src/api/types.ts";
import { filled } from "../../src/sharing/agreement.ts";
import { byDay } from "../../src/sharing/days.ts";
import { choosable, contentOf, firstWords, offered, texts } from "../../src/sharing/preview.ts";
import { handOver } from "../../src/text/sharing.ts";
import { aGuide, anItem } from "./made.ts";

const item = (id: string, part: Part, more: Partial<Item> = {}): Item =>
  anItem({ id, parts: [part], ...more });
const text: Part = { name: "text", kind: "text", lines: "long", max: 100 };
const option = (id: string) => ({ id, label: id.toUpperCase() });

const guide = aGuide([
  item("said", text),
  item("kept", text, { share: "never" }),
  item("skipped", text),
  item("day", { name: "day", kind: "choice", options: [option("up"), option("down")] }),
  item("many", {
    name: "many",
    kind: "choices",
    options: [option("a"), option("b")],
    max: null,
    other: true,
  }),
  item("sleep", { name: "sleep", kind: "scale", low: "bad", high: "good" }),
  item("felt", { name: "felt", kind: "words", max: null }, { category: "check-ins" }),
  item("body", { name: "body", kind: "places" }, { category: "after-effects" }),
  item("who", { name: "who", kind: "contacts" }),
]);
const answers: Answers = {
  said: { text: "The water was not cold." },
  kept: { text: "Never leaves." },
  skipped: { state: "skipped" },
  day: { day: "up" },
  many: { many: ["b", "a"], many_other: "something of mine" },
  sleep: { sleep: 4 },
  felt: { felt: ["calm", "river-ish"] },
  body: { body: [{ place: "chest", kind: "feeling", quality: "warm", strength: 6 }] },
  who: { who: [{ name: "Sam", phone: "1" }] },
};
const known = { words: new Set(["calm", "sad"]), effects: new Map() };
const all = choosable(guide, answers, known);

describe("what a hand-over would copy", () => {
  it("leaves out what never leaves and what was skipped", () => {
    expect(all.map((each) => each.item.id)).not.toContain("kept");
    expect(all.map((each) => each.item.id)).not.toContain("skipped");
  });

  it("takes private answers only when they are picked", () => {
    const some = aGuide([item("said", text), item("own", text, { share: "private" })]);
    const both = choosable(some, { said: { text: "One." }, own: { text: "Two." } }, known);
    expect(both.map((each) => each.item.id)).toEqual(["said", "own"]);
    expect(offered(both).map((each) => each.item.id)).toEqual(["said"]);
  });

  it("leaves recordings, drawings and photos with the patient", () => {
    const caught = anItem({
      id: "caught",
      parts: [
        text,
        { name: "recordings", kind: "recordings" },
        { name: "drawing", kind: "drawing" },
        { name: "photos", kind: "photos" },
      ],
    });
    const media = "0190a8a0-0000-7000-8000-000000000001";
    const said: Answers = {
      caught: {
        recordings: [{ media, type: "audio/webm", seconds: 130, caption: "the hum" }],
        drawing: { width: 9, height: 9, strokes: [], caption: "the door" },
        photos: [{ media, type: "image/jpeg", width: 9, height: 9 }],
      },
    };
    expect(choosable(aGuide([caught]), said, known)).toEqual([]);
    const both: Answers = { caught: { ...said["caught"], text: "gold" } };
    const [only] = choosable(aGuide([caught]), both, known);
    expect(only?.lines).toEqual([{ label: null, value: "gold", own: true }]);
  });

  it("says how many answers stay", () => {
    expect([0, 1, 2].map((kept) => handOver.whole(kept))).toEqual([
      "All of it",
      "All of it, except one answer you keep to yourself",
      "All of it, except two answers you keep to yourself",
    ]);
  });

  it("has a kind of its own for each answer", () => {
    expect(all.find((each) => each.item.id === "said")?.category).toBe("reflections");
    expect(all.find((each) => each.item.id === "felt")?.category).toBe("check-ins");
  });

  it("says each answer in the server's words", () => {
    const every = all.map(({ item }) => item.id);
    const said = contentOf(guide, answers, every, known).flatMap((each) => each.answer.lines);
    expect(said.map(({ value, own }) => [value, own])).toEqual([
      ["The water was not cold.", true],
      ["UP", false],
      ["B; A", false],
      ["something of mine", true],
      ["4 of 10 (0 is bad, 10 is good)", false],
      ["calm", false],
      ["river-ish", true],
      ["chest: feeling, warm, 6 of 10", false],
      ["Sam 1", true],
    ]);
  });

  it("finds the texts a passage can come from", () => {
    expect(texts(all, answers).map((each) => each.text)).toEqual(["The water was not cold."]);
  });
});

describe("first words", () => {
  const own = (value: string) => [
    { question: "", answer: { lines: [{ label: null, value, own: true }] } },
  ];

  it("are the person's own, cut behind a word", () => {
    expect(firstWords(own("One  two\nthree"), 60)).toBe("One two three");
    expect(firstWords(own("One two three four"), 10)).toBe("One two…");
    expect(firstWords(own("🌊".repeat(12)), 10)).toBe(`${"🌊".repeat(10)}…`);
  });

  it("are none where only options were picked", () => {
    expect(firstWords(contentOf(guide, answers, ["day"], known))).toBeNull();
  });
});

describe("the agreement", () => {
  it("names the people and the day", () => {
    const [section] = filled(
      {
        id: "share",
        edition: 1,
        locale: "en",
        title: "",
        sha256: "",
        sections: [{ id: "a", title: "{therapist}", text: "{clinic} until {ends_on}. {other}" }],
      },
      { therapist: "Dr Reyes", clinic: "Harbour $& Clinic", ends_on: "14 February" },
    );
    expect(section?.title).toBe("Dr Reyes");
    expect(section?.text).toBe("Harbour $& Clinic until 14 February. {other}");
  });
});

describe("receipts by day", () => {
  it("follow the day of the phone's zone", () => {
    const receipt = (at: string) => ({ at }) as Parameters<typeof byDay>[0][number];
    const days = byDay(
      [receipt("2026-11-22T23:30:00Z"), receipt("2026-11-22T22:30:00Z")],
      "Europe/Berlin",
    );
    expect(days.map((each) => [each.day, each.receipts.length])).toEqual([
      ["2026-11-23", 1],
      ["2026-11-22", 1],
    ]);
  });
});
