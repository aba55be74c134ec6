/** A clinic's texts as they are sent, and what is missing in them. */
import { clinic as text } from "../../text/clinic.ts";
import { at } from "./draft.svelte.ts";
import { line } from "./guide.ts";
import type { ClinicNumber, EditTexts, ResponsePlan } from "./shapes.ts";

export const PLAN_FIELDS = ["who", "days", "within", "what", "backup"] as const;
export const blankPlan = (): ResponsePlan => ({
  who: "",
  days: "",
  within: "",
  what: "",
  backup: "",
});
export const blankNumber = (): ClinicNumber => ({ label: "", phone: "", hours: "" });

/** Blank lines and blank rows at the end of a list say nothing: they are left out. */
export function tidyTexts(texts: EditTexts): EditTexts {
  return {
    ...texts,
    numbers: texts.numbers.map((number) => ({
      ...number,
      label: line(number.label),
      phone: line(number.phone),
      hours: line(number.hours),
    })),
    after_dose: texts.after_dose.map(line),
    response_plan: texts.response_plan && tidyPlan(texts.response_plan),
  };
}

function tidyPlan(plan: ResponsePlan): ResponsePlan {
  return Object.fromEntries(PLAN_FIELDS.map((name) => [name, line(plan[name])])) as never;
}

/** The reasons of the server, in plain words where a field is simply empty. */
export function plainly(
  problems: Readonly<Record<string, string>>,
  texts: EditTexts,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problems).map(([where, detail]) => [
      where,
      at(texts, where) === "" ? text.sheet.needed : detail,
    ]),
  );
}
