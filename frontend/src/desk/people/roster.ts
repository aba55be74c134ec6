/** Who is here, who sees whom, and what would end: worked out from the list alone. */
import { Trouble } from "../../api/trouble.ts";
import type { Member, Named } from "../../api/types.ts";

export const here = (people: readonly Member[]): Member[] =>
  people.filter((each) => each.ended_at === null);

/** The patients a therapist sees. */
export const patientsOf = (people: readonly Member[], therapist: string): Member[] =>
  here(people).filter((each) => each.therapists.some(({ id }) => id === therapist));

/** Of those, whom nobody else sees. */
export const leftAlone = (people: readonly Member[], therapist: string): Member[] =>
  patientsOf(people, therapist).filter((each) => each.therapists.length === 1);

/** Who could see this patient beside or in the place of those who do. */
export const others = (people: readonly Member[], patient: Member): Named[] =>
  here(people).filter(
    (each) => each.role === "therapist" && !patient.therapists.some(({ id }) => id === each.id),
  );

export const isLastAdmin = (people: readonly Member[], person: Member): boolean =>
  person.role === "admin" && here(people).filter(({ role }) => role === "admin").length === 1;

/**
 * Whether nobody can tell what became of it: no answer came, or what it was about is no longer
 * there, as after an answer that was lost.
 */
export const isUnknown = (error: unknown): boolean =>
  error instanceof Trouble &&
  (error.kind === "offline" || error.status === 404 || error.status > 500);
