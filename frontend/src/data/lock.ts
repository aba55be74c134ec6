/** One at a time, over all tabs and the worker. */

/** Who has asked last, by name, in a browser without locks. */
export const queues = new Map<string, Promise<unknown>>();

/** Runs `work` when nobody else runs anything of this name. Everybody waits for their turn. */
export function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (locks) return locks.request(`journal-${name}`, work) as Promise<T>;
  const turn = (queues.get(name) ?? Promise.resolve()).then(work, work);
  queues.set(
    name,
    turn.catch(() => undefined),
  );
  return turn;
}

/**
 * One sender at a time. Nobody gives up with "busy": the worker's browser would take that for
 * success and forget the sync.
 */
export const underSendLock = <T>(work: () => Promise<T>): Promise<T> => inTurn("send", work);

/** Who uses this phone is changed by one at a time: in, out, and emptied between the two. */
export const underWhoLock = <T>(work: () => Promise<T>): Promise<T> => inTurn("who", work);
