/** The client, fetched when it is first needed: the first question can be answered without it. */
import type { api } from "./client.ts";
import { Trouble } from "./trouble.ts";

export async function server(): Promise<typeof api> {
  try {
    return (await import("./client.ts")).api;
  } catch {
    // A first visit that lost its network half way; later visits have the file on the device.
    throw new Trouble("offline");
  }
}
