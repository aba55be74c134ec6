/** Requests the typed client is no help with: bytes both ways, piece by piece. */
import { ask, Trouble, within } from "./trouble.ts";
import { as } from "./who.ts";

interface Raw {
  account: string;
  json?: unknown;
  bytes?: Uint8Array<ArrayBuffer>;
  patience?: number;
}

/** The answer, or a `Trouble`; as the client does it, and on this person's behalf alone. */
export async function raw(
  method: "GET" | "PUT" | "POST",
  path: string,
  { account, json, bytes, patience }: Raw,
): Promise<Response> {
  const type = bytes ? "application/octet-stream" : json === undefined ? null : "application/json";
  const request = new Request(new URL(path, globalThis.location?.origin ?? "http://localhost"), {
    method,
    headers: { ...as(account).headers, ...(type ? { "Content-Type": type } : {}) },
    ...(bytes ? { body: bytes } : json === undefined ? {} : { body: JSON.stringify(json) }),
    ...within(patience),
  });
  let response: Response;
  try {
    response = await globalThis.fetch(request);
  } catch {
    throw new Trouble("offline");
  }
  if (response.ok) return response;
  const error: unknown = await response.json().catch(() => null);
  return ask(Promise.resolve({ error, response }));
}

/** The JSON of an answer; an answer that breaks off half way is none. */
export async function rawJson<T>(...call: Parameters<typeof raw>): Promise<T> {
  const response = await raw(...call);
  try {
    return (await response.json()) as T;
  } catch {
    throw new Trouble("offline");
  }
}

/** The bytes of an answer. */
export async function rawBytes(...call: Parameters<typeof raw>): Promise<Uint8Array<ArrayBuffer>> {
  const response = await raw(...call);
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new Trouble("offline");
  }
}
