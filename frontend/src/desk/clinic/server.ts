/** What a clinic's admin asks the server: the clinic's own words, and never anybody's journal. */
import { api, ask, within } from "../../api/client.ts";
import { problemOf } from "../../api/trouble.ts";
import type { Help, Library } from "../../api/types.ts";
import { ACCOUNT } from "../../api/who.ts";
import type { Advice, ClinicContent, EditGuide, EditSkill, Kind, SavedContent } from "./shapes.ts";

/** Whose screen this is: the server refuses when the cookie has become somebody else's. */
let account = "";
export function actAs(id: string): void {
  account = id;
}

export const content = (): Promise<ClinicContent> => call<ClinicContent>("GET", "content");

export function put(kind: Kind, id: string, value: object, edition: number): Promise<SavedContent> {
  return call<SavedContent>("PUT", `${kind}/${id}`, value, { "If-Match": `"${edition}"` });
}

export async function check(what: { guide: EditGuide } | { skill: EditSkill }): Promise<Advice[]> {
  return (await call<{ advice: Advice[] }>("POST", "check", what)).advice;
}

/** For the preview: feeling words, the body map. */
export const library = (): Promise<Library> => ask(api.GET("/api/library", within()));

export const help = (): Promise<Help> => ask(api.GET("/api/help", within()));

function call<T>(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<T> {
  const request = fetch(`/api/clinic/${path}`, {
    method,
    headers: {
      ...headers,
      ...(account ? { [ACCOUNT]: account } : {}),
      ...(body ? { "Content-Type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
    ...within(),
  });
  return ask(request.then(outcome<T>));
}

async function outcome<T>(response: Response): Promise<Outcome<T>> {
  if (response.ok) return { data: (await response.json()) as T, response };
  const said: unknown = await response.json().catch(() => null);
  return { error: problemOf(said, response), response };
}

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}
