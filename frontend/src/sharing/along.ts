/** Recordings, drawings and photos that can go along with an entry, or without its words. */
import type {
  Answer,
  Answers,
  Category,
  Drawing,
  Guide,
  Item,
  PhotoRef,
  RecordingRef,
} from "../api/types.ts";
import { lasting } from "../domain/media.ts";
import { along as text } from "../text/brief.ts";

/** Whatever they belong to, they are of a kind of their own. */
export const ALONG: Category = "drawings-voice";

export interface Medium {
  /** What the server calls it: the id of its bytes, or where the drawing lies. */
  name: string;
  item: Item;
  label: string;
  caption: string;
  /** The same answer with this alone in it, to be shown. */
  answer: Answer;
}

/** Those of these questions, or of the whole; what never leaves is not among them. */
export function along(
  guide: Guide,
  answers: Answers,
  items: readonly string[] | "whole",
): Medium[] {
  if (guide.kind === "concern") return [];
  return guide.items
    .filter(({ id, share }) =>
      items === "whole" ? share === "ask" : share !== "never" && items.includes(id),
    )
    .flatMap((item) => [...mediaOf(item, answers[item.id] ?? {})]);
}

function* mediaOf(item: Item, answer: Answer): Iterable<Medium> {
  for (const part of item.parts) {
    const value = answer[part.name];
    if (value === undefined) continue;
    if (part.kind === "recordings") {
      for (const one of value as unknown as RecordingRef[]) {
        const label = text.recording(lasting(one.seconds));
        yield medium(item, one.media, label, one.caption, { recordings: [bare(one)] });
      }
    } else if (part.kind === "drawing") {
      const one = value as unknown as Drawing;
      const name = `${item.id}/${part.name}`;
      yield medium(item, name, text.drawing, one.caption, { drawing: bare(one) });
    } else if (part.kind === "photos") {
      for (const one of value as unknown as PhotoRef[]) {
        yield medium(item, one.media, text.photo, one.caption, { photos: [bare(one)] });
      }
    }
  }
}

/** Its caption is among the words. */
function bare<T extends { caption?: string }>(one: T): T {
  const { caption: _, ...rest } = one;
  return rest as T;
}

function medium(
  item: Item,
  name: string,
  what: string,
  said: string | undefined,
  answer: Record<string, unknown>,
): Medium {
  const caption = said?.trim() ? said : "";
  const label = caption ? `${what}: ${caption.trim()}` : what;
  return { name, item, label, caption, answer: answer as Answer };
}
