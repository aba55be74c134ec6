"""A lock that serves who waits in the order they came."""

import threading
from collections import deque


class FairLock:
    """A lock that serves who waits in the order they came.

    SQLite lets one connection write at a time and lets waiters race, so that some wait for
    seconds; queueing here instead keeps every wait short.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held = False
        self._queue: deque[threading.Lock] = deque()

    def acquire(self) -> None:
        """Wait for the turn."""
        with self._guard:
            if not self._held:
                self._held = True
                return
            mine = threading.Lock()
            mine.acquire()
            self._queue.append(mine)
        mine.acquire()

    def release(self) -> None:
        """Pass the turn to whoever has waited longest."""
        with self._guard:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._held = False
