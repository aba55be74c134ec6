/**
 * Where the server wants to see once more who it is: it answers 403 with `step_up`, a page asks,
 * and the request is sent again. Small: every page loads it, and what asks comes when it is needed.
 * A page without anybody before it, as the worker is, never asks.
 */
type Ask = () => Promise<boolean>;

let ask: Ask | null = null;
let asking: Promise<boolean> | null = null;
let turns = 0;
let turning: Promise<unknown> | null = null;

/** How this page asks: true when somebody has shown who they are. */
export function askWith(how: Ask): void {
  ask = how;
}

/** Asks once for all requests that wait for it. */
export function shown(): Promise<boolean> {
  asking ??= (ask?.() ?? Promise.resolve(false))
    .catch(() => false)
    .finally(() => {
      asking = null;
    });
  return asking;
}

/** Whether this answer says that it wants to see who it is. */
export async function wantsProof(response: Response): Promise<boolean> {
  if (response.status !== 403 || ask === null) return false;
  const said = (await response
    .clone()
    .json()
    .catch(() => null)) as { step_up?: unknown } | null;
  return said?.step_up === true;
}

/** How often the cookie has become another while this page was open. */
export const turn = (): number => turns;

/** `work` makes the cookie another: what is under way with the old one is sent again after it. */
export async function turningCookie<T>(work: () => Promise<T>): Promise<T> {
  const done = work();
  turning = done;
  const made = await done;
  turns += 1;
  return made;
}

/** True when the cookie has become another since: a 401 was about the old one. */
export async function turnedSince(before: number): Promise<boolean> {
  await turning?.catch(() => undefined);
  return turns !== before;
}
