"""A therapist's open screen: one stream of a real server, read in a thread of its own."""

import http.client
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from tests.serving import Browser

LONG = 60  # seconds a test waits for what takes two


class Screen:
    """One stream, and what came over it."""

    def __init__(self, desk: Browser, *, last: str = "") -> None:
        self._connection = http.client.HTTPConnection("localhost", desk.server.port, timeout=LONG)
        headers = {"Cookie": desk.cookie} | ({"Last-Event-ID": last} if last else {})
        self._connection.request("GET", "/api/events", headers=headers)
        self._socket = self._connection.sock
        self.answer = self._connection.getresponse()
        self.lines: list[str] = []
        self._heard = threading.Condition()
        self._over = False
        self._thread = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> "Screen":
        self._thread.start()
        self._until(lambda: "" in self.lines or self._over)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Go away, as a closed tab does."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._connection.close()

    def _read(self) -> None:
        try:
            while line := self.answer.readline():
                with self._heard:
                    self.lines.append(line.decode().rstrip("\n"))
                    self._heard.notify_all()
        except (OSError, ValueError, http.client.HTTPException, AttributeError):
            pass  # closed under way
        with self._heard:
            self._over = True
            self._heard.notify_all()

    @property
    def changes(self) -> int:
        """How often it said "changed"."""
        return self.lines.count("event: changed")

    @property
    def mark(self) -> str:
        """The mark it heard last."""
        return [line for line in self.lines if line.startswith("id: ")][-1][4:]

    def changed(self, times: int) -> bool:
        """Whether it says "changed" so often before long."""
        return self._until(lambda: self.changes >= times)

    def ended(self) -> bool:
        """Whether it ends before long."""
        return self._until(lambda: self._over)

    def _until(self, done: Callable[[], bool]) -> bool:
        until = time.monotonic() + LONG
        with self._heard:
            while not done():
                if not self._heard.wait(max(0.0, until - time.monotonic())):
                    return False
        return True
