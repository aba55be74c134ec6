/** What this phone last heard of who can read what; nobody is asked. */
import type { Grant } from "../api/types.ts";
import { readSealed } from "../data/kept.ts";
import { withWishes } from "./readers.ts";
import { intents } from "./wishes.ts";

export async function grantsHere(): Promise<Grant[]> {
  return withWishes((await readSealed<Grant[]>("grants")) ?? [], await intents());
}
