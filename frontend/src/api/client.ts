/** The one way to the server. */
import createClient from "openapi-fetch";

import type { paths } from "./schema.gen.ts";
import { APP, APP_HEADER, TOO_OLD, tooOld } from "./version.ts";
import { ACCOUNT, who } from "./who.ts";

export { ask, problemOf, Trouble, within } from "./trouble.ts";

/** Says which app asks and on whose behalf, so that no call can forget; a sign-in is nobody's yet. */
function signed(request: Request): Request {
  request.headers.set(APP_HEADER, String(APP));
  const signIn = request.method === "POST" && request.url.endsWith("/api/session");
  if (who.account && !signIn && !request.headers.has(ACCOUNT)) {
    request.headers.set(ACCOUNT, who.account);
  }
  return request;
}

export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? "http://localhost",
  // Looked up at each call: openapi-fetch would keep the function it saw at its creation.
  fetch: async (request) => {
    const response = await globalThis.fetch(signed(request));
    if (response.status === TOO_OLD) tooOld.tell();
    return response;
  },
});
