/**
 * Takes in what was caught while nobody could read it: each drop becomes an entry with the drop's
 * own id, or joins the entry it was meant for. A crash at any point, a second tab or a second run
 * changes nothing: which pieces were taken is written down in the same step as the entry.
 */
import type { Answer, Drawing } from "../api/types.ts";
import { type Fragment, joinedTo, saysAnything } from "../domain/fragment.ts";
import { uuid7 } from "../domain/ids.ts";
import { LONGEST_CAPTION, mediaOf } from "../domain/media.ts";
import { within } from "../domain/strokes.ts";
import { joined } from "./bytes.ts";
import { changed } from "./changes.ts";
import { device, type DropRow, type EntryRow, NobodyHere, type Store, store } from "./db.ts";
import { type DropKey } from "./dropkey.ts";
import { ifFree, openPiece, type Piece, privateHalf } from "./drops.ts";
import { type EntryContent, entryPlace } from "./entries.ts";
import { readSealed } from "./kept.ts";
import { type NewMedium, sealMedium, type SealedMedium } from "./media.ts";
import { inTurn } from "./lock.ts";
import { enqueue, freshRow, write } from "./queue.ts";
import { withRoom } from "./room.ts";
import { open, seal } from "./vault.ts";

const GUIDE = { guide: "capture", edition: 2 };
const ITEM = "capture-01";

/** Takes in every drop that is this person's and that nobody is at; the ids of their entries. */
export async function adoptDrops(): Promise<string[]> {
  return inTurn("adopt", async () => {
    try {
      const here = await store();
      const pair = await readSealed<DropKey>("drop-key");
      if (!pair) return [];
      const own = await privateHalf(pair.private);
      const taken: string[] = [];
      for (const id of await dropsTo(pair.id)) {
        await ifFree(id, async () => {
          taken.push(...(await adopt(here, own, pair.id, id)));
        });
      }
      for (const id of taken) {
        changed("entries", id);
        changed("outbox", id);
      }
      return taken;
    } catch (error) {
      // Nobody here, or locked: it waits. A database closed under us: another time.
      const waits = error instanceof NobodyHere || (error as Error).name === "Locked";
      if (waits || error instanceof DOMException) return [];
      throw error;
    }
  });
}

async function dropsTo(pair: string): Promise<string[]> {
  const rows = await (await device()).getAll("drops");
  return [...new Set(rows.filter((row) => row.to === pair).map((row) => row.drop))];
}

async function adopt(here: Store, own: CryptoKey, pair: string, id: string): Promise<string[]> {
  const db = await device();
  const rows = (await db.getAll("drops", IDBKeyRange.bound([id, 0], [id, Infinity]))).filter(
    (row) => row.to === pair,
  );
  const before = ((await here.db.get("meta", mark(id))) ?? []) as number[];
  const fresh = rows.filter(({ n }) => !before.includes(n));
  const pieces = await opened(own, fresh);
  const caught = gather(pieces);
  await renamed(here, caught);
  const media = await Promise.all(
    caught.media.map((medium) => sealMedium(here, { ...medium, entry: id })),
  );
  const size = media.reduce((sum, { row }) => sum + row.size, 0);
  const numbers = [...before, ...pieces.map(({ n }) => n)];
  const said = saysAnything(caught);
  const entries = said ? await withRoom(size, () => kept(here, id, caught, media, numbers)) : [];
  // Another tab took it in: it lets go of it too.
  if (said && !entries.length) return [];
  await forget(id, said || before.length > 0 ? numbers : pieces.map(({ n }) => n));
  await here.db.delete("meta", mark(id));
  return entries;
}

/** What came after the first part was taken in is a part of its own, and never thrown away. */
async function renamed(here: Store, caught: Caught): Promise<void> {
  for (const medium of caught.media) {
    if ((await here.db.count("media", medium.id)) === 0) continue;
    const id = uuid7();
    for (const each of [...caught.recordings, ...caught.photos]) {
      if (each.media === medium.id) each.media = id;
    }
    medium.id = id;
  }
}

const mark = (drop: string): string => `drop:${drop}`;

/** A piece that does not open stays where it is, and holds up no other. */
async function opened(own: CryptoKey, rows: readonly DropRow[]): Promise<Piece[]> {
  const all = await Promise.allSettled(rows.map((row) => openPiece(own, row)));
  return all.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
}

async function forget(drop: string, numbers: readonly number[]): Promise<void> {
  const tx = (await device()).transaction("drops", "readwrite");
  for (const n of numbers) void tx.store.delete([drop, n]);
  await tx.done;
}

// ---------------------------------------------------------------- what was caught

interface Caught extends Fragment {
  at: string;
  zone: string;
  media: Omit<NewMedium, "entry">[];
}

