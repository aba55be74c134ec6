import { encode } from "uqr";
import { expect, test } from "vitest";

import { squares } from "../../src/ui/qr.ts";

/** The squares a path darkens, as rows of "#" and ".". */
function drawn(text: string): string[] {
  const { side, path } = squares(text);
  const rows = Array.from({ length: side }, () => Array<string>(side).fill("."));
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let n = 0; n < Number(run); n++) {
      const row = rows[Number(y)];
      if (row) row[Number(x) + n] = "#";
    }
  }
  return rows.map((row) => row.join(""));
}

const LINK = "https://journal.example.org/join#" + "Ab3_".repeat(11);

test("every dark square is drawn, and no other", () => {
  const { data } = encode(LINK, { ecc: "M", border: 4 });
  expect(drawn(LINK)).toEqual(data.map((row) => row.map((on) => (on ? "#" : ".")).join("")));
});

test("a camera finds its three corners inside an empty rim", () => {
  const rows = drawn(LINK);
  const side = rows.length;
  const corner = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"];
  const cut = (x: number, y: number) => rows.slice(y, y + 7).map((row) => row.slice(x, x + 7));
  expect(cut(4, 4)).toEqual(corner);
  expect(cut(side - 11, 4)).toEqual(corner);
  expect(cut(4, side - 11)).toEqual(corner);
  for (const row of [...rows.slice(0, 4), ...rows.slice(-4)]) expect(row).not.toContain("#");
  for (const row of rows) expect(row.slice(0, 4) + row.slice(-4)).toBe("........");
});

test("a text that no code can hold is refused", () => {
  expect(() => squares("x".repeat(4000))).toThrow(RangeError);
});
