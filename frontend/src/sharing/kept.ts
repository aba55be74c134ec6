/** The receipt of one consent as a page: the text it holds, and the days written out. */
import type { Agreement, ReceiptOfConsent } from "../api/types.ts";
import { clock } from "../page/when.ts";
import { kept as text } from "../text/sharing.ts";
import { filledIn } from "./agreement.ts";

/** "28 November 2026": on what is kept, the year always stands. */
export function fullDay(at: string | number): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long" }).format(new Date(at));
}

export const fullTime = (at: string): string => `${fullDay(at)}, ${clock(at)}`;

/** The last day on which something could be read: the end itself is outside. */
export const lastFullDay = (end: string): string => fullDay(Date.parse(end) - 1);

export function nameOf(receipt: ReceiptOfConsent, role: string): string {
  const found = receipt.party_identification.find((each) => each.party_role === role);
  return found?.party_name ?? "";
}

/** The agreement of that day, whatever this app holds now, with the names and the day in it. */
export function agreed(receipt: ReceiptOfConsent): Agreement["sections"] {
  const { sections } = JSON.parse(receipt.pii_processing.privacy_notice.text) as {
    sections: [id: string, title: string, text: string][];
  };
  const until = receipt.pii_processing.purposes[0]?.valid_until;
  return filledIn(
    sections.map(([id, title, said]) => ({ id, title, text: said })),
    {
      therapist: nameOf(receipt, "recipient"),
      clinic: nameOf(receipt, "pii_controller"),
      ends_on: until ? lastFullDay(until) : "",
    },
  );
}

/** What happened, in words; what this app does not know keeps its own name. */
export const happened = (type: string, because: string | null = null): string =>
  (text.because as Record<string, string>)[because ?? ""] ??
  (text.event as Record<string, string>)[type] ??
  type;

export const standing = (state: string): string =>
  (text.state as Record<string, string>)[state] ?? state;
