/** A text as the squares of a QR code, drawn as one path: no markup is put together from text. */
import { encode } from "uqr";

export interface Squares {
  /** How many squares a side, the empty rim included. */
  readonly side: number;
  /** The dark squares, as the `d` of a path: one square is one unit. */
  readonly path: string;
}

/** The empty rim that a camera needs, in squares. */
const RIM = 4;

/** Throws a RangeError for a text that no code can hold (about 2,300 characters). */
export function squares(text: string): Squares {
  // M: still read when a corner of the card is worn, or a lamp shines on the screen.
  const { data, size } = encode(text, { ecc: "M", border: RIM });
  const runs: string[] = [];
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < size; x++) {
      const from = x;
      while (row[x]) x++;
      if (x > from) runs.push(`M${from} ${y}h${x - from}v1h${from - x}z`);
    }
  }
  return { side: size, path: runs.join("") };
}
