/**
 * Somebody speaks. Sound comes in pieces of two seconds, each on the phone and sealed before the
 * next one is there; whatever ends it (a call, a dead battery, five minutes) leaves what was said.
 * Going on after an end is a second part, because a recording that was cut cannot be gone on with.
 */
import type { Drop } from "../data/drops.ts";
import { uuid7 } from "../domain/ids.ts";

export type Phase =
  "asking" | "refused" | "none" | "on" | "paused" | "interrupted" | "rest" | "over";

const SLICE = 2_000;
const LOOK = 200;
/** After so long it asks whether to go on: long talks tire, and long files break. */
const REST_AFTER = 300;
const QUIET = 0.015;
const BITS = 32_000;
const TYPES = ["audio/webm;codecs=opus", "audio/webm", "audio/mp4"];

type OnTrouble = (error: unknown, missed?: () => Promise<void>) => void;

export interface Part {
  media: string;
  seconds: number;
}

interface Running {
  media: string;
  type: string;
  stream: MediaStream;
  recorder: MediaRecorder;
  /** Seconds that count, and since when more of them do. */
  before: number;
  since: number | null;
  /** How many are on the phone. */
  pieces: number;
  /** One could not be stored: what follows it, and cannot be heard without it, waits behind it. */
  broken: Error | null;
  /** One could not even be read: nothing that follows it is of use. */
  lost: boolean;
}

export class Take {
  phase: Phase = $state("asking");
  /** Seconds of the part that is being spoken. */
  seconds = $state(0);
  /** 0 to 1. */
  level = $state(0);
  /** Something was heard in the last seconds. */
  heard = $state(false);
  parts: Part[] = $state.raw([]);

  readonly #drop: () => Promise<Drop>;
  readonly #onkept: () => void;
  readonly #ontrouble: OnTrouble;
  #run: Running | null = null;
  /** Goes up with every beginning and every end: who asked before that has no say any more. */
  #turn = 0;
  #queue: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setInterval> | undefined;
  #meter: { context: AudioContext; node: AnalyserNode; data: Uint8Array<ArrayBuffer> } | null =
    null;
  #loud = 0;
  #awake: { release(): Promise<void> } | null = null;

  /**
   * @param onkept a piece is on the phone.
   * @param ontrouble something failed; `missed` stores the piece that could not be stored.
   */
  constructor(drop: () => Promise<Drop>, onkept: () => void, ontrouble: OnTrouble) {
    this.#drop = drop;
    this.#onkept = onkept;
    this.#ontrouble = ontrouble;
  }

  /** Asks for the microphone and begins a part. */
  async start(): Promise<void> {
    if (this.#run) return;
    const turn = (this.#turn += 1);
    this.phase = "asking";
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch (error) {
      if (turn !== this.#turn) return;
      const missing = error instanceof DOMException && error.name === "NotFoundError";
      this.phase = missing ? "none" : "refused";
      return;
    }
    try {
      const drop = await this.#drop();
      // Left, or asked once more, while the browser asked for the microphone.
      if (turn === this.#turn) return this.#begin(stream, drop);
      for (const track of stream.getTracks()) track.stop();
    } catch (error) {
      for (const track of stream.getTracks()) track.stop();
      this.phase = "none";
      this.#ontrouble(error);
    }
  }

  #begin(stream: MediaStream, drop: Drop): void {
    const type = TYPES.find((each) => MediaRecorder.isTypeSupported(each)) ?? "";
    const options = { ...(type ? { mimeType: type } : {}), audioBitsPerSecond: BITS };
    const recorder = new MediaRecorder(stream, options);
    const kind = (recorder.mimeType || type).startsWith("audio/mp4") ? "audio/mp4" : "audio/webm";
    const run: Running = {
      media: uuid7(),
      type: kind,
      stream,
      recorder,
      before: 0,
      since: Date.now(),
      pieces: 0,
      broken: null,
      lost: false,
    };
    recorder.ondataavailable = ({ data }) => this.#chunk(drop, run, data);
    recorder.onerror = () => void this.#interrupt(run);
    for (const track of stream.getTracks()) {
      track.onended = () => void this.#interrupt(run);
      track.onmute = () => void this.#interrupt(run);
    }
    this.#run = run;
    recorder.start(SLICE);
    this.phase = "on";
    this.seconds = 0;
    this.#listen(stream);
    this.#timer = setInterval(() => this.#look(), LOOK);
    void this.#stayAwake();
  }

  #chunk(drop: Drop, run: Running, data: Blob): void {
    if (!data.size) return;
    const n = drop.slot();
    const seconds = lasted(run);
    this.#queue = this.#queue.then(async () => {
      if (run.lost) return;
      let put: (() => Promise<void>) | undefined;
      try {
        // What the browser does not give out is lost, and what follows cannot be heard without it.
        run.lost = true;
        const bytes = new Uint8Array(await data.arrayBuffer());
        run.lost = false;
        put = async () => {
          await drop.put(n, "audio", bytes, { media: run.media, type: run.type, seconds });
          run.pieces += 1;
          this.#onkept();
        };
        if (run.broken) throw run.broken;
        await put();
      } catch (error) {
        run.broken ??= error as Error;
        this.#ontrouble(error, put);
        void this.#interrupt(run);
      }
    });
  }