function gather(pieces: readonly Piece[]): Caught {
  const first = pieces[0]?.about;
  const caught: Caught = {
    at: first?.at ?? new Date().toISOString(),
    zone: first?.zone ?? "UTC",
    texts: [],
    drawings: [],
    recordings: [],
    photos: [],
    media: [],
  };
  const captions = new Map<string, string>();
  const sounds = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const { kind, about, bytes } = piece;
    const text = () => new TextDecoder().decode(bytes);
    if (kind === "text" && about.media) captions.set(about.media, text().trim());
    else if (kind === "text" && text().trim()) caught.texts.push(text());
    else if (kind === "strokes") draw(caught, JSON.parse(text()) as Drawing);
    else if (kind === "photo") photo(caught, about, bytes);
    else if (kind === "audio") {
      const id = about.media ?? "";
      sounds.set(id, [...(sounds.get(id) ?? []), piece]);
    }
  }
  for (const [id, chunks] of sounds) sound(caught, id, chunks);
  for (const each of [...caught.recordings, ...caught.photos]) {
    const caption = captions.get(each.media);
    if (caption) each.caption = short(caption);
  }
  return caught;
}

const short = (text: string): string => Array.from(text).slice(0, LONGEST_CAPTION).join("");

function draw(caught: Caught, sheet: Drawing): void {
  const caption = short((sheet.caption ?? "").trim());
  if (!sheet.strokes.length && !caption) return;
  const { width, height } = sheet;
  const drawing = { width, height, strokes: within(sheet.strokes) };
  caught.drawings.push({ ...drawing, ...(caption ? { caption } : {}) });
}

function photo(caught: Caught, about: Piece["about"], bytes: Piece["bytes"]): void {
  const { media = "", width = 1, height = 1 } = about;
  if (!bytes.byteLength) return;
  caught.media.push({ id: media, kind: "photo", type: "image/jpeg", seconds: null, bytes });
  caught.photos.push({ media, type: "image/jpeg", width, height });
}

function sound(caught: Caught, id: string, chunks: readonly Piece[]): void {
  const bytes = joined(chunks.map((chunk) => chunk.bytes));
  if (!bytes.byteLength) return;
  const type = chunks[0]?.about.type === "audio/mp4" ? "audio/mp4" : "audio/webm";
  const seconds = Math.round(Math.max(...chunks.map(({ about }) => about.seconds ?? 0)));
  caught.media.push({ id, kind: "recording", type, seconds, bytes });
  caught.recordings.push({ media: id, type, seconds });
}

// ---------------------------------------------------------------- into the journal

/** Puts it into the entry, and into further ones where that is full; the ids of all. */
async function kept(
  here: Store,
  id: string,
  caught: Caught,
  media: readonly SealedMedium[],
  numbers: number[],
): Promise<string[]> {
  for (;;) {
    const row = await here.db.get("entries", id);
    const before = row ? await open<EntryContent>(here.key, entryPlace(id), row.box) : null;
    const [answer, ...more] = joinedTo(before?.answers[ITEM] ?? {}, caught);
    const fresh = { ...GUIDE, created_at: caught.at, occurred_at: caught.at, zone: caught.zone };
    const content = { ...(before ?? fresh), answers: { ...before?.answers, [ITEM]: answer } };
    const box = await seal(here.key, entryPlace(id), { ...content, ...GUIDE });
    const further = await Promise.all(more.map((each) => sealedNew(here, fresh, each)));
    const tx = write(here.db);
    const now = await tx.objectStore("entries").get(id);
    const taken = ((await tx.objectStore("meta").get(mark(id))) ?? []) as number[];
    if (taken.includes(numbers.at(-1) ?? 0)) {
      // Another tab was quicker.
      await tx.done;
      return [];
    }
    if (now?.counter !== row?.counter) {
      // It was changed while this was sealed: go on from what stands now.
      await tx.done;
      continue;
    }
    const base = now ?? freshRow(id, box);
    const next = { ...base, box, counter: base.counter + 1, finished: true };
    await tx.objectStore("entries").put(await enqueue(tx, next));
    for (const { row } of further) await tx.objectStore("entries").put(await enqueue(tx, row));
    for (const { row: medium, pieces } of media) {
      const entry = further.find((each) => each.media.has(medium.id))?.row.id ?? id;
      await tx.objectStore("media").put({ ...medium, entry });
      for (const piece of pieces) await tx.objectStore("pieces").put(piece);
    }
    await tx.objectStore("meta").put(numbers, mark(id));
    await tx.done;
    return [id, ...further.map(({ row }) => row.id)];
  }
}

/** An entry of its own for what another does not take, and which media it holds. */
async function sealedNew(
  here: Store,
  about: Omit<EntryContent, "answers">,
  answer: Answer,
): Promise<{ row: EntryRow; media: ReadonlySet<string> }> {
  const id = uuid7();
  const box = await seal(here.key, entryPlace(id), { ...about, answers: { [ITEM]: answer } });
  const row = { ...freshRow(id, box), counter: 1, finished: true };
  return { row, media: new Set(mediaOf(answer)) };
}
