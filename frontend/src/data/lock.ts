/** One at a time, over all tabs and the worker. */

/** In a browser without locks: who has asked last, and how many have not had their turn. */
const queues = new Map<string, Promise<unknown>>();
const waiting = new Map<string, number>();

/** Runs `work` when nobody else runs anything of this name. Everybody waits for their turn. */
export function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (locks) return locks.request(`journal-${name}`, work) as Promise<T>;
  waiting.set(name, (waiting.get(name) ?? 0) + 1);
  const mine = (): Promise<T> => {
    waiting.set(name, (waiting.get(name) ?? 1) - 1);
    return work();
  };
  const turn = (queues.get(name) ?? Promise.resolve()).then(mine, mine);
  queues.set(
    name,
    turn.catch(() => undefined),
  );
  return turn;
}

/** Whether anybody waits for a turn of this name, in this tab or another. */
export async function isAwaited(name: string): Promise<boolean> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (!locks) return (waiting.get(name) ?? 0) > 0;
  const { pending = [] } = await locks.query();
  return pending.some((each) => each.name === `journal-${name}`);
}

/**
 * One sender at a time. Nobody gives up with "busy": the worker's browser would take that for
 * success and forget the sync.
 */
export const underSendLock = <T>(work: () => Promise<T>): Promise<T> => inTurn("send", work);

/** Who uses this phone is changed by one at a time: in, out, and emptied between the two. */
export const underWhoLock = <T>(work: () => Promise<T>): Promise<T> => inTurn("who", work);
