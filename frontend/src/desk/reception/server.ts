/** What an admin asks the server of the clinic's calendar and settings. No word of a journal. */
import { api, ask, within } from "../../api/client.ts";
import type { components } from "../../api/schema.gen.ts";
import { as } from "../../api/who.ts";

type S = components["schemas"];
export type Schedule = S["Schedule"];
export type Dose = S["BookedDose"];
export type Visit = S["BookedVisit"];
export type Route = Dose["route"];
export type DoseSent = S["DoseSent"];
export type VisitSent = S["VisitSent"];
export type Taken = S["Taken"];
export type Settings = S["Settings"];
export type SettingsSent = S["SettingsSent"];
export type Kind = S["TableSent"]["kind"] | "calendar";
export type By = S["CalendarSent"]["by"];

/** A long file is read row by row, and somebody may be writing at the same moment. */
const LONG = 90_000;

const asked = (account: string, ms?: number) => ({ ...as(account), ...within(ms) });
/** Which edition is changed; null for a new one. */
const edited = (edition: number | null) =>
  edition === null ? { "If-None-Match": "*" as const } : { "If-Match": `"${String(edition)}"` };

const named = (account: string, id: string, edition: number | null) => ({
  params: { path: { id }, header: edited(edition) },
  ...asked(account),
});

/** What the server says of a change made from something else than what stands. */
export interface Meanwhile {
  edition: number;
  cancelled: boolean;
  stands: Dose | Visit;
}

export const schedule = (account: string, from?: string, to?: string): Promise<Schedule> =>
  ask(
    api.GET("/api/clinic/schedule", {
      params: { query: { ...(from && { from }), ...(to && { to }) } },
      ...asked(account),
    }),
  );

export const putDose = (
  account: string,
  id: string,
  body: DoseSent,
  edition: number | null,
): Promise<Dose> =>
  ask(api.PUT("/api/clinic/dosing-sessions/{id}", { body, ...named(account, id, edition) }));

export const putVisit = (
  account: string,
  id: string,
  body: VisitSent,
  edition: number | null,
): Promise<Visit> =>
  ask(api.PUT("/api/clinic/appointments/{id}", { body, ...named(account, id, edition) }));

export const cancelDose = (account: string, id: string, edition: number): Promise<void> =>
  ask(api.DELETE("/api/clinic/dosing-sessions/{id}", named(account, id, edition)));

export const cancelVisit = (account: string, id: string, edition: number): Promise<void> =>
  ask(api.DELETE("/api/clinic/appointments/{id}", named(account, id, edition)));

export const takeTable = (account: string, body: S["TableSent"]): Promise<Taken> =>
  ask(api.POST("/api/clinic/schedule/csv", { body, ...asked(account, LONG) }));

export const takeCalendar = (account: string, body: S["CalendarSent"]): Promise<Taken> =>
  ask(api.POST("/api/clinic/schedule/calendar", { body, ...asked(account, LONG) }));

export const settings = (account: string): Promise<Settings> =>
  ask(api.GET("/api/clinic/settings", asked(account)));

export const putSettings = (
  account: string,
  body: SettingsSent,
  edition: number,
): Promise<Settings> =>
  ask(
    api.PUT("/api/clinic/settings", {
      body,
      params: { header: { "If-Match": `"${String(edition)}"` } },
      ...asked(account),
    }),
  );
