/**
 * A picture made smaller on this phone. It is drawn anew, so nothing but what can be seen is left
 * of it: no place, no time, no camera.
 */
export interface Small {
  type: "image/jpeg";
  /** Base64 without a prefix. */
  data: string;
}

const LONGEST_SIDE = 1600; // px
const MOST = 2_000_000; // characters of base64, the server's limit
/** Tried in this order until it fits: the longest side in px, and the quality of the JPEG. */
const TRIES = [
  [LONGEST_SIDE, 0.82],
  [LONGEST_SIDE, 0.6],
  [1200, 0.6],
  [800, 0.5],
] as const;

export class TooLarge extends Error {
  override name = "TooLarge";
}

/** Throws when the file is no picture this browser can draw. */
export async function smaller(file: Blob): Promise<Small> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    for (const [longest, quality] of TRIES) {
      const data = await base64(await drawn(picture, longest, quality));
      if (data.length <= MOST) return { type: "image/jpeg", data };
    }
  } finally {
    picture.close();
  }
  throw new TooLarge();
}

export interface Photo {
  blob: Blob;
  width: number;
  height: number;
}

const LONGEST_PHOTO = 2048; // px

/** A photo that lies apart from its answer: larger, and as bytes. Throws when it is no picture. */
export async function redrawn(file: Blob): Promise<Photo> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    const scale = Math.min(1, LONGEST_PHOTO / Math.max(picture.width, picture.height));
    const size = (side: number) => Math.max(1, Math.round(side * scale));
    const blob = await drawn(picture, LONGEST_PHOTO, 0.82);
    return { blob, width: size(picture.width), height: size(picture.height) };
  } finally {
    picture.close();
  }
}

async function drawn(picture: ImageBitmap, longest: number, quality: number): Promise<Blob> {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  // JPEG has no transparency: what is see-through becomes paper, not black.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("no picture"))),
      "image/jpeg",
      quality,
    );
  });
}

const CHUNK = 0x8000;

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
}

/** The picture back from its letters. */
export function asBlob({ type, data }: { type: string; data: string }): Blob {
  return new Blob([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], { type });
}
