/** Receipts by the day they were made on, in the zone of this phone. */
import type { Receipt } from "../api/types.ts";
import { isoDay } from "../page/when.ts";

export interface DayOfReceipts {
  day: string;
  receipts: Receipt[];
}

/** Newest first, as they came. */
export function byDay(receipts: readonly Receipt[], zone?: string): DayOfReceipts[] {
  const days: DayOfReceipts[] = [];
  for (const receipt of receipts) {
    const day = isoDay(receipt.at, zone);
    const last = days.at(-1);
    if (last?.day === day) last.receipts.push(receipt);
    else days.push({ day, receipts: [receipt] });
  }
  return days;
}