  pause(): void {
    const run = this.#run;
    if (!run || this.phase !== "on") return;
    // What was said so far is not to wait in the recorder for the next word.
    run.recorder.requestData();
    run.recorder.pause();
    run.before = lasted(run);
    run.since = null;
    this.phase = "paused";
    this.level = 0;
  }

  resume(): void {
    const run = this.#run;
    if (!run || run.recorder.state !== "paused") {
      void this.start();
      return;
    }
    run.recorder.resume();
    run.since = Date.now();
    this.phase = "on";
  }

  /** The page may be gone in a moment: what the recorder holds is asked for now. */
  hurry(): void {
    if (this.#run?.recorder.state === "recording") this.#run.recorder.requestData();
  }

  /** Ends it; resolves when all of it is kept. */
  async stop(): Promise<void> {
    this.#turn += 1;
    await this.#end();
    if (this.phase !== "refused" && this.phase !== "none") this.phase = "over";
  }

  async #interrupt(run: Running): Promise<void> {
    if (this.#run !== run) return;
    await this.#end();
    this.phase = "interrupted";
  }

  async #end(): Promise<void> {
    const run = this.#run;
    this.#run = null;
    clearInterval(this.#timer);
    this.level = 0;
    void this.#meter?.context.close().catch(() => undefined);
    this.#meter = null;
    void this.#awake?.release().catch(() => undefined);
    this.#awake = null;
    if (!run) return this.#queue;
    run.before = lasted(run);
    run.since = null;
    if (run.recorder.state !== "inactive") {
      await new Promise<void>((resolve) => {
        run.recorder.onstop = () => resolve();
        run.recorder.stop();
      });
    }
    for (const track of run.stream.getTracks()) {
      track.onended = track.onmute = null;
      track.stop();
    }
    await this.#queue;
    if (run.pieces || run.broken)
      this.parts = [...this.parts, { media: run.media, seconds: run.before }];
  }

  #listen(stream: MediaStream): void {
    try {
      const context = new AudioContext();
      const node = context.createAnalyser();
      node.fftSize = 512;
      context.createMediaStreamSource(stream).connect(node);
      this.#meter = { context, node, data: new Uint8Array(node.fftSize) };
    } catch {
      // The meter is a comfort; speaking works without it.
      this.#meter = null;
    }
  }

  #look(): void {
    const run = this.#run;
    if (!run) return;
    this.seconds = lasted(run);
    if (this.phase === "on" && this.#meter) {
      const { node, data } = this.#meter;
      node.getByteTimeDomainData(data);
      const sum = data.reduce((all, each) => all + ((each - 128) / 128) ** 2, 0);
      this.level = Math.min(1, Math.sqrt(sum / data.length) * 3);
      if (this.level > QUIET) this.#loud = Date.now();
      this.heard = Date.now() - this.#loud < 4_000;
    }
    if (this.seconds >= REST_AFTER) {
      void this.#end().then(() => (this.phase = "rest"));
    }
  }

  async #stayAwake(): Promise<void> {
    try {
      this.#awake = (await navigator.wakeLock?.request("screen")) ?? null;
    } catch {
      // A screen that sleeps does not stop the recording.
    }
  }
}

function lasted({ before, since }: Running): number {
  return before + (since === null ? 0 : (Date.now() - since) / 1000);
}
