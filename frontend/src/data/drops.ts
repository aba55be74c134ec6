/**
 * What is caught without a sign-in. Each piece is sealed at once to the public half of the person
 * who last signed in here (ECDH-ES: a pair made for this page, HKDF, AES-256-GCM) and cannot be
 * read back by this page, by a thief or by the next person; `adopt.ts` opens it when its person is
 * here. Light: the capture screen waits for nothing else.
 */
import { uuid7 } from "../domain/ids.ts";
import { type Bytes, joined, openBytes, sealBytes } from "./bytes.ts";
import { currentRow, device, type DropRow, type DropTo, type OpenDrop } from "./db.ts";
import { withRoom } from "./room.ts";

export type PieceKind = "text" | "strokes" | "audio" | "photo";

/** What is sealed beside the bytes. */
export interface About {
  /** When, and in which zone of the day. */
  at: string;
  zone: string;
  /** The recording or photo the bytes belong to; of a text: whose caption it is. */
  media?: string;
  type?: string;
  /** Of a piece of sound: how long the recording is with it. */
  seconds?: number;
  width?: number;
  height?: number;
}

export interface Piece {
  n: number;
  kind: PieceKind;
  about: About;
  bytes: Bytes;
}

export interface Drop {
  readonly id: string;
  /** It goes on from what was left here a little while ago. */
  readonly again: boolean;
  /** A place for a piece, after all others. */
  slot(): number;
  /** Stores a piece, sealed; on the same place it takes the place of what was there. */
  put(n: number, kind: PieceKind, bytes: Uint8Array, about?: Partial<About>): Promise<void>;
  /** Nothing more comes: it can be taken in. */
  finish(): Promise<void>;
}

/** Nobody has signed in on this phone yet: there is no key to seal to. */
export class NobodyYet extends Error {
  override name = "NobodyYet";
}

/** How long somebody may be away and still go on with the same fragment. */
const SAME = 30 * 60_000;

const lockOf = (drop: string): string => `journal-drop:${drop}`;

/** To whom this phone seals; null before the first sign-in. */
export async function dropTo(): Promise<DropTo | null> {
  return ((await (await device()).get("meta", "drop")) as DropTo | undefined) ?? null;
}

/** Throws where somebody else uses this phone by now: what they catch is not to be sealed to it. */
async function stillTheirs({ account }: DropTo): Promise<void> {
  const now = await currentRow();
  if (now && now.id !== account) throw new NobodyYet();
}

/** Begins one, or goes on with the one that was left open, or with an entry. Stores nothing. */
export async function startDrop(onto?: string): Promise<Drop> {
  const db = await device();
  const to = await dropTo();
  if (!to) throw new NobodyYet();
  await stillTheirs(to);
  const left = onto === undefined ? await leftOpen(to.id) : null;
  let id = onto ?? left ?? uuid7();
  // Several pages may add to the same entry; it takes nothing in before the last of them is over.
  let release = await held(id, onto === undefined ? "exclusive" : "shared");
  // Another page is at it: what is said here is a fragment of its own.
  if (!release && onto === undefined) release = await held((id = uuid7()), "exclusive");
  const sealer = await sealerFor(id, to);
  // Places go up from page to page, without reading what is there.
  let last = Date.now();
  let turn = Promise.resolve();
  let over = false;

  async function store(n: number, plain: Bytes, to: DropTo): Promise<void> {
    await stillTheirs(to);
    const box = await sealBytes(sealer.key, placeOf(id, n), plain);
    const row: DropRow = { drop: id, n, to: to.id, from: sealer.from, box };
    await withRoom(2 * plain.byteLength, async () => {
      const tx = db.transaction(["drops", "meta"], "readwrite");
      void tx.objectStore("drops").put(row);
      const open: OpenDrop = { id, to: row.to, at: Date.now(), onto: onto !== undefined };
      if (!over) void tx.objectStore("meta").put(open, "drop-open");
      await tx.done;
    });
  }

  return {
    id,
    again: left === id,
    slot: () => (last += 1),
    put(n, kind, bytes, about = {}) {
      const all: About = { at: new Date().toISOString(), zone: zoneHere(), ...about };
      const plain = packed(kind, all, bytes);
      // In the order they were given: the last state of a place is the one that stays.
      const mine = () => store(n, plain, to);
      return (turn = turn.then(mine, mine));
    },
    async finish() {
      if (over) return;
      over = true;
      await turn.catch(() => undefined);
      // Where it fails, it says that somebody may come back: they find it taken in.
      await forgetOpen(id).catch(() => undefined);
      release?.();
    },
  };
}

