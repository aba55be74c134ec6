/** A demo clinic says the code everybody's second proof is. Only one on this computer does. */
import { api } from "../api/client.ts";
import { ask, within } from "../api/trouble.ts";

/** The code to type in a demo; null in every other clinic, which is not even asked. */
export async function demoCode(): Promise<string | null> {
  if (!/^(localhost|127\.0\.0\.1|\[::1\])$/.test(location.hostname)) return null;
  return (await ask(api.GET("/api/door", within())).catch(() => null))?.demo_code ?? null;
}
