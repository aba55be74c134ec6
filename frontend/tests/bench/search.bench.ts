/** `npx vitest bench --run`: finding words in five thousand entries of two kilobytes. */
import { bench, describe } from "vitest";

import type { LocalEntry } from "../../src/data/entries.ts";
import { SearchIndex } from "../../src/search/index.ts";
import { aGuide, anItem } from "../unit/made.ts";

const WORDS = "river door light water kitchen window brother garden morning breath rain été".split(
  " ",
);
const GUIDE = aGuide([anItem({ id: "free-01" })], { id: "free", kind: "writing" });

function entries(): LocalEntry[] {
  return Array.from({ length: 5000 }, (_, at) => {
    const text = Array.from({ length: 330 }, (_, n) => WORDS[(at * 7 + n * n) % WORDS.length]);
    const answers = { "free-01": { text: `Number ${String(at)}. ${text.join(" ")}` } };
    return { id: String(at), guide: "free", answers } as unknown as LocalEntry;
  });
}

const all = entries();
const guideOf = () => GUIDE;
const read = new SearchIndex();
read.find("x", all, guideOf);

describe("5,000 entries", () => {
  for (const typed of ["r", "river", "door kitchen wat", "ete", "number 4999", "unfindable"]) {
    bench(typed, () => void read.find(typed, all, guideOf));
  }
  bench("read everything first", () => void new SearchIndex().find("river", all, guideOf), {
    iterations: 5,
  });
});
