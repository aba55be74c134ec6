/** What a form says of one session or appointment, by the clock on the clinic's wall. */
import { longDay } from "../../domain/when.ts";
import { isoDay } from "../../page/when.ts";
import { reception } from "../../text/reception.ts";
import type { Difference } from "../clinic/differences.ts";
import { endOf, timeOf } from "./days.ts";
import type { Dose, DoseSent, Visit, VisitSent } from "./server.ts";

export interface Said {
  patient: string;
  therapist: string;
  date: string;
  time: string;
  ends: string;
  route: Dose["route"] | "";
}

const NOTHING: Said = { patient: "", therapist: "", date: "", time: "", ends: "", route: "" };

/** What stands, as a form would say it. */
export function saidOf(row: Dose | Visit, zone: string): Said {
  const at = "route" in row ? row.started_at : row.starts_at;
  const said = {
    ...NOTHING,
    patient: row.patient.id,
    date: isoDay(at, zone),
    time: timeOf(at, zone),
  };
  if (!("route" in row)) return { ...said, therapist: row.therapist.id };
  return { ...said, ends: row.ended_at ? timeOf(row.ended_at, zone) : "", route: row.route };
}

/** What a new one begins with. */
export const blank = (zone: string): Said => ({ ...NOTHING, date: isoDay(Date.now(), zone) });

const starts = ({ date, time }: Said): string => `${date}T${time}`;

export function doseSent(said: Said, zone: string): DoseSent | null {
  if (!said.route) return null;
  const ends = endOf(said.date, said.time, said.ends);
  return { patient_id: said.patient, starts: starts(said), ends, route: said.route, zone };
}

export function visitSent(said: Said, zone: string): VisitSent {
  return { patient_id: said.patient, therapist_id: said.therapist, starts: starts(said), zone };
}

/** Where two say something else, in words; `named` gives a therapist's name. */
export function differences(mine: Said, theirs: Said, named: (id: string) => string): Difference[] {
  const text = reception.form;
  const day = (iso: string): string => iso && longDay(`${iso}T12:00:00Z`, "UTC");
  const rows: [string, (one: Said) => string][] = [
    [text.therapist, ({ therapist }) => therapist && named(therapist)],
    [text.date, ({ date }) => day(date)],
    [text.time, ({ time }) => time],
    [text.end, ({ ends }) => ends],
    [text.route, ({ route }) => route && reception.routes[route]],
  ];
  return rows
    .map(([where, of]) => ({ where, mine: of(mine), theirs: of(theirs) }))
    .filter((each) => each.mine !== each.theirs);
}
