/** What is caught when the phone is full, or is left in the middle. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { PhotoRef, RecordingRef } from "../../../src/api/types.ts";
import type { Catching } from "../../../src/capture/catching.svelte.ts";
import { full } from "../full.ts";
import { A, B, Phone } from "../phone.ts";
import { Server } from "../server.ts";

/** The browser's recorder: a piece for each `says`, and a last one when it is stopped. */
class Recorder extends EventTarget {
  static made: Recorder[] = [];
  static isTypeSupported = (): boolean => true;
  state = "inactive";
  mimeType = "audio/webm";
  ondataavailable: (event: { data: Blob }) => void = () => undefined;
  onstop: () => void = () => undefined;

  constructor() {
    super();
    Recorder.made.push(this);
  }

  start(): void {
    this.state = "recording";
  }

  says(text: string): void {
    this.ondataavailable({ data: new Blob([text]) });
  }

  stop(): void {
    this.state = "inactive";
    this.says("|");
    this.onstop();
  }

  requestData(): void {
    // Nothing is held back.
  }
}

const microphone = { stop: vi.fn(), onended: null, onmute: null };
const stream = { getTracks: () => [microphone] } as unknown as MediaStream;
const photo = { blob: new Blob(["photo"]), width: 4, height: 3 };

let phone: Phone;
let ask: () => Promise<MediaStream>;
let begin: () => Catching;

beforeEach(async () => {
  Recorder.made = [];
  microphone.stop.mockReset();
  vi.stubGlobal("MediaRecorder", Recorder);
  ask = () => Promise.resolve(stream);
  vi.stubGlobal("navigator", { mediaDevices: { getUserMedia: () => ask() } });
  phone = await new Phone(new Server()).open();
  await phone.signIn(A);
  const catching = await import("../../../src/capture/catching.svelte.ts");
  begin = () => new catching.Catching(undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const recorder = (): Recorder => Recorder.made.at(-1) as Recorder;
const moment = (ms = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function kept() {
  const [id] = await phone.app.adopt.adoptDrops();
  if (!id) return null;
  return (await phone.app.entries.getEntry(id))?.answers["capture-01"] ?? null;
}

async function heard(media: string | undefined): Promise<string> {
  return new TextDecoder().decode(await phone.app.media.mediumBytes(media ?? ""));
}

describe("on a full phone", () => {
  it("what is spoken is kept without a gap once there is room, after it was left", async () => {
    const catching = begin();
    await catching.take.start();
    recorder().says("one ");
    await vi.waitUntil(() => catching.kept);
    const free = full();
    recorder().says("two ");
    await vi.waitUntil(() => catching.take.phase === "interrupted");
    expect([catching.trouble, catching.unkept]).toEqual(["full", true]);
    const late = vi.fn();
    expect(await catching.finish(late)).toBe(false);
    // The drop is still held: nothing is taken in that has a gap.
    expect(await kept()).toBeNull();
    free();
    await vi.waitUntil(() => late.mock.calls.length > 0, { timeout: 4000 });
    expect([catching.trouble, catching.unkept]).toEqual([null, false]);
    const [recording] = (await kept())?.["recordings"] as RecordingRef[];
    expect(await heard(recording?.media)).toBe("one two |");
  });

  it("a photo and words wait for room, and nothing is done before they have it", async () => {
    const catching = begin();
    const free = full();
    await catching.photo(photo);
    catching.write("the door");
    expect(catching.begun).toBe(true);
    expect(await catching.finish()).toBe(false);
    expect(catching.trouble).toBe("full");
    free();
    expect(await catching.finish()).toBe(true);
    const answer = await kept();
    expect(answer?.["text"]).toBe("the door");
    const [shot] = answer?.["photos"] as PhotoRef[];
    expect(await heard(shot?.media)).toBe("photo");
  });
});

describe("on a nearly full phone", () => {
  it("a photo that does not fit holds up no word", async () => {
    const catching = begin();
    const big = { ...photo, blob: new Blob(["p".repeat(5000)]) };
    full(1000);
    await catching.photo(big);
    catching.write("the door");
    expect(await catching.finish()).toBe(false);
    expect([catching.kept, catching.unkept, catching.trouble]).toEqual([true, true, "full"]);
    // The page dies: the words are there, once nobody can come back to it.
    vi.restoreAllMocks();
    await phone.open();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
    expect(await kept()).toEqual({ text: "the door" });
  });

  it("what is written after a Done that had to wait is still one text", async () => {
    const catching = begin();
    const free = full();
    catching.write("the door");
    expect(await catching.finish()).toBe(false);
    free();
    await vi.waitUntil(() => !catching.unkept, { timeout: 4000 });
    catching.write("the door, green");
    expect(await catching.finish()).toBe(true);
    expect(await kept()).toEqual({ text: "the door, green" });
    expect(await phone.app.adopt.adoptDrops()).toEqual([]);
  });

  it("what can no longer be sealed to its person is let go when they are gone", async () => {
    const catching = begin();
    const free = full();
    catching.write("the door");
    const late = vi.fn();
    expect(await catching.finish(late)).toBe(false);
    await moment(100);
    free();
    await phone.app.account.signOut();
    await phone.signIn(B);
    await vi.waitUntil(() => late.mock.calls.length > 0, { timeout: 4000 });
    expect(await (await phone.app.db.device()).count("drops")).toBe(0);
    expect(catching.unkept).toBe(false);
  });
});

describe("a microphone that is granted late", () => {
  it("records nothing once the person has left", async () => {
    let grant: (given: MediaStream) => void = () => undefined;
    ask = () => new Promise((resolve) => (grant = resolve));
    const catching = begin();
    const started = catching.take.start();
    expect(await catching.finish()).toBe(true);
    grant(stream);
    await started;
    await moment();
    expect(Recorder.made).toEqual([]);
    expect(microphone.stop).toHaveBeenCalledOnce();
    expect(await kept()).toBeNull();
  });
});
