/**
 * The server says that something changed for this reader. It never says what: the one who listens
 * asks, at once. Where the stream breaks the heartbeat still beats.
 */
const AGAIN = 10_000;

/**
 * Listens until it is told to stop. The browser reconnects by itself; after a refusal we do. What
 * changed before the stream stood is asked for once it does.
 */
export function listen(onchanged: () => void): () => void {
  let source: EventSource | null = null;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  function open() {
    source = new EventSource("/api/events");
    source.addEventListener("open", onchanged);
    source.addEventListener("changed", onchanged);
    source.addEventListener("error", broken);
  }

  function broken() {
    if (source?.readyState !== EventSource.CLOSED) return;
    clearTimeout(waiting);
    waiting = setTimeout(open, AGAIN);
  }

  open();
  return () => {
    clearTimeout(waiting);
    source?.close();
    source = null;
  };
}