async function forgetOpen(id: string): Promise<void> {
  const { store, done } = (await device()).transaction("meta", "readwrite");
  const open = (await store.get("drop-open")) as OpenDrop | undefined;
  if (open?.id === id) await store.delete("drop-open");
  await done;
}

const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

async function leftOpen(to: string): Promise<string | null> {
  const open = (await (await device()).get("meta", "drop-open")) as OpenDrop | undefined;
  return open && open.to === to && !open.onto && recent(open) ? open.id : null;
}

const recent = (open: OpenDrop): boolean => Math.abs(Date.now() - open.at) < SAME;

/** Does the work unless a page is at this drop. */
export async function ifFree(drop: string, work: () => Promise<void>): Promise<void> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (locks) {
    await locks.request(lockOf(drop), { ifAvailable: true }, (lock) => (lock ? work() : undefined));
    return;
  }
  // Browsers without locks: what was touched a moment ago may have its page still.
  const open = (await (await device()).get("meta", "drop-open")) as OpenDrop | undefined;
  if (open?.id !== drop || !recent(open)) await work();
}

/** Holds the drop while this page lives, so that nobody takes it in half way. */
async function held(id: string, mode: LockMode): Promise<(() => void) | null> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (!locks) return () => undefined;
  return new Promise((resolve, reject) => {
    locks
      .request(lockOf(id), { ifAvailable: true, mode }, (lock) => {
        if (!lock) return resolve(null);
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}

// ---------------------------------------------------------------- sealing

const CURVE = { name: "ECDH", namedCurve: "P-256" } as const;
const placeOf = (drop: string, n: number): string => `drop:${drop}:${n}`;
const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

/** The key for one drop, from one half of either pair. */
async function agreed(
  own: CryptoKey,
  other: CryptoKey,
  drop: string,
  to: string,
  from: ArrayBuffer,
): Promise<CryptoKey> {
  const bits = await crypto.subtle.deriveBits({ name: "ECDH", public: other }, own, 256);
  const shared = await crypto.subtle.importKey("raw", bits, "HKDF", false, ["deriveKey"]);
  const info = joined([utf8(`journal drop ${drop} to ${to} from `), new Uint8Array(from)]);
  const params = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
  const aes = { name: "AES-GCM", length: 256 };
  return crypto.subtle.deriveKey(params, shared, aes, false, ["encrypt", "decrypt"]);
}

async function sealerFor(drop: string, to: DropTo): Promise<{ key: CryptoKey; from: ArrayBuffer }> {
  const theirs = await crypto.subtle.importKey("jwk", to.public, CURVE, false, []);
  const made = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const from = await crypto.subtle.exportKey("raw", made.publicKey);
  return { key: await agreed(made.privateKey, theirs, drop, to.id, from), from };
}

function packed(kind: PieceKind, about: About, bytes: Uint8Array): Bytes {
  const head = utf8(JSON.stringify({ kind, about }));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, head.byteLength);
  return joined([length, head, bytes]);
}

/** Opens a piece with the private half. */
export async function openPiece(own: CryptoKey, row: DropRow): Promise<Piece> {
  const theirs = await crypto.subtle.importKey("raw", row.from, CURVE, false, []);
  const key = await agreed(own, theirs, row.drop, row.to, row.from);
  const plain = await openBytes(key, placeOf(row.drop, row.n), row.box);
  const length = new DataView(plain.buffer, plain.byteOffset).getUint32(0);
  const head = JSON.parse(new TextDecoder().decode(plain.subarray(4, 4 + length))) as {
    kind: PieceKind;
    about: About;
  };
  return { n: row.n, ...head, bytes: plain.slice(4 + length) };
}

/** A new pair, as it travels: both halves as JWK. */
export async function newPair(): Promise<{ public: JsonWebKey; private: JsonWebKey }> {
  const made = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  return {
    public: await crypto.subtle.exportKey("jwk", made.publicKey),
    private: await crypto.subtle.exportKey("jwk", made.privateKey),
  };
}

export function privateHalf(jwk: JsonWebKey): Promise<CryptoKey> {
  return crypto.subtle.importKey("jwk", jwk, CURVE, false, ["deriveBits"]);
}
