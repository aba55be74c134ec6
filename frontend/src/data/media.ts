/**
 * Recordings and photos on this phone: a row for each, its bytes sealed in pieces of the size in
 * which they travel. What the server has not confirmed is never let go.
 */
import { rawBytes } from "../api/raw.ts";
import { type Bytes, joined, openBytes, sealBytes, sha256 } from "./bytes.ts";
import { type MediaRow, type PieceRow, type Store, store } from "./db.ts";

export const PIECE = 262_144;

export const piecePlace = (media: string, n: number): string => `media:${media}:${n}`;

export interface NewMedium {
  id: string;
  entry: string;
  kind: MediaRow["kind"];
  type: string;
  seconds: number | null;
  bytes: Bytes;
}

export interface SealedMedium {
  row: MediaRow;
  pieces: PieceRow[];
}

/** The medium as it is stored. Nothing is stored yet. */
export async function sealMedium({ key }: Store, medium: NewMedium): Promise<SealedMedium> {
  const { bytes, ...rest } = medium;
  const pieces: PieceRow[] = [];
  for (let n = 0; n * PIECE < bytes.byteLength; n++) {
    const part = bytes.slice(n * PIECE, (n + 1) * PIECE);
    pieces.push({ media: rest.id, n, box: await sealBytes(key, piecePlace(rest.id, n), part) });
  }
  const row: MediaRow = {
    ...rest,
    size: bytes.byteLength,
    sha256: await sha256(bytes),
    state: "on-phone",
    waits: 1,
    here: true,
    problem: null,
  };
  return { row, pieces };
}

export async function mediumRow(id: string): Promise<MediaRow | null> {
  const { db } = await store();
  return (await db.get("media", id)) ?? null;
}

/** One piece as it was. */
export async function openOne({ db, key }: Store, media: string, n: number): Promise<Bytes | null> {
  const row = await db.get("pieces", [media, n]);
  return row ? openBytes(key, piecePlace(media, n), row.box) : null;
}

/**
 * All of a medium, from this phone or else from the server. Throws a `Trouble`: `offline`, or a
 * `problem` with status 404 while another device has not sent it.
 */
export async function mediumBytes(id: string): Promise<Bytes> {
  const here = await store();
  const row = await here.db.get("media", id);
  if (row?.here) {
    const boxes = await here.db.getAll("pieces", IDBKeyRange.bound([id, 0], [id, Infinity]));
    const parts = await Promise.all(
      boxes.map(({ n, box }) => openBytes(here.key, piecePlace(id, n), box)),
    );
    return joined(parts);
  }
  const patience = 120_000;
  return rawBytes("GET", `/api/media/${id}/content`, { account: here.account, patience });
}
