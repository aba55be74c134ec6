// @vitest-environment node
import { describe, expect, it } from "vitest";

import { newKey, open, seal } from "../../src/data/vault.ts";

describe("the vault", () => {
  it("opens what it sealed, in its place only", async () => {
    const key = await newKey();
    const box = await seal(key, "entry:1", { words: "the river \u{1f30a}" });
    expect(await open(key, "entry:1", box)).toEqual({ words: "the river \u{1f30a}" });
    await expect(open(key, "entry:2", box)).rejects.toThrow();
    await expect(open(await newKey(), "entry:1", box)).rejects.toThrow();
  });

  it("notices a changed byte", async () => {
    const key = await newKey();
    const box = await seal(key, "entry:1", "words");
    const bytes = new Uint8Array(box.data);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await expect(open(key, "entry:1", box)).rejects.toThrow();
  });

  it("never uses a nonce twice, and the key stays in the browser", async () => {
    const key = await newKey();
    const boxes = await Promise.all(Array.from({ length: 200 }, () => seal(key, "x", "same")));
    expect(new Set(boxes.map(({ iv }) => iv.join())).size).toBe(200);
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
  });
});
