/** The one way to the server. */
import createClient from "openapi-fetch";

import type { paths } from "./schema.gen.ts";
import { shown, turn, turnedSince, wantsProof } from "./stepup.ts";
import { within } from "./trouble.ts";
import { APP, APP_HEADER, TOO_OLD, tooOld } from "./version.ts";
import { ACCOUNT, who } from "./who.ts";

export { ask, problemOf, Trouble, within } from "./trouble.ts";

/** Whoever had to show who they are has waited long enough: a file may take its time. */
const PATIENCE = 60_000;

/** What is asked before anybody is in: it is nobody's yet. */
const NOBODYS = /\/api\/(session(\/passkey)?|passkeys\/ask|recovery(\/\w+)?)$/;

const PROOF = "/api/session/proof";

/** Says which app asks and on whose behalf, so that no call can forget. */
function signed(request: Request): Request {
  request.headers.set(APP_HEADER, String(APP));
  const nobodys = request.method === "POST" && NOBODYS.test(request.url);
  if (who.account && !nobodys && !request.headers.has(ACCOUNT)) {
    request.headers.set(ACCOUNT, who.account);
  }
  return request;
}

/** Asks, and once more when somebody had to show who they are, or has just done so. */
async function asked(request: Request): Promise<Response> {
  const before = turn();
  // The body of a request can be read once. The time it may take begins anew, too.
  const spare = request.clone();
  const again = () => globalThis.fetch(new Request(spare, within(PATIENCE)));
  const response = await globalThis.fetch(request);
  // A proof that did not fit is no word about the cookie, and is itself what would be waited for.
  const old = response.status === 401 && !request.url.endsWith(PROOF);
  if (old && (await turnedSince(before))) return again();
  if ((await wantsProof(response)) && (await shown())) return again();
  return response;
}

export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? "http://localhost",
  // Looked up at each call: openapi-fetch would keep the function it saw at its creation.
  fetch: async (request) => {
    const response = await asked(signed(request));
    if (response.status === TOO_OLD) tooOld.tell();
    return response;
  },
});
