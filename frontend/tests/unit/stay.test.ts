import { describe, expect, test, vi } from "vitest";

import { type Ends, MINUTE, Stay } from "../../src/account/stay.ts";

const IDLE = 15 * MINUTE;

function made(ends: Ends, answer: () => Promise<Ends> = () => Promise.resolve(ends)) {
  const clock = { now: 0 };
  const told = vi.fn(answer);
  const said: string[] = [];
  const stay = new Stay(
    {
      ends,
      stay: told,
      onwarn: (last) => said.push(last ? "last" : "there?"),
      oncalm: () => said.push("calm"),
      onover: () => said.push("over"),
    },
    () => clock.now,
  );
  const at = (minutes: number) => {
    clock.now = minutes * MINUTE;
    stay.look();
  };
  return { stay, told, said, at };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe("somebody at a desk", () => {
  test("is asked two minutes before the end, once, and stays with one press", async () => {
    const { stay, told, said, at } = made({ idle: IDLE, at: Infinity });
    at(12.9);
    expect(said).toEqual([]);
    at(13);
    at(13.1);
    expect(said).toEqual(["there?"]);
    await stay.stay();
    expect(told).toHaveBeenCalledTimes(1);
    expect(said).toEqual(["there?", "calm"]);
    at(26);
    expect(said).toEqual(["there?", "calm"]);
    at(26.2);
    expect(said).toEqual(["there?", "calm", "there?"]);
  });

  test("is told of to the server when they touch something, once a minute at most", async () => {
    const { stay, told, at } = made({ idle: IDLE, at: Infinity });
    at(0.9);
    stay.touched();
    at(1);
    stay.touched();
    stay.touched();
    await settled();
    stay.touched();
    expect(told).toHaveBeenCalledTimes(1);
  });

  test("does not stay by a stray touch while it is asked, but does by closing the question", async () => {
    const { stay, told, at } = made({ idle: IDLE, at: Infinity });
    at(13);
    stay.touched();
    expect(told).not.toHaveBeenCalled();
    stay.closed();
    await settled();
    expect(told).toHaveBeenCalledTimes(1);
  });

  test("hears of the end once, when nobody answered", () => {
    const { said, at } = made({ idle: IDLE, at: Infinity });
    at(13);
    at(15);
    at(16);
    expect(said).toEqual(["there?", "calm", "over"]);
  });

  test("is not asked where another tab has told the server", () => {
    const { stay, said, at } = made({ idle: IDLE, at: Infinity });
    at(12);
    stay.heard(12 * MINUTE);
    at(20);
    expect(said).toEqual([]);
  });

  test("is told once of an end that nothing puts off", async () => {
    const { stay, said, at } = made({ idle: IDLE, at: 20 * MINUTE });
    at(10);
    await stay.stay();
    at(18);
    at(19);
    stay.closed();
    at(19.5);
    expect(said).toEqual(["last"]);
  });

  test("goes on being asked where the server did not hear", async () => {
    const { stay, said, at } = made({ idle: IDLE, at: Infinity }, () =>
      Promise.reject(new Error()),
    );
    at(13);
    await expect(stay.stay()).rejects.toThrow();
    at(14);
    at(15);
    expect(said).toEqual(["there?", "calm", "over"]);
  });
});

test("a phone with a lock of its own is never asked, and tells nothing", () => {
  const { stay, told, said, at } = made({ idle: null, at: Infinity });
  at(600);
  stay.touched();
  expect(told).not.toHaveBeenCalled();
  expect(said).toEqual([]);
});
