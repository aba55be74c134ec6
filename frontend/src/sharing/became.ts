/** What became of something that is handed over, in a sentence. */
import type { Handed } from "../api/types.ts";
import { onDay } from "../page/when.ts";
import { sharing as text } from "../text/sharing.ts";

/** `next`: when the two meet next. */
export function became(handed: Handed, next: string | null, now: Date = new Date()): string {
  const name = handed.therapist.name;
  const { read, talked, carry } = handed.marks;
  const at = (when: string) => onDay(when, now);
  const says = [
    ...(talked ? [text.marks.talked(at(talked))] : []),
    ...(carry ? [text.marks.carry(at(carry))] : []),
  ];
  if (says.length) return says.join(" ");
  if (read) {
    const when = at(read);
    return next && Date.parse(next) > now.getTime()
      ? text.marks.readNext(when, onDay(next, now))
      : text.marks.read(when);
  }
  return handed.first_read_at ? text.read(name, at(handed.first_read_at)) : text.notOpened;
}
