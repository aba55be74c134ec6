import { describe, expect, it } from "vitest";

import type { ReceiptOfConsent } from "../../src/api/types.ts";
import { agreed, fullDay, happened, lastFullDay, standing } from "../../src/sharing/kept.ts";

const receipt = {
  pii_processing: {
    privacy_notice: {
      text: JSON.stringify({
        sections: [
          ["who", "Sharing with {therapist}", "{therapist} at {clinic}, until {ends_on}."],
          ["other", "Your rights", "Ask {clinic}."],
        ],
      }),
    },
    purposes: [{ valid_until: "2027-02-02T00:00:00Z" }],
  },
  party_identification: [
    { party_role: "pii_principal", party_id: null, party_name: "Maya" },
    { party_role: "recipient", party_id: null, party_name: "Dr Reyes" },
    { party_role: "pii_controller", party_id: null, party_name: "Alder Lane" },
  ],
} as unknown as ReceiptOfConsent;

describe("a receipt", () => {
  it("says the text it holds, with the names and the last day in it", () => {
    const [who, rights] = agreed(receipt);
    const day = lastFullDay("2027-02-02T00:00:00Z");
    expect(who?.title).toBe("Sharing with Dr Reyes");
    expect(who?.text).toBe(`Dr Reyes at Alder Lane, until ${day}.`);
    expect(rights?.text).toBe("Ask Alder Lane.");
  });

  it("always names the year, and the day before the end as the last", () => {
    expect(fullDay("2027-02-02T12:00:00Z")).toBe("2 February 2027");
    expect(lastFullDay(new Date(2027, 1, 2).toISOString())).toBe("1 February 2027");
  });

  it("keeps the name of what this app does not know", () => {
    expect(happened("paused")).toBe("You paused.");
    expect(happened("paused", "dose")).toBe(
      "Paused: your clinic wrote down a session for that day.",
    );
    expect(happened("paused", "of something new")).toBe("You paused.");
    expect(happened("moved")).toBe("moved");
    expect(standing("in_force")).toBe("In force");
    expect(standing("other")).toBe("other");
  });
});
