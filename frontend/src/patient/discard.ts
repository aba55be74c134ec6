/** Deletes with the way back that fits these hours. */
import { bin } from "./bin.svelte.ts";
import { look } from "./look.svelte.ts";

export function discard(id: string): void {
  if (look.careful) bin.rest(id);
  else bin.put(id);
}
