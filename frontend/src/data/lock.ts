/** One sender at a time, over all tabs and the worker. */

const NAME = "journal-send";
let queue: Promise<unknown> = Promise.resolve();

/**
 * Runs `work` alone. Everybody waits for the turn; nobody gives up with "busy", because the
 * worker's browser would take that for success and forget the sync.
 */
export function underSendLock<T>(work: () => Promise<T>): Promise<T> {
  if (globalThis.navigator?.locks) {
    return navigator.locks.request(NAME, work) as Promise<T>;
  }
  const turn = queue.then(work, work);
  queue = turn.catch(() => undefined);
  return turn;
}
