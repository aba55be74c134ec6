/**
 * What the desk asks the server. Nothing here is stored: a clinic's computer keeps no trace of
 * anybody. Only a journal that is already in this browser hears that the cookie has changed.
 */
import { api, ask, Trouble, within } from "../api/client.ts";
import { letIn, type Way } from "../enter/ways.ts";
import type { Asked, Library, Mark, Me, News, Page, Today } from "../api/types.ts";

export const whoAmI = (): Promise<Me> => ask(api.GET("/api/session", within()));

export const signIn = (way: Way): Promise<Me> => changing(() => letIn(way));

export const signOut = (): Promise<void> =>
  changing(() => ask(api.DELETE("/api/session", within())));

export const signOutEverywhere = (): Promise<void> =>
  changing(() => ask(api.DELETE("/api/sessions", within())));

/** The cookie becomes another: a journal in this browser must ask again whose it is. */
async function changing<T>(call: () => Promise<T>): Promise<T> {
  await doubt();
  try {
    return await call();
  } finally {
    await doubt();
  }
}

async function doubt(): Promise<void> {
  try {
    // Opening a database would make it: look first.
    const names = (await indexedDB.databases()).map(({ name }) => name);
    if (!names.includes("journal-device")) return;
    await (await import("../data/account.ts")).forgetVerified();
  } catch {
    // Every request of the journal says whose it is, and the server compares.
  }
}

export const today = (): Promise<Today> => ask(api.GET("/api/today", within()));

let library: Promise<Library> | null = null;

/** The guides, the skills, how to read: the same for every therapist of a clinic. */
export function theLibrary(): Promise<Library> {
  library ??= ask(api.GET("/api/library", within())).catch((error: unknown) => {
    library = null;
    throw error;
  });
  return library;
}

/** How to read what somebody handed over. */
export const conduct = async (): Promise<string[]> => (await theLibrary()).conduct;

export const patientPage = (id: string): Promise<Page> =>
  ask(api.GET("/api/patients/{id}/page", { params: { path: { id } }, ...within() }));

export const patientNew = (id: string): Promise<News> =>
  ask(api.GET("/api/patients/{id}/new", { params: { path: { id } }, ...within() }));

/** Sets one mark on one thing, or takes it away. */
export function mark(id: string, excerpt_id: string, mark: Mark, on: boolean): Promise<void> {
  const path = "/api/patients/{patient_id}/excerpts/{excerpt_id}/marks/{mark}";
  const options = { params: { path: { patient_id: id, excerpt_id, mark } }, ...within() };
  return ask(on ? api.PUT(path, options) : api.DELETE(path, options));
}

/** Marks everything on the page as read. */
export const readAll = (id: string): Promise<{ next_appointment: string | null }> =>
  ask(api.POST("/api/patients/{id}/read", { params: { path: { id } }, ...within() }));

/** When this patient was asked to share, if ever. */
export const asked = (id: string): Promise<Asked> =>
  ask(api.GET("/api/patients/{id}/ask", { params: { path: { id } }, ...within() }));

/** Asks once; asked again, it is the first time that counts. */
export const askToShare = (id: string): Promise<Asked> =>
  ask(api.POST("/api/patients/{id}/ask", { params: { path: { id } }, ...within() }));

/** Whether something failed in this way; with a status, for that reason. */
export function isTrouble(error: unknown, kind: Trouble["kind"], status?: number): boolean {
  if (!(error instanceof Trouble) || error.kind !== kind) return false;
  return status === undefined || error.status === status;
}
